import { RecentAnswers } from './recent-answers.js';

describe('answers kept for a moment', () => {
  let nowMs = 0;
  let asked = 0;
  const ask = (): Promise<number | null> => Promise.resolve((asked += 1));
  let answers: RecentAnswers<number | null>;
  beforeEach(() => {
    nowMs = 0;
    asked = 0;
    answers = new RecentAnswers({ keptMs: 100, nowMs: () => nowMs, isKept: (answer) => answer !== null });
  });

  it('are asked for once by those who come together, and again when the moment is over', async () => {
    expect(await Promise.all([answers.get('a', ask), answers.get('a', ask), answers.get('b', ask)])).toEqual([1, 1, 2]);
    nowMs = 99;
    expect(await answers.get('a', ask)).toBe(1);
    nowMs = 100;
    expect(answers.find('a')).toBeUndefined();
    expect(await answers.get('a', ask)).toBe(3);
  });

  it('are not kept when they say that nothing is there, nor when asking failed', async () => {
    expect(await answers.get('a', () => Promise.resolve(null))).toBeNull();
    expect(await answers.get('a', ask)).toBe(1);
    await expect(answers.get('b', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await answers.get('b', ask)).toBe(2);
  });

  it('that were asked for before something changed are not kept after it', async () => {
    let answer = (_value: number): void => undefined;
    const before = answers.get('a', () => new Promise<number>((resolve) => (answer = resolve)));
    answers.forgetAll();
    answer(7);
    expect(await before).toBe(7);
    expect(await answers.get('a', ask)).toBe(1);
  });

  it('that were asked for anew replace those of before, also when the earlier asking ends later', async () => {
    let answer = (_value: null): void => undefined;
    const earlier = answers.get('a', () => new Promise<null>((resolve) => (answer = resolve)));
    expect(await answers.askAnew('a', ask)).toBe(1);
    answer(null);
    expect(await earlier).toBeNull();
    expect(await answers.get('a', ask)).toBe(1);
  });
});
