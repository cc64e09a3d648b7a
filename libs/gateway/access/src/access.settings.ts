import type { Setting } from '@paymatch/platform-config';

const SECRET_LENGTH_MIN = 32;

/** Settings of whoever opens the gateway's doors. */
export const accessSettings = {
  secret: {
    env: 'PAYMATCH_SECRET',
    doc: 'at least 32 characters; API keys are hashed and device secrets encrypted under it, so changing it makes every key and device unusable',
    isSecret: true,
    parse: (value) => {
      if (value.length < SECRET_LENGTH_MIN) throw new Error(`must have at least ${SECRET_LENGTH_MIN} characters`);
      return value;
    },
  } satisfies Setting<string> as Setting<string>,
};
