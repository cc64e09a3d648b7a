import { newId } from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { leaseDeliveries } from '../deliveries/delivery-lease.store.js';
import { listDeliveries } from '../deliveries/delivery-list.store.js';
import { webhookDispatchMigrations, webhookDispatchSchema } from '../webhook-dispatch.migrations.js';
import { Schedule1763720000100 } from './schedule.migration.js';

const earlier = webhookDispatchMigrations.slice(0, webhookDispatchMigrations.indexOf(Schedule1763720000100 as never));
const at = new Date('2026-06-12T08:30:00Z');
const later = new Date('2026-06-12T08:45:00Z');
const endpointId = newId();
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ schema: webhookDispatchSchema, migrations: earlier });
});
afterAll(() => test.drop());

interface Earlier {
  readonly status?: string;
  readonly nextAttemptAt?: Date;
  readonly heldDueAt?: Date;
  readonly leaseId?: string;
  readonly attemptsMade?: number;
}

async function addDelivery(row: Earlier): Promise<string> {
  const [id, eventId, paymentId] = [newId(), newId(), newId()];
  await test.database.query(
    `INSERT INTO webhook_dispatch.events
       (id, merchant_id, livemode, dialect, event, payment_id, sequence, correlation_id, body, occurred_at, recorded_at)
     VALUES ($1, 'm1', true, 'fastaar', 'payment.completed', $2, 3, 'c', '{}', $3, $3)`,
    [eventId, paymentId, at],
  );
  await test.database.query(
    `INSERT INTO webhook_dispatch.deliveries
       (id, merchant_id, livemode, endpoint_id, receiver, payment_id, event, event_id, sequence, status,
         next_attempt_at, held_due_at,
        lease_id, attempts_made, created_at)
     VALUES ($1, 'm1', true, $2, 'endpoint:' || $2::uuid, $3, 'payment.completed', $4, 3, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      endpointId,
      paymentId,
      eventId,
      row.status ?? 'pending',
      row.nextAttemptAt ?? null,
      row.heldDueAt ?? null,
      row.leaseId ?? null,
      row.attemptsMade ?? 0,
      at,
    ],
  );
  return id;
}

it('deliveries of an earlier version go on from where they were, those under way when their leases end', async () => {
  await test.database.query(
    `INSERT INTO webhook_dispatch.endpoints (id, merchant_id, livemode, url, description, events, headers,
      delivery_order, created_at, updated_at)
     VALUES ($1, 'm1', true, 'https://shop.example/hook', '', '{payment.*}', '{}', 'strict', $2, $2)`,
    [endpointId, at],
  );
  const due = await addDelivery({ nextAttemptAt: at, attemptsMade: 2 });
  const waiting = await addDelivery({ nextAttemptAt: later });
  const underWay = await addDelivery({ nextAttemptAt: later, leaseId: newId() });
  const held = await addDelivery({ heldDueAt: at });
  const done = await addDelivery({ status: 'delivered' });
  const runner = test.database.dataSource.createQueryRunner();
  for (const migration of webhookDispatchMigrations.slice(earlier.length)) await new migration().up(runner);
  await runner.release();

  const filter = { paymentId: null, endpointId: null, status: null, event: null, from: null, to: null, before: null };
  const list = await listDeliveries(test.database, { merchantId: 'm1', livemode: true, ...filter, limit: 10 });
  expect(new Map(list.map(({ id, status, nextAttemptAt }) => [id, [status, nextAttemptAt]]))).toEqual(
    new Map([
      [due, ['pending', at.toISOString()]],
      [waiting, ['pending', later.toISOString()]],
      [underWay, ['pending', null]],
      [held, ['pending', null]],
      [done, ['delivered', null]],
    ]),
  );
  const leaseAt = async (nowMs: number) => {
    const { deliveries } = await leaseDeliveries(test.database, {
      leaseId: newId(),
      nowMs,
      leaseMs: 3_600_000,
      countMax: 10,
      perReceiver: 10,
      limits: new Map(),
      aliveUntilMs: nowMs,
      afterReceiver: '',
    });
    return deliveries.map(({ id, attemptsMade }) => [id, attemptsMade]).sort();
  };
  expect(await leaseAt(at.getTime())).toEqual([[due, 2]]);
  expect(await leaseAt(later.getTime())).toEqual(
    [
      [waiting, 0],
      [underWay, 0],
    ].sort(),
  );
});
