import { offeredFor, pickOffered } from './language.js';
import { bn } from './texts/bn.js';
import { en } from './texts/en.js';
import { pt } from './texts/pt.js';

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
    [undefined, undefined, 'pt-BR,pt;q=0.9', 'pt'],
    [undefined, undefined, undefined, 'en'],
    [['bn', 'en'], undefined, undefined, 'en'],
  ])('asked for %j, remembered %j, accepted %j: %s', (asked, remembered, accepted, expected) => {
    expect(pickOffered({ asked, remembered, accepted }, offeredFor('fastaar'))).toBe(expected);
  });

  it('is the shop’s own for who has not chosen one, whatever their browser says', () => {
    const accepted = 'en-GB';
    expect(pickOffered({ asked: undefined, remembered: undefined, accepted }, offeredFor('fastaar'), 'bn')).toBe('bn');
    expect(pickOffered({ asked: undefined, remembered: 'pt', accepted }, offeredFor('fastaar'), 'bn')).toBe('pt');
    expect(pickOffered({ asked: 'en', remembered: 'pt', accepted }, offeredFor('fastaar'), 'bn')).toBe('en');
  });

  it('has Bangla digits in Bangla, but for what is dialled, typed into an app or read out', () => {
    const calls = [bn.limitBody(12), ...bn.returning(5), bn.stepOf(2)].join(' ');
    expect(calls).not.toMatch(/[0-9]/);
    expect(calls).toMatch(/১২.*৫.*২/);
    expect(bn.stepOpenOrDial('বিকাশ', '*247#').join('')).toContain('*247#');
  });

  it('has every sentence in all of them, and none left untranslated', () => {
    for (const other of [bn, pt]) {
      expect(Object.keys(other).sort()).toEqual(Object.keys(en).sort());
      const same = Object.entries(en).filter(
        ([key, text]) => typeof text === 'string' && other[key as keyof typeof other] === text,
      );
      expect(same).toEqual([]);
    }
  });
});
