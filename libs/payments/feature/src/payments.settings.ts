import { integer } from '@paymatch/platform-config';

/** Settings of the payments service. */
export const paymentsSettings = {
  batchSizeMax: integer({
    env: 'PAYMATCH_PAYMENTS_BATCH_SIZE_MAX',
    doc: 'Most payment commands that commit together',
    default: 200,
    min: 1,
    max: 1_000,
  }),
  batchConcurrencyMax: integer({
    env: 'PAYMATCH_PAYMENTS_BATCH_CONCURRENCY_MAX',
    doc: 'Batches of payment commands in flight at a time',
    default: 2,
    min: 1,
    max: 16,
  }),
  expirySweepIntervalMs: integer({
    env: 'PAYMATCH_EXPIRY_SWEEP_INTERVAL_MS',
    doc: 'Milliseconds between two looks for payments whose time is up',
    default: 1_000,
    min: 50,
    max: 3_600_000,
  }),
} as const;
