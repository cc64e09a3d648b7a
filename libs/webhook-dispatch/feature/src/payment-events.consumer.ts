import { topics, type PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { DeliveryDispatcher } from './deliveries/delivery.dispatcher.js';
import { makeDeliveries } from './deliveries/delivery.maker.js';
import { erasePersonalData } from './retention/personal-data.js';
import { WEBHOOK_CONTEXT, WEBHOOK_DISPATCHER, type WebhookContext } from './tokens.js';

/** Facts of the payments service become deliveries; repeats change nothing. */
@Controller()
export class PaymentEventsConsumer {
  constructor(
    @Inject(WEBHOOK_CONTEXT) private readonly context: WebhookContext,
    @Inject(WEBHOOK_DISPATCHER) private readonly dispatcher: DeliveryDispatcher,
  ) {}

  @EventPattern(
    { topic: topics.paymentsEvents.name, group: 'webhook-dispatch.payment-events' },
    { batchSizeMax: 500, from: 'beginning' },
  )
  async handle(@Payload() messages: readonly Message<PaymentEventData>[]): Promise<void> {
    await this.dispatcher.sendMade((terms) => makeDeliveries(messages, terms, this.context));
    await erasePersonalData({ database: this.context.database, nowMs: this.context.clock.nowMs() }, messages);
  }
}
