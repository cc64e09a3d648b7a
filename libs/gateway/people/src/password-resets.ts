import type { Logger } from '@paymatch/platform-observability';
import { passwordProblem, TooManySignIns } from './passwords.js';
import type { PeopleMail } from './people-mail.js';
import type { Client } from './people.ports.js';
import { linkUrl, makeResetLink, type PeopleStores } from './people-stores.js';
import type { SignInRefusal } from './sign-in.js';

/** So many wait for their mail at one time; each takes ten seconds at most. */
const WAITING_MAX = 64;

interface ResetParts {
  readonly people: PeopleStores;
  readonly mail: PeopleMail;
  readonly logger: Logger;
  /** Where browsers reach this gateway. */
  readonly publicUrl: string;
}

export type ResetAsked = { readonly kind: 'taken' } | Extract<SignInRefusal, { readonly kind: 'throttled' }>;
export type ResetResult =
  { readonly kind: 'done' } | { readonly kind: 'weak'; readonly problem: string } | SignInRefusal;

/** The way back for somebody who forgot their password. */
export class PasswordResets {
  private waiting = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ResetParts) {}

  /**
   * Whether there is such an account is looked up after the answer, so that neither what is answered nor how long it
   * takes tells it.
   */
  async ask(email: string, { address }: Pick<Client, 'address'>): Promise<ResetAsked> {
    const { throttle } = this.parts.people;
    const retryAfterSeconds = (await throttle.take('address', address)) || (await throttle.take('mail', email));
    if (retryAfterSeconds > 0) return { kind: 'throttled', retryAfterSeconds };
    if (this.waiting >= WAITING_MAX) throw new TooManySignIns('too many password links are being mailed');
    this.waiting += 1;
    this.last = this.last.then(() => this.mailLink(email)).finally(() => (this.waiting -= 1));
    return { kind: 'taken' };
  }

  /** Ends every session of theirs. An authenticator, where there is one, is asked for as before. */
  async use(given: { readonly token: string; readonly password: string }, client: Client): Promise<ResetResult> {
    const { users, links, sessions, passwords, audit, throttle, database } = this.parts.people;
    const retryAfterSeconds = await throttle.take('address', client.address);
    if (retryAfterSeconds > 0) return { kind: 'throttled', retryAfterSeconds };
    const link = await links.find(given.token);
    const email = link?.kind === 'password-reset' ? await users.emailOf(link.userId!) : null;
    if (link === null || email === null) return { kind: 'link-used' };
    const problem = passwordProblem(given.password, { email });
    if (problem !== null) return { kind: 'weak', problem };
    const userId = link.userId!;
    const passwordHash = await passwords.make(given.password);
    const result = await database
      .transaction(async (tx): Promise<ResetResult> => {
        // First the person, then their links, as everywhere: two links used at once wait for one another in one order.
        await users.setPassword(userId, passwordHash, tx);
        if ((await links.use(given.token, tx)) === null) throw new LinkUsed();
        await links.withdrawResets(userId, tx);
        await sessions.endAll(userId, null, tx);
        const { address, requestId } = client;
        await audit.write(
          { userId, keyId: null, who: email, address, requestId },
          { merchantId: null, action: 'password reset', subject: userId },
          tx,
        );
        return { kind: 'done' };
      })
      .catch((error: unknown): ResetResult => {
        if (error instanceof LinkUsed) return { kind: 'link-used' };
        throw error;
      });
    // Somebody else's guesses at the old password must not keep them out.
    if (result.kind === 'done') await throttle.forgive('account', email);
    return result;
  }

  /** Once everything that was taken is mailed; nothing is mailed after it. */
  async stop(): Promise<void> {
    await this.last;
    await this.parts.mail.close();
  }

  private async mailLink(email: string): Promise<void> {
    const { people, mail, logger, publicUrl } = this.parts;
    if (!mail.isSet) return;
    try {
      const made = await makeResetLink(people, email);
      if (made === null) return;
      const { person, id: linkId, token } = made;
      await mail.passwordReset({
        to: email,
        language: person.language,
        linkId,
        url: linkUrl(publicUrl, 'reset', token),
      });
    } catch (error) {
      // Nobody waits for this any more: whoever asked is answered, and asks again.
      logger.error('a link for a forgotten password could not be made', { error });
    }
  }
}

class LinkUsed extends Error {
  override readonly name = 'LinkUsed';
}
