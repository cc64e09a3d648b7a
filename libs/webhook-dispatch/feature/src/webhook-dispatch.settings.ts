import { flag, integer } from '@paymatch/platform-config';
import { mailSettings } from '@paymatch/platform-mail';

/** Settings of this service alone; the app adds them to its own. */
export const webhookDispatchSettings = {
  allowHttp: flag({
    env: 'PAYMATCH_WEBHOOKS_ALLOW_HTTP',
    default: false,
    doc: 'Whether webhooks may go to plain http addresses.',
  }),
  allowPrivateTargets: flag({
    env: 'PAYMATCH_WEBHOOKS_ALLOW_PRIVATE_TARGETS',
    default: false,
    doc: 'Whether webhooks may go to loopback, private and link-local addresses; only for a development machine or a closed network.',
  }),
  webhooksInFlightMax: integer({
    env: 'PAYMATCH_WEBHOOKS_IN_FLIGHT_MAX',
    default: 256,
    min: 1,
    max: 4_096,
    doc: 'How many webhooks one dispatcher sends at the same time.',
  }),
  webhooksPerReceiverMax: integer({
    env: 'PAYMATCH_WEBHOOKS_PER_RECEIVER_MAX',
    default: 64,
    min: 1,
    max: 256,
    doc: 'At most so many webhooks go to one receiver at the same time; within that, as many as it answers promptly.',
  }),
  failureBudgetHours: integer({
    env: 'PAYMATCH_WEBHOOKS_FAILURE_BUDGET_HOURS',
    default: 48,
    min: 1,
    max: 720,
    doc: 'How long an endpoint may fail, from the first failure since its last success, before it is disabled; merchants are told at 50, 70, 90 and 100 % of it.',
  }),
  probeMinutes: integer({
    env: 'PAYMATCH_WEBHOOKS_PROBE_MINUTES',
    default: 60,
    min: 1,
    max: 1_440,
    doc: 'How often an endpoint that was disabled for failing is tried with the oldest delivery that waits for it.',
  }),
  keepDays: integer({
    env: 'PAYMATCH_WEBHOOKS_KEEP_DAYS',
    default: 90,
    min: 1,
    max: 3_650,
    doc: 'How many days the bodies of events, the attempts of their deliveries, alarms and test events are kept; what is not delivered is kept until it is.',
  }),
  ...mailSettings,
};
