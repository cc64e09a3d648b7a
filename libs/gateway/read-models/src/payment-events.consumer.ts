import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { isUuid, topics, type PaymentEventData } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import { PAYMENT_READ_MODEL, type PaymentReadModel } from './read-models.ports.js';

/**
 * The broker's copy of every fact. Most were applied already by the request that caused them, here, and cost nothing.
 */
@Controller()
export class PaymentEventsConsumer {
  constructor(@Inject(PAYMENT_READ_MODEL) private readonly readModel: PaymentReadModel) {}

  @EventPattern(
    { topic: topics.paymentsEvents.name, group: 'api-gateway.read-models' },
    { batchSizeMax: 500, from: 'beginning' },
  )
  async handle(@Payload() messages: readonly Message<PaymentEventData>[]): Promise<void> {
    for (const { id, data } of messages) {
      if (!isPaymentFact(data))
        throw new ContractError(`message ${id} on ${topics.paymentsEvents.name} carries no payment`);
    }
    await this.readModel.apply(messages.map((message) => message.data));
  }
}

function isPaymentFact(data: unknown): data is PaymentEventData {
  const payment = (data as Partial<PaymentEventData> | null)?.payment;
  return (
    typeof payment === 'object' &&
    payment !== null &&
    typeof payment.id === 'string' &&
    isUuid(payment.id) &&
    Number.isSafeInteger(payment.version) &&
    payment.version > 0
  );
}
