import { integer } from '@paymatch/platform-config';

/** For every process that parks messages. */
export const parkedKeptDays = integer({
  env: 'PAYMATCH_PARKED_KEPT_DAYS',
  doc: 'How many days a parked message is kept once it was replayed or discarded; one that waits is kept until then',
  default: 90,
  min: 1,
  max: 3_650,
});
