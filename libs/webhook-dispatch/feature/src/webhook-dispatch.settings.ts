import { flag, integer } from '@paymatch/platform-config';

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
};
