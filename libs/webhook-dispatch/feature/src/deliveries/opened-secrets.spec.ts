import { TextSealer } from '@paymatch/platform-secrets';
import { OpenedSecrets } from './opened-secrets.js';

const sealer = new TextSealer('a secret of at least thirty-two characters', 'test');

describe('a sealed secret', () => {
  it('is opened, however often, and anew when it was rotated', () => {
    const secrets = new OpenedSecrets(sealer);
    const [first, second] = [sealer.seal('whsec_first', 'endpoint:1'), sealer.seal('whsec_second', 'endpoint:1')];
    for (let turn = 0; turn < 2; turn += 1) {
      expect(secrets.open(first, 'endpoint:1')).toBe('whsec_first');
      expect(secrets.open(second, 'endpoint:1')).toBe('whsec_second');
    }
  });

  it('opens for its own signer only, also once it was opened', () => {
    const secrets = new OpenedSecrets(sealer);
    const sealed = sealer.seal('whsec_first', 'endpoint:1');
    secrets.open(sealed, 'endpoint:1');
    expect(() => secrets.open(sealed, 'endpoint:2')).toThrow();
  });
});
