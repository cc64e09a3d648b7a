import { integer } from '@paymatch/platform-config';

/** Settings of the device API. */
export const deviceSettings = {
  requestsKeptDays: integer({
    env: 'PAYMATCH_DEVICE_REQUESTS_KEPT_DAYS',
    doc: "How long the answer of a device's upload is kept for a repeat of it.",
    default: 7,
    min: 1,
    max: 90,
  }),
  contentsKeptDays: integer({
    env: 'PAYMATCH_DEVICE_CONTENTS_KEPT_DAYS',
    doc: 'How long the hash of an uploaded message is kept, so that a second upload is answered "duplicate".',
    default: 400,
    min: 1,
    max: 3_650,
  }),
  silenceMinutes: integer({
    env: 'PAYMATCH_DEVICE_SILENCE_MINUTES',
    doc: 'How long a phone that sends heartbeats may be silent before an alert.',
    default: 30,
    min: 1,
    max: 43_200,
  }),
  uploadSilenceMinutes: integer({
    env: 'PAYMATCH_DEVICE_UPLOAD_SILENCE_MINUTES',
    doc: 'How long a phone that sends no heartbeats may hand over nothing before an alert.',
    default: 1_440,
    min: 1,
    max: 43_200,
  }),
  refusalsPerMinuteMax: integer({
    env: 'PAYMATCH_DEVICE_REFUSALS_PER_MINUTE',
    doc: 'How many refused device requests a minute one address may make, per gateway process.',
    default: 60,
    min: 1,
    max: 1_000_000,
  }),
};
