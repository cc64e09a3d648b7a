import { inEnvelope, type PaymentCommand, type PaymentReply, topics } from '@paymatch/contracts';
import { GroupCommitClosed, GroupCommitFull } from '@paymatch/platform-batching';
import { RequestUnavailable, type MessageBus } from '@paymatch/platform-messaging';
import type { PostgresPaymentReadModel } from './postgres-payment-read-model.js';
import type { PaymentsClient } from './read-models.ports.js';

const REPLY_TIMEOUT_MS = 5_000;

/** Commands out, facts into the read model, then the answer: whoever was answered can read what was written. */
export class BusPaymentsClient implements PaymentsClient {
  constructor(
    private readonly bus: MessageBus,
    private readonly readModel: PostgresPaymentReadModel,
  ) {}

  async send(command: PaymentCommand, context: { readonly correlationId?: string } = {}): Promise<PaymentReply> {
    const reply = await this.bus.request<PaymentReply>(
      topics.paymentsCommands.name,
      inEnvelope(command, {
        id: command.commandId,
        source: 'api-gateway',
        key: command.paymentId,
        time: command.now,
        correlationId: context.correlationId ?? command.commandId,
      }),
      { timeoutMs: REPLY_TIMEOUT_MS },
    );
    await this.remember(reply);
    return reply;
  }

  /** A repeat brings no facts, but its payment may have been written by an instance that has not applied it yet. */
  private async remember(reply: PaymentReply): Promise<void> {
    try {
      await this.readModel.apply(reply.events);
      await this.readModel.applySnapshot(reply.payment);
    } catch (error) {
      if (!(error instanceof GroupCommitFull || error instanceof GroupCommitClosed)) throw error;
      throw new RequestUnavailable('the read model takes no more for now', 1, { cause: error });
    }
  }
}
