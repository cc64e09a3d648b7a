import { hash, verify } from '@node-rs/argon2';
import { isCommonPassword } from './common-passwords.js';

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 200;

/** A hash costs 19 MiB and tens of milliseconds: this many at a time, and so many that wait for their turn. */
const AT_ONCE_MAX = 2;
const WAITING_MAX = 64;

/** Argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet). The algorithm is the library's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What is checked where there is no account, so that one that is not there costs what one that is does: at `COST`. */
export const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$1dcpxZt2JWakmiLUgoVk1Q$2ehxEUxrKFhABLTpp1HlwMKZcvlELDUI7PtWRy6aoEE';

/** More people sign in at this moment than this process takes. */
export class TooManySignIns extends Error {
  override readonly name = 'TooManySignIns';
  /** Read by `gatewayFault`. */
  readonly statusCode = 503;
}

/** What is wrong with a new password, for the person who chose it; `null` when nothing is. */
export function passwordProblem(password: unknown, about: { readonly email?: string } = {}): string | null {
  if (typeof password !== 'string' || [...password].length < PASSWORD_LENGTH_MIN)
    return `Choose a password of at least ${PASSWORD_LENGTH_MIN} characters; several words are easy to remember.`;
  if ([...password].length > PASSWORD_LENGTH_MAX)
    return `Choose a password of at most ${PASSWORD_LENGTH_MAX} characters.`;
  const name = about.email?.split('@', 1)[0]?.toLowerCase() ?? '';
  const isNamed = name.length > 3 && password.toLowerCase().includes(name) && password.length < name.length + 8;
  return isNamed || isCommonPassword(password)
    ? 'This password is among those that are tried first; choose another one.'
    : null;
}

/** Makes and checks what is kept of passwords. */
export class PasswordKeeper {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  constructor(private readonly algorithm: PasswordAlgorithm = argon2id) {}

  make(password: string): Promise<string> {
    return this.inTurn(() => this.algorithm.hash(plain(password)));
  }

  /** `null` stands for an account that does not exist: the same work is done, and the answer is no. */
  async matches(password: string, kept: string | null): Promise<boolean> {
    const isRight = await this.inTurn(() => this.algorithm.verify(kept ?? NOBODYS, plain(password)));
    return isRight && kept !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE_MAX) {
      if (this.waiting.length >= WAITING_MAX) throw new TooManySignIns('too many passwords are being checked');
      // Whoever ends hands its place on: nobody who comes later gets in between.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

export interface PasswordAlgorithm {
  hash(password: string): Promise<string>;
  verify(kept: string, password: string): Promise<boolean>;
}

export const argon2id: PasswordAlgorithm = {
  hash: (password) => hash(password, COST),
  verify: (kept, password) => verify(kept, password),
};

/** The same password however a keyboard composes its letters, and never more than a bounded text. */
function plain(password: string): string {
  return password.normalize('NFKC').slice(0, PASSWORD_LENGTH_MAX * 4);
}
