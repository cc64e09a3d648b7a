import { inEnvelope, newId, topics, type GetPaymentHistory, type PaymentHistoryReply } from '@paymatch/contracts';
import { Refusal, type MessageBus } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';
import type { PaymentHistories } from './read-models.ports.js';

const REPLY_TIMEOUT_MS = 5_000;

export class BusPaymentHistories implements PaymentHistories {
  constructor(
    private readonly bus: MessageBus,
    private readonly clock: Clock,
  ) {}

  async tell(
    key: { readonly merchantId: string; readonly livemode: boolean; readonly paymentId: string },
    { correlationId }: { readonly correlationId: string },
  ): Promise<PaymentHistoryReply | null> {
    const { merchantId, livemode, paymentId } = key;
    const question: GetPaymentHistory = { type: 'GetPaymentHistory', merchantId, livemode, paymentId };
    const time = new Date(this.clock.nowMs()).toISOString();
    try {
      return await this.bus.request<PaymentHistoryReply>(
        topics.paymentsCommands.name,
        inEnvelope(question, { id: newId(), source: 'api-gateway', key: paymentId, time, correlationId }),
        { timeoutMs: REPLY_TIMEOUT_MS },
      );
    } catch (error) {
      if (error instanceof Refusal && error.code === 'PAYMENT_NOT_FOUND') return null;
      throw error;
    }
  }
}
