import { dhakaTime, renderFastaarPayment } from '@paymatch/contracts';
import { fastaarHeaders, fastaarSchedule } from '@paymatch/webhook-dispatch-domain';
import type { WebhookDialect } from './webhook.dialect.js';

/** Contract A, Webhooks. */
export const fastaarDialect: WebhookDialect = {
  schedule: fastaarSchedule,
  audienceOf: () => ({ kind: 'endpoints' }),
  render: ({ event, fact, occurredAt, publicUrl }) =>
    JSON.stringify({
      id: fact.eventId,
      event,
      livemode: fact.payment.livemode,
      sequence: fact.payment.version,
      created_at: dhakaTime(occurredAt),
      // The clock of the event, not ours: a late consumer must not turn "pending" into "expired".
      data: renderFastaarPayment(fact.payment, publicUrl, Date.parse(occurredAt)),
    }),
  sign: fastaarHeaders,
};
