import { createLogger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { ExpirySchedule } from './expiry.schedule.js';
import { ExpirySweep } from './expiry.sweep.js';
import { PaymentCommandHandler } from './payment-command.handler.js';
import { PaymentCommandQueue } from './payment-command.queue.js';
import { paymentsMigrations, paymentsSchema } from './payments.migrations.js';
import { aCreation, anExpiry, messageOf } from './testing/commands.js';

let test: TestDatabase;
let handler: PaymentCommandHandler;

beforeEach(async () => {
  test = await createTestDatabase({ schema: paymentsSchema, migrations: paymentsMigrations });
  handler = new PaymentCommandHandler(test.database);
});
afterEach(() => test.drop());

/** Only a program of another version, or a hand in the database, can have written such an event. */
async function storeForeignEvent(paymentId: string, event: { type: string; version: number }): Promise<void> {
  await test.database.query(
    `INSERT INTO payments.events (message_id, merchant_id, livemode, stream_id, stream_version, type, version, data,
      occurred_at, command_id, command_index, correlation_id)
     SELECT gen_random_uuid(), merchant_id, livemode, stream_id, stream_version + 1, $2, $3, '{}', now(),
       gen_random_uuid()::text, 0, 'c1'
       FROM payments.events WHERE stream_id = $1`,
    [paymentId, event.type, event.version],
  );
}

async function paymentsAt(expiresAt: string, count: number): Promise<readonly string[]> {
  const creations = Array.from({ length: count }, () => aCreation({ expiresAt }));
  await handler.commitBatch(creations.map(messageOf));
  const due = creations.map(({ paymentId }) => ({ id: paymentId, status: 'pending', expiresAt }));
  await new ExpirySchedule(test.database).apply(due.map((payment) => ({ payment })) as never);
  return due.map(({ id }) => id);
}

describe('a stream that cannot be read', () => {
  it.each([
    ['of no known shape', { type: 'PaymentCreated', version: 0 }, { name: 'UnreadableEventError' }],
    [
      'of a newer program',
      { type: 'PaymentCreated', version: 99 },
      { name: 'RequestUnavailable', cause: { name: 'NewerEventError' } },
    ],
    [
      'of a type only a newer program knows',
      { type: 'PaymentTeleported', version: 1 },
      { name: 'RequestUnavailable', cause: { name: 'NewerEventError' } },
    ],
  ])('fails its own command only: %s', async (_, event, reason) => {
    const [broken, sound] = [aCreation(), aCreation()];
    await handler.commitBatch([broken, sound].map(messageOf));
    await storeForeignEvent(broken.paymentId, event);
    const results = await handler.commitBatch(
      [anExpiry(broken), anExpiry(sound), aCreation()].map((command) => messageOf(command)),
    );
    expect(results).toMatchObject([
      { status: 'rejected', reason },
      { status: 'fulfilled', value: { payment: { status: 'expired' } } },
      { status: 'fulfilled', value: { outcome: 'created' } },
    ]);
  });

  it('does not keep other payments from expiring, is told, and is looked at again later', async () => {
    const expiresAt = '2026-06-12T09:00:00.000Z';
    let nowMs = Date.parse(expiresAt);
    const ids = await paymentsAt(expiresAt, 5);
    await storeForeignEvent(ids[1]!, { type: 'PaymentCreated', version: 0 });
    await storeForeignEvent(ids[3]!, { type: 'PaymentCreated', version: 99 });
    const lines: string[] = [];
    const queue = new PaymentCommandQueue({
      handler,
      batchSizeMax: 200,
      concurrencyMax: 2,
      onCommitted: () => undefined,
    });
    const sweep = new ExpirySweep({
      database: test.database,
      clock: { nowMs: () => nowMs },
      logger: createLogger({ level: 'error', service: 'test', write: (line) => lines.push(line) }),
      intervalMs: 60_000,
      send: (message) => queue.send(message),
    });
    expect(await sweep.sweep()).toBe(5);
    const { rows } = await test.database.query(`SELECT stream_id FROM payments.events WHERE type = 'PaymentExpired'`);
    expect(rows.map((row) => row['stream_id'])).toEqual(expect.arrayContaining([ids[0], ids[2], ids[4]]));
    expect(lines.filter((line) => line.includes('cannot be read'))).toHaveLength(2);
    expect(await sweep.sweep()).toBe(0);
    nowMs += 60_000;
    expect(await sweep.sweep()).toBe(2);
  });
});

describe('a batch with commands that cannot be stored as they are', () => {
  /** The same database, and a count of what is appended to it. */
  function counted(database: Database): { readonly database: Database; appends: number } {
    const counter = { database, appends: 0 };
    counter.database = Object.create(database, {
      query: {
        value: (...args: Parameters<Database['query']>) => {
          const [query] = args;
          if ((typeof query === 'string' ? query : query.text).includes('.append(')) counter.appends += 1;
          return database.query(...args);
        },
      },
    }) as Database;
    return counter;
  }

  it('costs two appends for 199 new payments and one that comes again', async () => {
    const known = aCreation();
    await handler.commitBatch([messageOf(known)]);
    const counter = counted(test.database);
    const commands = [
      ...Array.from({ length: 120 }, () => aCreation()),
      known,
      ...Array.from({ length: 79 }, () => aCreation()),
    ];
    const results = await new PaymentCommandHandler(counter.database).commitBatch(commands.map(messageOf));
    expect(
      results.filter((result) => result.status === 'fulfilled' && result.value.outcome === 'created'),
    ).toHaveLength(199);
    expect(results[120]).toMatchObject({ status: 'fulfilled', value: { outcome: 'unchanged' } });
    expect(counter.appends).toBe(2);
  });

  it('costs a few appends, not one each, when one of 200 holds what no column can', async () => {
    const bad = { ...messageOf(aCreation()), correlationId: 'NUL \u0000' };
    const counter = counted(test.database);
    const good = Array.from({ length: 199 }, () => messageOf(aCreation()));
    const results = await new PaymentCommandHandler(counter.database).commitBatch([
      ...good.slice(0, 150),
      bad,
      ...good.slice(150),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(199);
    expect(results[150]).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_COMMAND' } });
    expect(counter.appends).toBeLessThanOrEqual(20);
  });
});
