import { offeredFor, pickOffered } from './language.js';
import { bn } from './texts/bn.js';
import { en } from './texts/en.js';

describe('the language of the page', () => {
  it.each([
    ['bn', 'en', 'en', 'bn'],
    ['en', 'bn', 'bn', 'en'],
    [undefined, 'bn', 'en', 'bn'],
    ['fr', undefined, 'bn', 'bn'],
    [undefined, 'xx', 'bn-BD,en;q=0.8', 'bn'],
    [undefined, undefined, 'en-GB,bn;q=0.9', 'en'],
    [undefined, undefined, 'fr;q=0.9, bn-BD;q=0.5, en;q=0.4', 'bn'],
    [undefined, undefined, 'bn;q=0, en;q=0.1', 'en'],
    [undefined, undefined, 'bn;q=zero', 'en'],
    [undefined, undefined, 'fr', 'en'],
    [undefined, undefined, undefined, 'en'],
    [['bn', 'en'], undefined, undefined, 'en'],
  ])('asked for %j, remembered %j, accepted %j: %s', (asked, remembered, accepted, expected) => {
    expect(pickOffered({ asked, remembered, accepted }, offeredFor('fastaar'))).toBe(expected);
  });

  it('never writes digits customers may copy in Bangla', () => {
    const calls = [
      bn.limitBody(12),
      bn.payBefore('3:04 PM'),
      ...bn.returning(5),
      bn.stepOf(2),
      bn.stepOpen('বিকাশ', '*247#'),
    ];
    expect([...calls, ...Object.values(bn).filter((text) => typeof text === 'string')].join(' ')).not.toMatch(/[০-৯]/);
  });

  it('has every sentence in both languages, and none left untranslated', () => {
    expect(Object.keys(bn).sort()).toEqual(Object.keys(en).sort());
    const same = Object.entries(en).filter(
      ([key, text]) => typeof text === 'string' && bn[key as keyof typeof bn] === text,
    );
    expect(same).toEqual([]);
  });
});
