import type { Logger } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { AuditActor, AuditLog } from './audit-log.js';
import type { AccessLinksStore } from './access-links.store.js';
import type { AccessLink, Client, Person, PersonLanguage } from './people.ports.js';
import type { PasswordKeeper } from './passwords.js';
import type { SessionsStore } from './sessions.store.js';
import type { SignInThrottle } from './sign-in-throttle.js';
import type { TotpStore } from './totp.store.js';
import type { UsersStore } from './users.store.js';

export interface Credentials {
  /** As `plainEmail` gives it. */
  readonly email: string;
  readonly password: string;
  /** Of the authenticator, where there is one. */
  readonly code?: string | undefined;
}

/** A browser, and the session it brought along, which ends when it signs in anew. */
export interface Visitor {
  readonly client: Client;
  readonly token: string | null;
}

export type SignInRefusal =
  | { readonly kind: 'refused' | 'code-required' | 'link-used' | 'person-exists' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };
/** Who it is, or why that is not known. */
export type Checked = { readonly kind: 'known'; readonly person: Person } | SignInRefusal;
export type SignInResult = { readonly kind: 'signed-in'; readonly token: string } | SignInRefusal;

interface SignInParts {
  readonly database: Database;
  readonly users: UsersStore;
  readonly sessions: SessionsStore;
  readonly links: AccessLinksStore;
  readonly audit: AuditLog;
  readonly totp: TotpStore;
  readonly throttle: SignInThrottle;
  readonly passwords: PasswordKeeper;
  readonly logger: Logger;
}

/** What somebody proved by who they are. */
export type ProofKind = 'password' | 'authenticator' | 'passkey';

interface Proof {
  readonly person: Pick<Person, 'id' | 'email'>;
  readonly visitor: Visitor;
  readonly by: ProofKind;
}

/** What commits with the proof, or undoes it. */
type Alongside = (tx: Tx) => Promise<boolean>;

/** So many refusals wait to be written down; each takes a moment. */
const REFUSALS_WAITING_MAX = 1_000;

/** The ways in: by password, and by a link that somebody was given. */
export class SignIn {
  private waiting = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SignInParts) {}

  async byPassword(credentials: Credentials, visitor: Visitor): Promise<SignInResult> {
    const checked = await this.check(credentials, visitor.client);
    if (checked.kind !== 'known') return checked;
    return this.open({ person: checked.person, visitor, by: 'password' });
  }

  /** A session for somebody who has proved who they are. */
  open(proof: Proof): Promise<SignInResult>;
  /** `null` where what belongs to the proof could not be done after all. */
  open(proof: Proof, alongside: Alongside): Promise<SignInResult | null>;
  open({ person, visitor, by }: Proof, alongside?: Alongside): Promise<SignInResult | null> {
    const { database, sessions, audit } = this.parts;
    const { client, token: replaces } = visitor;
    return database.transaction(async (tx) => {
      if (alongside !== undefined && !(await alongside(tx))) return null;
      const { id, token } = await sessions.open({ userId: person.id, client, replaces }, tx);
      const change = { merchantId: null, action: 'signed in', subject: id, after: { by } };
      await audit.write(actorOf(person, client), change, tx);
      return { kind: 'signed-in', token };
    });
  }

  /** They may do for a while what needs it; `null` where what belongs to the proof could not be done after all. */
  stepUp(
    { sessionId, person, client, by }: Omit<Proof, 'visitor'> & { readonly sessionId: string; readonly client: Client },
    alongside: Alongside = () => Promise.resolve(true),
  ): Promise<Date | null> {
    const { database, sessions, audit } = this.parts;
    return database.transaction(async (tx) => {
      if (!(await alongside(tx))) return null;
      const change = { merchantId: null, action: 'proved who they are', subject: sessionId, after: { by } };
      await audit.write(actorOf(person, client), change, tx);
      return sessions.stepUp(sessionId, tx);
    });
  }

  /**
   * That somebody tried to be this person. It is written down after the answer, which would take longer for an account
   * that is there than for one that is not.
   */
  noteRefusal(person: Pick<Person, 'id' | 'email'>, client: Client, by: ProofKind | 'code'): void {
    const { audit, database, logger } = this.parts;
    if (this.waiting >= REFUSALS_WAITING_MAX) {
      logger.error('too many refused sign-ins at once; one is missing in the audit log', { userId: person.id });
      return;
    }
    this.waiting += 1;
    const change = { merchantId: null, action: 'sign-in refused', subject: person.id, after: { by } };
    this.last = this.last
      .then(() => database.transaction((tx) => audit.write({ ...actorOf(person, client), userId: null }, change, tx)))
      // It was refused all the same; nobody waits for this any more.
      .catch((error: unknown) => logger.error('a refused sign-in is missing in the audit log', { error }))
      .finally(() => (this.waiting -= 1));
  }

  /** Once everything that was noted is written down. */
  async settled(): Promise<void> {
    await this.last;
  }

  /**
   * Takes a link: whoever is new becomes a person, whoever has an account already proves it with their password and
   * gets what the link gives.
   */
  async byLink(
    given: Credentials & { readonly token: string; readonly name: string; readonly language: PersonLanguage },
    visitor: Visitor,
  ): Promise<SignInResult> {
    const { users, links, passwords, database } = this.parts;
    const link = await links.find(given.token);
    if (link === null || link.kind === 'password-reset') return { kind: 'link-used' };
    if (link.email !== null && link.email !== given.email) return { kind: 'refused' };
    let userId: string | null = null;
    if ((await users.findByEmail(given.email)) !== null) {
      const checked = await this.check(given, visitor.client);
      if (checked.kind !== 'known') return checked;
      userId = checked.person.id;
    }
    const passwordHash = userId === null ? await passwords.make(given.password) : '';
    return database
      .transaction(async (tx): Promise<SignInResult> => {
        const used = await links.use(given.token, tx);
        if (used === null) return { kind: 'link-used' };
        const { email, name, language } = given;
        const isOperator = used.kind === 'operator';
        const id = userId ?? (await users.add({ email, name, language, passwordHash, isOperator }, tx));
        // Somebody took the address in between: the link stays for them to use.
        if (id === null) throw new AddressTaken();
        if (isOperator && userId !== null) await users.makeOperator(id, tx);
        if (used.kind === 'invitation') await this.join(used, id, tx);
        await this.parts.audit.write(
          { userId: id, keyId: null, who: email, ...originOf(visitor) },
          {
            merchantId: used.merchantId,
            action: isOperator ? 'operator made' : 'invitation accepted',
            subject: id,
            after: { email, role: used.role ?? 'operator' },
          },
          tx,
        );
        const { token } = await this.parts.sessions.open(
          { userId: id, client: visitor.client, replaces: visitor.token },
          tx,
        );
        return { kind: 'signed-in', token };
      })
      .catch((error: unknown): SignInResult => {
        if (error instanceof AddressTaken) return { kind: 'person-exists' };
        throw error;
      });
  }

  /** Every session of theirs ends; this browser gets a new one. */
  async newPassword(person: Pick<Person, 'id' | 'email'>, password: string, visitor: Visitor): Promise<SignInResult> {
    const { id: userId, email: who } = person;
    const { users, links, sessions, passwords, audit, database } = this.parts;
    const passwordHash = await passwords.make(password);
    return database.transaction(async (tx) => {
      await users.setPassword(userId, passwordHash, tx);
      await links.withdrawResets(userId, tx);
      await sessions.endAll(userId, null, tx);
      await audit.write(
        { userId, keyId: null, who, ...originOf(visitor) },
        { merchantId: null, action: 'password changed', subject: userId },
        tx,
      );
      const { token } = await sessions.open({ userId, client: visitor.client, replaces: null }, tx);
      return { kind: 'signed-in', token };
    });
  }

  /** Whether this is that person, by password and, where they have an authenticator, its code. */
  async check(credentials: Credentials, client: Client): Promise<Checked> {
    const checked = await this.checkPassword(credentials, client);
    if (checked.kind !== 'known' || !checked.person.hasTotp) return this.forgiven(checked);
    const { code } = credentials;
    const isRight = code !== undefined && (await this.parts.totp.check(checked.person.id, code));
    if (isRight) return this.forgiven(checked);
    // Without a code nobody guessed one: the password was right, and the next page asks for it.
    if (code !== undefined) this.noteRefusal(checked.person, client, 'code');
    return { kind: 'code-required' };
  }

  /** The same of somebody who is signed in: the authenticator's code, or the password where there is none. */
  async checkAgain(
    person: Person,
    given: { readonly password?: string | undefined; readonly code?: string | undefined },
    client: Client,
  ): Promise<Checked> {
    const { password = '', code = '' } = given;
    if (!person.hasTotp) return this.forgiven(await this.checkPassword({ email: person.email, password }, client));
    const throttled = await this.throttled(person.email, client);
    if (throttled !== null) return throttled;
    if (await this.parts.totp.check(person.id, code)) return this.forgiven({ kind: 'known', person });
    this.noteRefusal(person, client, 'code');
    return { kind: 'code-required' };
  }

  /** Whether this is that person's password; counted like any other attempt. */
  async checkPassword({ email, password }: Credentials, client: Client): Promise<Checked> {
    const throttled = await this.throttled(email, client);
    if (throttled !== null) return throttled;
    const person = await this.parts.users.findByEmail(email);
    const isRight = await this.parts.passwords.matches(password, person?.passwordHash ?? null);
    if (isRight && person !== null) return { kind: 'known', person };
    if (person !== null) this.noteRefusal(person, client, 'password');
    return { kind: 'refused' };
  }

  private async throttled(email: string, { address }: Pick<Client, 'address'>): Promise<SignInRefusal | null> {
    const { throttle } = this.parts;
    const retryAfterSeconds = (await throttle.take('address', address)) || (await throttle.take('account', email));
    return retryAfterSeconds > 0 ? { kind: 'throttled', retryAfterSeconds } : null;
  }

  private async forgiven(checked: Checked): Promise<Checked> {
    if (checked.kind === 'known') await this.parts.throttle.forgive('account', checked.person.email);
    return checked;
  }

  private join(link: AccessLink, userId: string, tx: Parameters<UsersStore['join']>[1]): Promise<void> {
    const { merchantId, role } = link;
    if (merchantId === null || role === null) throw new Error(`the invitation ${link.id} is to nowhere`);
    return this.parts.users.join({ merchantId, userId, role }, tx);
  }
}

function originOf({ client: { address, requestId } }: Visitor): Pick<AuditActor, 'address' | 'requestId'> {
  return { address, requestId };
}

function actorOf({ id, email }: Pick<Person, 'id' | 'email'>, { address, requestId }: Client): AuditActor {
  return { userId: id, keyId: null, who: email, address, requestId };
}

class AddressTaken extends Error {
  override readonly name = 'AddressTaken';
}
