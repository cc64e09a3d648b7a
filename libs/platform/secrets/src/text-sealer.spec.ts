import { TextSealer } from './text-sealer.js';

const secret = 'a secret of at least thirty-two characters';
const sealer = new TextSealer(secret, 'test/one');

describe('a sealed text', () => {
  it('opens for what it belongs to, and never looks the same', () => {
    const [one, two] = [sealer.seal('whsec_ö', 'row 1'), sealer.seal('whsec_ö', 'row 1')];
    expect(sealer.open(one, 'row 1')).toBe('whsec_ö');
    expect(one.equals(two)).toBe(false);
    expect(one.toString('latin1')).not.toContain('whsec_');
  });

  it.each([
    ['in another row', sealer, 'row 2'],
    ['for another purpose', new TextSealer(secret, 'test/two'), 'row 1'],
    ['under another secret', new TextSealer(`${secret}!`, 'test/one'), 'row 1'],
  ])('does not open %s', (_what, other, context) => {
    expect(() => other.open(sealer.seal('x', 'row 1'), context)).toThrow();
  });

  it('does not open when one bit of it was changed, or when it was cut', () => {
    const sealed = sealer.seal('x', 'row 1');
    sealed[sealed.length - 1]! ^= 1;
    expect(() => sealer.open(sealed, 'row 1')).toThrow();
    expect(() => sealer.open(sealer.seal('x', 'row 1').subarray(0, 10), 'row 1')).toThrow();
  });
});
