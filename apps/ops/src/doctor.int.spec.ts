import { paymentsService } from '@paymatch/payments-feature';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { paymentsFindings } from './doctor.command.js';

const { schema, migrations } = paymentsService;
let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase({ schema, migrations });
});
afterEach(() => test.drop());

describe('the doctor', () => {
  it('finds nothing in a healthy store', async () => {
    expect((await paymentsFindings(test.database)).filter((line) => line.includes(nameOf(test.url)))).toEqual([]);
  });

  it('names a session of another database that wrote long ago, and how to end it', async () => {
    const foreign = await createTestDatabase({ schema: 'elsewhere' });
    await foreign.database.transaction(async (tx) => {
      await tx.query('SELECT pg_current_xact_id() AS forgotten');
      await tx.query('SELECT pg_sleep(5.2)');
      const lines = await paymentsFindings(test.database);
      expect(lines.filter((line) => line.includes(nameOf(foreign.url)))).toEqual([
        expect.stringMatching(
          /open for \d+ s after it wrote: pid \d+, database test_\w+, user \w+, application paymatch-test, last query ".+"\. .*pg_terminate_backend\(\d+\)/,
        ),
      ]);
    });
    await foreign.drop();
  });

  it('names a payment whose events this program cannot read', async () => {
    await test.database.query(`
      INSERT INTO payments.events (message_id, merchant_id, livemode, stream_id, stream_version, type, version, data,
        occurred_at, command_id, command_index, correlation_id)
      VALUES (gen_random_uuid(), 'm1', true, '018f0000-0000-7000-8000-000000000009', 1, 'PaymentCreated', 99, '{}',
        now(), 'c', 0, 'c1');
      INSERT INTO payments.expiry_schedule VALUES ('018f0000-0000-7000-8000-000000000009', now())`);
    expect(await paymentsFindings(test.database)).toContainEqual(
      expect.stringMatching(
        /payment 018f0000-0000-7000-8000-000000000009 cannot be read.*version 99; this program knows/,
      ),
    );
  });
});

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
