import { integer } from '@paymatch/platform-config';

/** Settings of the device API. */
export const deviceSettings = {
  requestsKeptDays: integer({ env: 'PAYMATCH_DEVICE_REQUESTS_KEPT_DAYS', doc: 'How long the answer of a device\'s upload is kept for a repeat of it.', default: 7, min: 1, max: 90 }),
  contentsKeptDays: integer({ env: 'PAYMATCH_DEVICE_CONTENTS_KEPT_DAYS', doc: 'How long the hash of an uploaded message is kept, so that a second upload is answered "duplicate".', default: 400, min: 1, max: 3_650 }),
};
