import type { Setting } from './config.js';

const SECRET_LENGTH_MIN = 32;

/** The installation's one secret, known to every service that keeps something sealed. */
export const operatorSecret: Setting<string> = {
  env: 'PAYMATCH_SECRET',
  doc: 'at least 32 characters; API keys are hashed, device and webhook secrets encrypted under it, so changing it makes every key, device and webhook unusable',
  isSecret: true,
  parse: (value) => {
    if (value.length < SECRET_LENGTH_MIN) throw new Error(`must have at least ${SECRET_LENGTH_MIN} characters`);
    return value;
  },
};
