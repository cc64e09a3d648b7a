import type { AuditActor } from './audit-log.js';
import type { Person } from './people.ports.js';
import type { PeopleStores } from './people-stores.js';

/**
 * For somebody who lost every second factor: authenticator, recovery codes and passkeys go, every session of theirs
 * ends, and the password alone leads in. Operators only, since it opens the account at every merchant; `null` where
 * there is no such person.
 */
export async function resetAuthenticator(
  { users, totp, passkeys, sessions, audit, database }: PeopleStores,
  userId: string,
  { actor, reason }: { readonly actor: AuditActor; readonly reason: string },
): Promise<Person | null> {
  const person = await users.find(userId);
  if (person === null) return null;
  await database.transaction(async (tx) => {
    await totp.remove(userId, tx);
    await passkeys.removeAll(userId, tx);
    await sessions.endAll(userId, null, tx);
    const before = { authenticator: person.hasTotp, passkeys: person.hasPasskey };
    const change = { merchantId: null, action: 'authenticator reset', subject: userId, before, reason };
    await audit.write(actor, change, tx);
  });
  return person;
}
