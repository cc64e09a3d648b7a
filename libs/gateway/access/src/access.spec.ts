import { readConfig } from '@paymatch/platform-config';
import { accessSettings } from './access.settings.js';

describe('the secret setting', () => {
  it('stops the start when it is too short, without printing it', () => {
    expect(() => readConfig(accessSettings, { PAYMATCH_SECRET: 'x'.repeat(31) })).toThrow(
      'PAYMATCH_SECRET must have at least 32 characters: at least',
    );
  });

  it('stops the start when it is empty, as when it is not there', () => {
    expect(() => readConfig(accessSettings, { PAYMATCH_SECRET: '' })).toThrow('PAYMATCH_SECRET is not set: at least');
  });
});
