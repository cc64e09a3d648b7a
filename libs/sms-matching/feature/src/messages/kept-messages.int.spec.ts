import { silentLogger } from '@paymatch/platform-observability';
import { Retention } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { smsMatchingMigrations, smsMatchingSchema } from '../schema/sms-matching.migrations.js';
import { keptMessages } from './kept-messages.js';
import { setKeptDays } from './message-keeping.js';

const NOW_MS = Date.parse('2026-11-01T00:00:00Z');
const old = '2026-01-01T00:00:00Z';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ schema: smsMatchingSchema, migrations: smsMatchingMigrations });
});
afterAll(() => test.drop());

const idOf = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

async function message(n: number, outcome: string, arrivedAt: string): Promise<void> {
  await test.database.query(
    `INSERT INTO sms_matching.raw_messages (raw_id, merchant_id, livemode, device_id, sender, body, wallets, arrived_at,
       message_hash, outcome, reading)
     VALUES ($1, 'm', true, 'd', 'bKash', 'Your code is 123456', '[]', $2, '\\x00', $3, '{"amountMinor": 5}')`,
    [idOf(n), arrivedAt, outcome],
  );
}

async function walk(messagesKeptDays: number): Promise<readonly number[]> {
  const tables = keptMessages({ messagesKeptDays });
  await new Retention({ sql: test.database, tables, clock: { nowMs: () => NOW_MS }, logger: silentLogger }).run();
  const { rows } = await test.database.query<{ raw_id: string }>(
    `SELECT raw_id FROM sms_matching.raw_messages WHERE length(body) = 0 AND reading = '{}' ORDER BY raw_id`,
  );
  return rows.map(({ raw_id }) => Number(raw_id.slice(-12)));
}

it('texts of messages that told of no incoming money go once they are old enough, and all others stay', async () => {
  await message(1, 'neutral', old);
  await message(2, 'debit', old);
  await message(3, 'neutral', '2026-10-30T00:00:00Z');
  await message(4, 'credit', old);
  await message(5, 'review', old);
  await message(6, 'fraud_suspect', old);
  await message(7, 'neutral', old);
  await test.database.transaction(async (tx) => {
    // Its case itself does not matter here.
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query('INSERT INTO sms_matching.case_messages (raw_id, case_id) VALUES ($1, $2)', [idOf(7), idOf(1)]);
  });
  expect(await walk(0)).toEqual([]);
  expect(await walk(90)).toEqual([1, 2]);
  // Their rows are known still, should a phone hand them over again.
  expect((await test.database.query('SELECT FROM sms_matching.raw_messages')).rowCount).toBe(7);
});

it("a shop's own rule takes the text of decided money too, whose facts its credit keeps, and of nothing that waits", async () => {
  const { database } = test;
  const rule = (messagesKeptDays: number): Promise<void> =>
    setKeptDays(database, { type: 'SetReviewSettings', merchantId: 'm', livemode: true, messagesKeptDays });
  const credit = async (n: number, status: 'consumed' | 'open' | 'in_review'): Promise<void> => {
    await message(n, 'credit', old);
    await database.query(
      `INSERT INTO sms_matching.credits (credit_id, merchant_id, livemode, provider, wallet_id, wallet_number, trx_id,
         slot_key, amount_minor, currency, tolerance_minor, received_at, status, payment_id, created_at)
       VALUES ($1, 'm', true, 'bkash', 'w', '017', $2, $2, 5, 'BDT', 0, $3, $4, $5, $3)`,
      [idOf(n), `TRX${n}`, old, status, status === 'consumed' ? 'p' : null],
    );
    await database.query('INSERT INTO sms_matching.credit_messages (raw_id, credit_id) VALUES ($1, $1)', [idOf(n)]);
  };
  await database.query('TRUNCATE sms_matching.raw_messages CASCADE');
  await rule(90);
  await credit(1, 'consumed');
  await credit(2, 'open');
  await credit(3, 'in_review');
  await message(4, 'neutral', old);
  await message(5, 'neutral', '2026-10-30T00:00:00Z');
  await message(6, 'review', old);
  expect(await walk(0)).toEqual([1, 4]);
  const { rows } = await database.query('SELECT amount_minor, trx_id FROM sms_matching.credits WHERE credit_id = $1', [
    idOf(1),
  ]);
  expect(rows).toEqual([{ amount_minor: 5, trx_id: 'TRX1' }]);
  // The shop's rule holds also where it is the longer one.
  await rule(3_650);
  await message(7, 'neutral', old);
  expect(await walk(30)).toEqual([1, 4]);
});
