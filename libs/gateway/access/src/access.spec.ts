import { readConfig } from '@paymatch/platform-config';
import { accessSettings } from './access.settings.js';

describe('the secret setting', () => {
  it.each(['x'.repeat(31), ''])('stops the start when it is too short (%j), without printing it', (value) => {
    expect(() => readConfig(accessSettings, { PAYMATCH_SECRET: value })).toThrow(
      'PAYMATCH_SECRET must have at least 32 characters: at least',
    );
  });
});
