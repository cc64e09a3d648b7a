import { newId } from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { findEndpointsOf } from '../endpoints/endpoint.store.js';
import { findSecret, sealStoredSecrets } from '../endpoints/signing-secret.store.js';
import { leaseDeliveries } from '../deliveries/delivery-lease.store.js';
import { testSealer } from '../testing/webhook-harness.js';
import { webhookDispatchMigrations, webhookDispatchSchema } from '../webhook-dispatch.migrations.js';
import { EndpointsOfModes1763720000010 } from './endpoints-of-modes.migration.js';

const earlier = webhookDispatchMigrations.slice(
  0,
  webhookDispatchMigrations.indexOf(EndpointsOfModes1763720000010 as never),
);
const at = new Date('2026-06-12T08:30:00Z');
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ schema: webhookDispatchSchema, migrations: earlier });
});
afterAll(() => test.drop());

async function addDelivery(receiver: string, body: string, callbackUrl: string | null): Promise<string> {
  const id = newId();
  await test.database.query(
    `INSERT INTO webhook_dispatch.deliveries
       (id, merchant_id, dialect, receiver, callback_url, payment_id, event, event_id, sequence, correlation_id, body,
         next_attempt_at, created_at)
     VALUES ($1, 'm1', $2, $3, $4, $5, 'payment.completed', $6, 3, 'c', $7, $8, $8)`,
    [
      id,
      callbackUrl === null ? 'fastaar' : 'smartfastpay',
      receiver,
      callbackUrl,
      newId(),
      newId(),
      Buffer.from(body),
      at,
    ],
  );
  return id;
}

it('endpoints, secrets and deliveries of an earlier version go on working, each in its mode', async () => {
  await test.database.query(
    `INSERT INTO webhook_dispatch.endpoints (merchant_id, url, events, secret, previous_secret, previous_secret_until,
      updated_at)
     VALUES ('m1', 'https://shop.example/hook', '{payment.completed}', 'whsec_old_and_live', 'whsec_older', $1, $1)`,
    [at],
  );
  const live = await addDelivery('endpoint:m1', '{"livemode":true,"note":"\\u0000"}', null);
  const trial = await addDelivery('endpoint:m1', '{"livemode":false}', null);
  const callback = await addDelivery('callback:m1:https://shop.example', '{}', 'https://shop.example/cb');
  const runner = test.database.dataSource.createQueryRunner();
  for (const migration of webhookDispatchMigrations.slice(earlier.length)) await new migration().up(runner);
  await runner.release();
  await sealStoredSecrets(test.database, testSealer);
  await sealStoredSecrets(test.database, testSealer);

  const endpoints = await findEndpointsOf(test.database, [
    { merchantId: 'm1', livemode: true },
    { merchantId: 'm1', livemode: false },
  ]);
  expect(endpoints).toHaveLength(2);
  for (const endpoint of endpoints)
    expect(endpoint).toMatchObject({
      url: 'https://shop.example/hook',
      events: ['payment.completed'],
      delivery_order: 'strict',
      status: 'active',
    });
  const secretOf = async (signer: string) => testSealer.open((await findSecret(test.database, signer))!, signer);
  const idOf = (livemode: boolean) => endpoints.find((endpoint) => endpoint.livemode === livemode)!.id;
  expect(await secretOf(`endpoint:${idOf(true)}`)).toBe('whsec_old_and_live');
  expect(await secretOf('callback:m1:live')).toBe('whsec_old_and_live');
  expect(await secretOf(`endpoint:${idOf(false)}`)).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  const { rows } = await test.database.query(
    'SELECT count(clear)::int + count(previous_clear)::int AS clear, count(previous_sealed)::int AS previous FROM webhook_dispatch.signing_secrets',
  );
  expect(rows).toEqual([{ clear: 0, previous: 1 }]);

  const { deliveries: leased } = await leaseDeliveries(test.database, {
    leaseId: newId(),
    nowMs: at.getTime(),
    leaseMs: 1_000,
    countMax: 10,
    perReceiver: 10,
    limits: new Map(),
    aliveUntilMs: at.getTime(),
    afterReceiver: '',
  });
  expect(
    new Map(leased.map(({ id, livemode, endpointId, url, signer }) => [id, [livemode, endpointId, url, signer]])),
  ).toEqual(
    new Map([
      [live, [true, idOf(true), 'https://shop.example/hook', `endpoint:${idOf(true)}`]],
      [trial, [false, idOf(false), 'https://shop.example/hook', `endpoint:${idOf(false)}`]],
      [callback, [true, null, 'https://shop.example/cb', 'callback:m1:live']],
    ]),
  );
});
