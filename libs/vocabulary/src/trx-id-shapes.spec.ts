import { isOfAlphabet, trxIdPattern, trxIdShapeOf } from './trx-id-shapes.js';

describe("a provider's TrxIDs", () => {
  it.each([
    ['bkash', '[0-9A-Z]{10}'],
    ['rocket', '[0-9]{10}'],
    ['upay', '[0-9A-HJKMNP-TV-Z]{10}'],
    ['tap', '[0-9A-Z]{10,14}'],
    ['nobody', '[0-9A-Z]{6,20}'],
  ])('of %s are matched by %s', (provider, pattern) => expect(trxIdPattern(provider)).toBe(pattern));

  it('are told by their alphabet apart from their length', () => {
    expect(isOfAlphabet('01K7', trxIdShapeOf('upay'))).toBe(true);
    expect(isOfAlphabet('OIK7', trxIdShapeOf('upay'))).toBe(false);
    expect(isOfAlphabet('69A', trxIdShapeOf('rocket'))).toBe(false);
  });
});
