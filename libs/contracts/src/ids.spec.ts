import { idTimeMs, newId, ulidToUuid, uuidToUlid } from './index.js';

describe('a time-ordered id', () => {
  it('keeps its 128 bits through both spellings', () => {
    for (let i = 0; i < 1_000; i += 1) {
      const uuid = newId();
      expect(ulidToUuid(uuidToUlid(uuid))).toBe(uuid);
    }
  });

  it('sorts in the order it was made, in both spellings, also within one millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => newId(1_781_250_000_000));
    expect([...ids].sort()).toEqual(ids);
    const ulids = ids.map(uuidToUlid);
    expect([...ulids].sort()).toEqual(ulids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carries its time', () => {
    const now = Date.now() + 10_000;
    expect(idTimeMs(newId(now))).toBe(now);
  });

  it.each([
    '',
    'x',
    '8zzzzzzzzzzzzzzzzzzzzzzzzz',
    '01jxyz',
    '01k000000000000000000000iu',
    '01k000000000000000000000a1x',
  ])('refuses %j as a ULID', (text) => {
    expect(ulidToUuid(text)).toBeUndefined();
  });
});
