import type { Database } from '@paymatch/platform-postgres';

/** How many statements this process sends to PostgreSQL while `work` runs: BEGIN and COMMIT are statements too. */
export async function countStatements(database: Database, work: () => Promise<void>): Promise<number> {
  const client = await database.connection();
  client.release();
  const proto = Object.getPrototypeOf(Object.getPrototypeOf(client)) as object;
  const driver = (Object.hasOwn(proto, 'query') ? proto : Object.getPrototypeOf(client)) as typeof client;
  const spy = jest.spyOn(driver, 'query');
  try {
    await work();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
}
