import { topics, type CreditEvent } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { caseAlarms } from './alarms/shop-alarms.js';
import { insertAlarms } from './alarms/alarm.store.js';
import { WEBHOOK_CONTEXT, type WebhookContext } from './tokens.js';

/**
 * Money that waits for a person is something their people hear of. Told of the same case again, nobody hears it twice.
 */
@Controller()
export class CreditEventsConsumer {
  constructor(@Inject(WEBHOOK_CONTEXT) private readonly context: WebhookContext) {}

  @EventPattern(
    { topic: topics.creditsEvents.name, group: 'webhook-dispatch.credit-events' },
    { batchSizeMax: 500, from: 'beginning' },
  )
  async handle(@Payload() messages: readonly Message<CreditEvent>[]): Promise<void> {
    const { database, clock } = this.context;
    const nowMs = clock.nowMs();
    const alarms = caseAlarms(
      messages.map(({ data }) => data),
      nowMs,
    );
    if (alarms.length > 0) await database.transaction((tx) => insertAlarms(tx, alarms, nowMs));
  }
}
