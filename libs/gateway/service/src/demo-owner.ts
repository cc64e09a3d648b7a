import type { PeopleStores } from '@paymatch/gateway-people';
import { randomBase62 } from '@paymatch/platform-secrets';

export interface DemoOwner {
  readonly email: string;
  readonly password: string;
}

/** Nobody's address (RFC 2606): no real person can have it. */
const EMAIL = 'owner@demo.example';
const PASSWORD_LENGTH = 20;

/** The demo merchant's owner; one whose password is lost with `demo.json` gets another. */
export async function ensureDemoOwner(
  { users, sessions, passwords, database }: PeopleStores,
  merchantId: string,
  known: DemoOwner | null,
): Promise<DemoOwner> {
  const found = await users.findByEmail(EMAIL);
  if (known !== null && found !== null && (await users.roleAt(merchantId, found.id)) !== null) return known;
  const password = randomBase62(PASSWORD_LENGTH);
  const passwordHash = await passwords.make(password);
  await database.transaction(async (tx) => {
    const person = { email: EMAIL, name: 'Demo owner', language: 'en', passwordHash, isOperator: false } as const;
    const userId = (await users.add(person, tx)) ?? found?.id;
    if (userId === undefined) throw new Error(`${EMAIL} is being made by another process; start again`);
    await users.setPassword(userId, passwordHash, tx);
    await sessions.endAll(userId, null, tx);
    await users.join({ merchantId, userId, role: 'owner' }, tx);
  });
  return { email: EMAIL, password };
}
