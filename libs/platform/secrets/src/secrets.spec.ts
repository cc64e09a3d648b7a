import { randomBase62 } from './random-text.js';
import { SecretKeeper } from './secret-keeper.js';

describe('the secret keeper', () => {
  it('opens what it sealed, for the same row and under the same secret only', () => {
    const keeper = new SecretKeeper('x'.repeat(32));
    const sealed = keeper.seal('ds_secret', 'row 1');
    expect(keeper.open(sealed, 'row 1')).toBe('ds_secret');
    expect(() => keeper.open(sealed, 'row 2')).toThrow();
    expect(() => new SecretKeeper('y'.repeat(32)).open(sealed, 'row 1')).toThrow();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(() => keeper.open(changed, 'row 1')).toThrow();
    }
  });

  it('makes random text of the length asked for', () => {
    expect(randomBase62(32)).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(new Set(randomBase62(2_000)).size).toBe(62);
  });
});
