import { topics, type PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { PaymentEventsHandler } from './payment-events.handler.js';
import type { Database } from '@paymatch/platform-postgres';
import { PAYMENT_EVENTS_HANDLER, SMS_MATCHING_DATABASE } from '../tokens.js';
import { erasePersonalData } from './personal-data.js';

@Controller()
export class PaymentEventsConsumer {
  constructor(
    @Inject(PAYMENT_EVENTS_HANDLER) private readonly handler: PaymentEventsHandler,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SMS_MATCHING_DATABASE) private readonly database: Database,
  ) {}

  @EventPattern(
    { topic: topics.paymentsEvents.name, group: 'sms-matching.claims' },
    { batchSizeMax: 500, from: 'beginning' },
  )
  async handle(@Payload() messages: readonly Message<PaymentEventData>[]): Promise<void> {
    await this.handler.handle(messages, this.clock.nowMs());
    await erasePersonalData(this.database, messages);
  }
}
