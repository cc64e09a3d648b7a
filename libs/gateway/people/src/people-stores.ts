import { silentLogger, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { AccessLinksStore } from './access-links.store.js';
import { AuditLog } from './audit-log.js';
import { MembersStore } from './members.store.js';
import { OperatorVisitsStore } from './operator-visits.store.js';
import { PasskeyChallengesStore } from './passkeys/passkey-challenges.store.js';
import { PasskeysStore } from './passkeys/passkeys.store.js';
import { PasswordKeeper } from './passwords.js';
import type { Person } from './people.ports.js';
import { SessionsStore } from './sessions.store.js';
import { SignIn } from './sign-in.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { TotpStore } from './totp.store.js';
import { UsersStore } from './users.store.js';

export interface PeopleOptions {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
  readonly clock: Clock;
  /** Silent unless given. */
  readonly logger?: Logger;
  readonly passwords?: PasswordKeeper;
}

/** Everything about people that needs no running gateway. */
export interface PeopleStores {
  readonly users: UsersStore;
  readonly members: MembersStore;
  readonly sessions: SessionsStore;
  readonly visits: OperatorVisitsStore;
  readonly audit: AuditLog;
  readonly totp: TotpStore;
  readonly passkeys: PasskeysStore;
  readonly passkeyChallenges: PasskeyChallengesStore;
  readonly links: AccessLinksStore;
  readonly throttle: SignInThrottle;
  readonly passwords: PasswordKeeper;
  readonly signIn: SignIn;
  readonly database: Database;
}

export function createPeopleStores({ database, secret, clock, ...given }: PeopleOptions): PeopleStores {
  const { logger = silentLogger, passwords = new PasswordKeeper() } = given;
  const parts = {
    database,
    users: new UsersStore(database, clock),
    members: new MembersStore(database, clock),
    visits: new OperatorVisitsStore(database, clock),
    audit: new AuditLog(database, clock),
    passkeys: new PasskeysStore(database, clock),
    passkeyChallenges: new PasskeyChallengesStore(database, clock),
    totp: new TotpStore(database, clock, secret),
    sessions: new SessionsStore(database, clock, secret),
    links: new AccessLinksStore(database, clock, secret),
    throttle: new SignInThrottle(database, clock, secret),
    passwords,
  };
  return { ...parts, signIn: new SignIn({ ...parts, logger }) };
}

/** The page of the console where a link leads. What stands behind `#` is sent to no server and into no log. */
export function linkUrl(publicUrl: string, page: 'setup' | 'reset', token: string): string {
  return `${publicUrl}/console/${page}#token=${token}`;
}

/** The link by which the first operator comes in; earlier ones of a first start lead nowhere from then on. */
export async function makeFirstLink(stores: PeopleStores, publicUrl: string): Promise<string> {
  const { token } = await stores.database.transaction(async (tx) => {
    await stores.links.withdrawFirst(tx);
    return stores.links.make({ kind: 'operator' }, tx);
  });
  return linkUrl(publicUrl, 'setup', token);
}

/** A link for one more operator, by their address. */
export async function makeOperatorLink(
  stores: PeopleStores,
  { email, publicUrl }: { readonly email: string; readonly publicUrl: string },
): Promise<string> {
  const { token } = await stores.database.transaction((tx) => stores.links.make({ kind: 'operator', email }, tx));
  return linkUrl(publicUrl, 'setup', token);
}

/** A link for somebody who forgot their password; `null` where nobody has that address. */
export async function makeResetLink(
  { users, links, database }: PeopleStores,
  email: string,
): Promise<{ readonly person: Person; readonly id: string; readonly token: string } | null> {
  const person = await users.findByEmail(email);
  if (person === null) return null;
  const link = await database.transaction((tx) => links.make({ kind: 'password-reset', userId: person.id }, tx));
  return { person, id: link.id, token: link.token };
}
