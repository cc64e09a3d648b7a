import { topics, type PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { PaymentEventsHandler } from './payment-events.handler.js';
import { PAYMENT_EVENTS_HANDLER } from '../tokens.js';

@Controller()
export class PaymentEventsConsumer {
  constructor(
    @Inject(PAYMENT_EVENTS_HANDLER) private readonly handler: PaymentEventsHandler,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @EventPattern(
    { topic: topics.paymentsEvents.name, group: 'sms-matching.claims' },
    { batchSizeMax: 500, from: 'beginning' },
  )
  handle(@Payload() messages: readonly Message<PaymentEventData>[]): Promise<void> {
    return this.handler.handle(messages, this.clock.nowMs());
  }
}
