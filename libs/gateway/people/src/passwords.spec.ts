import { isCommonPassword } from './common-passwords.js';
import {
  argon2id,
  NOBODYS,
  PasswordKeeper,
  passwordProblem,
  TooManySignIns,
  type PasswordAlgorithm,
} from './passwords.js';

/** Counts what is asked of it, and answers when a test says so. */
function countingAlgorithm() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const algorithm: PasswordAlgorithm = {
    hash: (password) => Promise.resolve(`kept ${password}`),
    verify: (kept, password) => {
      asked.push(kept);
      return new Promise((resolve) => waiting.push(() => resolve(kept === `kept ${password}`)));
    },
  };
  return { asked, waiting, algorithm, answerAll: () => waiting.splice(0).forEach((answer) => answer()) };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a password that is checked', () => {
  it('costs the same where there is no such account, which is never right', async () => {
    const { asked, algorithm, answerAll } = countingAlgorithm();
    const keeper = new PasswordKeeper(algorithm);
    const answers = [
      keeper.matches('right', 'kept right'),
      keeper.matches('nobody has this password', null),
      keeper.matches('wrong', 'kept right'),
    ];
    for (let at = 0; at < 3; at += 1) {
      await turn();
      answerAll();
    }
    expect(await Promise.all(answers)).toEqual([true, false, false]);
    expect(asked.sort()).toEqual([NOBODYS, 'kept right', 'kept right']);
  });

  it('is checked at the same cost where there is no such account, and let in by nothing', async () => {
    const costOf = (kept: string): string => kept.split('$').slice(0, 4).join('$');
    expect(costOf(NOBODYS)).toBe(costOf(await new PasswordKeeper().make('four horses graze')));
    expect(await argon2id.verify(NOBODYS, 'nobody has this password')).toBe(true);
    expect(await new PasswordKeeper().matches('nobody has this password', null)).toBe(false);
  });

  it('waits for its turn, and is refused where too many wait', async () => {
    const { asked, algorithm, answerAll } = countingAlgorithm();
    const keeper = new PasswordKeeper(algorithm);
    const some = Array.from({ length: 66 }, () => keeper.matches('right', 'kept right'));
    await expect(keeper.matches('right', 'kept right')).rejects.toThrow(TooManySignIns);
    await turn();
    expect(asked).toHaveLength(2);
    while (asked.length < 66) {
      answerAll();
      await turn();
    }
    answerAll();
    expect(await Promise.all(some)).toEqual(Array(66).fill(true));
  });

  it('is Argon2id, and the same however a keyboard composes its letters', async () => {
    const keeper = new PasswordKeeper();
    const kept = await keeper.make('caf\u00e9 crème brûlée');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await keeper.matches('cafe\u0301 crème brûlée', kept)).toBe(true);
  });
});

describe('a password that is chosen', () => {
  it.each([
    'password1234',
    'P@ssw0rd2026!',
    'qwertyuiop12',
    '123456789012',
    'aaaaaaaaaaaaa',
    'abcdefghijkl',
    'iloveyou2026!!',
    'Bangladesh1971',
    'passwordpassword',
    'administrator1',
    '0987654321098',
  ])('is refused as common: %s', (password) => expect(isCommonPassword(password)).toBe(true));

  it.each(['four horses graze by the river', 'a field of purple clover', 'tq8-Vm2r-Lk0z', 'আমার সোনার বাংলাদেশ'])(
    'is taken: %s',
    (password) => expect(passwordProblem(password, { email: 'rahima@shop.example' })).toBeNull(),
  );

  it('has at least twelve characters, and is not the address again', () => {
    expect(passwordProblem('eleven char')).toContain('at least 12');
    expect(passwordProblem('x'.repeat(201))).toContain('at most 200');
    expect(passwordProblem('rahima-begum-1', { email: 'rahima-begum@shop.example' })).toContain('tried first');
  });
});
