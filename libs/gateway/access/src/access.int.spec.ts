import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@paymatch/contracts';
import { Database } from '@paymatch/platform-postgres';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { accessEntities } from './access.entities.js';
import { accessMigrations } from './access.migrations.js';
import { ApiKeysStore } from './api-keys.store.js';
import { IdempotencyStore, requestFingerprint } from '@paymatch/gateway-edge';
import {
  ChargesAndExpiry1763720000022,
  MerchantSettings1763720000001,
  RepeatedInvoiceNumbers1763720000021,
  ReturnAddresses1795315200004,
} from './merchant-settings.migration.js';
import { MerchantsStore } from './merchants.store.js';
import { SecretKeeper } from '@paymatch/platform-secrets';

const secrets = new SecretKeeper('a secret of at least thirty-two characters');
const clock = {
  ms: Date.parse('2026-06-12T08:30:00Z'),
  nowMs(): number {
    return this.ms;
  },
};
let test: TestDatabase;
let merchants: MerchantsStore;

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: accessMigrations, entities: accessEntities });
  merchants = new MerchantsStore(test.database);
});
afterAll(() => test.drop());

describe("a merchant's settings", () => {
  it('hold in the mode they were set in, and reach the keys of that mode only', async () => {
    const { id: merchantId } = await merchants.create({ name: 'Shop', amountToleranceMinor: 5 });
    const keys = new ApiKeysStore(test.database, secrets, clock);
    const changed = await merchants.update(
      { merchantId, livemode: false },
      { name: 'Trial', expiryMinutes: 1, amountToleranceMinor: 10_000, allowedOrigins: ['https://evil.example'] },
    );
    expect(changed).toMatchObject({ name: 'Trial', expiryMinutes: 1, amountToleranceMinor: 10_000 });
    const untouched = { name: 'Shop', expiryMinutes: 30, amountToleranceMinor: 5, allowedOrigins: [] };
    expect(await merchants.find({ merchantId, livemode: true })).toMatchObject(untouched);
    for (const livemode of [true, false]) {
      const { key } = await keys.issue({ merchantId, livemode });
      expect((await keys.authenticate(key))!.merchant).toMatchObject(livemode ? untouched : { name: 'Trial' });
    }
  });

  it('that held for both modes hold for each after the migration', async () => {
    const since = [
      MerchantSettings1763720000001,
      RepeatedInvoiceNumbers1763720000021,
      ChargesAndExpiry1763720000022,
      ReturnAddresses1795315200004,
    ];
    const before = accessMigrations.filter((migration) => !since.includes(migration));
    const older = await createTestDatabase({ schema: 'gateway', migrations: before, entities: accessEntities });
    const id = newId();
    await older.database.query(
      `INSERT INTO gateway.merchants (id, name, expiry_minutes, amount_tolerance_minor, allowed_origins)
       VALUES ($1, 'Shop', 45, 7, '{https://shop.example.com}')`,
      [id],
    );
    const runner = older.database.dataSource.createQueryRunner();
    for (const Migration of since) await new Migration().up(runner);
    await runner.release();
    for (const livemode of [true, false])
      expect(await new MerchantsStore(older.database).find({ merchantId: id, livemode })).toEqual({
        id,
        name: 'Shop',
        status: 'active',
        expiryMinutes: 45,
        amountToleranceMinor: 7,
        allowedOrigins: ['https://shop.example.com'],
        returnAddresses: [],
        repeatedInvoiceNumber: 'conflict',
        gatewayCharge: null,
        pixExpiryMinutes: null,
        bankTransferExpiryMinutes: null,
      });
    await older.drop();
  });
});

describe('an API key', () => {
  it('names its merchant, mode and abilities, and is kept only as a prefix and a keyed hash', async () => {
    const keys = new ApiKeysStore(test.database, secrets, clock);
    const merchant = await merchants.create({ name: 'Shop', expiryMinutes: 20, amountToleranceMinor: 5 });
    const { key, keyId } = await keys.issue({ merchantId: merchant.id, livemode: true });
    expect(key).toMatch(/^fk_live_[0-9A-Za-z]{32}$/);
    const caller = await keys.authenticate(key);
    expect(caller).toMatchObject({
      merchantId: merchant.id,
      livemode: true,
      keyId,
      rateLimitPerMinute: 120,
      merchant: { expiryMinutes: 20, amountToleranceMinor: 5, status: 'active' },
    });
    expect([...caller!.abilities].sort()).toEqual([
      'customers:read',
      'customers:write',
      'payments:read',
      'payments:refund',
      'payments:write',
    ]);
    const { rows } = await test.database.query('SELECT * FROM gateway.api_keys WHERE id = $1', [keyId]);
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(rows[0]!.prefix).toBe(key.slice(0, 12));
  });

  it('carries the name of the person it was made for, or none', async () => {
    const keys = new ApiKeysStore(test.database, secrets, clock);
    const merchant = await merchants.create({ name: 'Shop' });
    const [named, nameless] = [
      await keys.issue({ merchantId: merchant.id, livemode: true, name: 'Rahima' }),
      await keys.issue({ merchantId: merchant.id, livemode: true }),
    ];
    expect([(await keys.authenticate(named.key))!.keyName, (await keys.authenticate(nameless.key))!.keyName]).toEqual([
      'Rahima',
      null,
    ]);
    expect((await keys.list(merchant.id, true)).map(({ name }) => name).sort()).toEqual(['Rahima', null].sort());
  });

  it.each(['', 'fk_live_short', `fk_live_${'x'.repeat(32)}`, `fk_live_${'x'.repeat(31)}\u0000`])(
    'is refused when it is %j',
    async (key) => {
      expect(await new ApiKeysStore(test.database, secrets, clock).authenticate(key)).toBeNull();
    },
  );

  it('is useless under another secret', async () => {
    const merchant = await merchants.create({ name: 'Shop' });
    const { key } = await new ApiKeysStore(test.database, secrets, clock).issue({
      merchantId: merchant.id,
      livemode: false,
    });
    const other = new ApiKeysStore(
      test.database,
      new SecretKeeper('another secret of at least thirty-two letters'),
      clock,
    );
    expect(await other.authenticate(key)).toBeNull();
  });

  it('is asked of the database once for many requests, and again after a second', async () => {
    const merchant = await merchants.create({ name: 'Shop' });
    const { key, keyId } = await new ApiKeysStore(test.database, secrets, clock).issue({
      merchantId: merchant.id,
      livemode: true,
    });
    const here = new ApiKeysStore(test.database, secrets, clock);
    const elsewhere = new ApiKeysStore(test.database, secrets, clock);
    const query = jest.spyOn(test.database, 'query');
    const callers = await Promise.all(Array.from({ length: 20 }, () => here.authenticate(key)));
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
    expect(new Set(callers).size).toBe(1);
    await elsewhere.revoke(merchant.id, keyId);
    clock.ms += 999;
    expect(await here.authenticate(key)).not.toBeNull();
    clock.ms += 1;
    expect(await here.authenticate(key)).toBeNull();
  });

  it('passes until the very moment it expires', async () => {
    const keys = new ApiKeysStore(test.database, secrets, clock);
    const merchant = await merchants.create({ name: 'Shop' });
    const { key } = await keys.issue({
      merchantId: merchant.id,
      livemode: true,
      expiresAt: new Date(clock.ms + 1_000),
    });
    clock.ms += 999;
    expect(await keys.authenticate(key)).not.toBeNull();
    clock.ms += 1;
    expect(await keys.authenticate(key)).toBeNull();
  });

  it('cannot be revoked by another merchant', async () => {
    const keys = new ApiKeysStore(test.database, secrets, clock);
    const [mine, theirs] = [await merchants.create({ name: 'Mine' }), await merchants.create({ name: 'Theirs' })];
    const { key, keyId } = await keys.issue({ merchantId: mine.id, livemode: true });
    await keys.revoke(theirs.id, keyId);
    expect(await keys.authenticate(key)).not.toBeNull();
    await keys.revoke(mine.id, keyId);
    expect(await keys.authenticate(key)).toBeNull();
    expect(await keys.list(mine.id, true)).toMatchObject([{ id: keyId, revokedAt: new Date(clock.ms).toISOString() }]);
    expect(await keys.list(theirs.id, true)).toEqual([]);
  });
});

describe('an Idempotency-Key', () => {
  const body = (text: string): Buffer => requestFingerprint('POST', '/api/v1/payments', Buffer.from(text));
  const request = { merchantId: '018f0000-0000-7000-8000-000000000001', livemode: true, fingerprint: body('{}') };

  it('lets one of eight requests that come together do the work', async () => {
    const store = new IdempotencyStore(test.database, { secrets, clock });
    let runs = 0;
    let refused = 0;
    const work = async (): Promise<{ status: number; body: string }> => {
      runs += 1;
      await eventually(() => refused === 7 || runs > 1);
      return { status: 201, body: '{"n":1}' };
    };
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        store.run({ ...request, key: 'race' }, work).catch((error: { problem?: string }) => {
          if (error.problem === 'still_running') refused += 1;
          throw error;
        }),
      ),
    );
    expect([runs, refused]).toEqual([1, 7]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const again = await store.run({ ...request, key: 'race' }, work);
    expect(again).toEqual({ isReplayed: true, answer: { status: 201, body: '{"n":1}' } });
    await expect(store.run({ ...request, key: 'race', fingerprint: body('{"a":1}') }, work)).rejects.toMatchObject({
      problem: 'other_body',
    });
    const other = await store.run({ ...request, livemode: false, key: 'race' }, work);
    expect(other.isReplayed).toBe(false);
  });

  it('keeps its operation id when the first try fails', async () => {
    const store = new IdempotencyStore(test.database, { secrets, clock });
    const ids: string[] = [];
    await expect(
      store.run({ ...request, key: 'again' }, async (id) => {
        ids.push(id);
        throw new Error('no answer');
      }),
    ).rejects.toThrow('no answer');
    await store.run({ ...request, key: 'again' }, async (id) => {
      ids.push(id);
      return { status: 201, body: '{}' };
    });
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it('is free within a lease, under its operation id, when the process that held it is gone', async () => {
    // A process that is gone renews nothing, as one without a database.
    const gone = await Database.connect({ url: test.url, schema: 'gateway', poolMax: 2, applicationName: 'gone' });
    const ids: string[] = [];
    void new IdempotencyStore(gone, { secrets, clock, leaseMs: 2_000 }).run({ ...request, key: 'gone' }, (id) => {
      ids.push(id);
      return new Promise(() => undefined);
    });
    await eventually(() => ids.length === 1);
    await gone.close();
    const store = new IdempotencyStore(test.database, { secrets, clock });
    const work = async (id: string): Promise<{ status: number; body: string }> => {
      ids.push(id);
      return { status: 201, body: '{}' };
    };
    await expect(store.run({ ...request, key: 'gone' }, work)).rejects.toMatchObject({ problem: 'still_running' });
    await eventually(() => store.run({ ...request, key: 'gone' }, work), { timeoutMs: 10_000, everyMs: 100 });
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it('stays held as long as its request runs, also longer than a lease', async () => {
    const store = new IdempotencyStore(test.database, { secrets, clock, leaseMs: 1_500 });
    let finish: () => void = () => undefined;
    const running = store.run({ ...request, key: 'slow' }, async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { status: 201, body: '{"slow":true}' };
    });
    const other = (): Promise<unknown> =>
      store.run({ ...request, key: 'slow' }, async () => ({ status: 500, body: '' }));
    await sleep(3_500);
    await expect(other()).rejects.toMatchObject({ problem: 'still_running' });
    finish();
    await running;
    expect(await other()).toEqual({ isReplayed: true, answer: { status: 201, body: '{"slow":true}' } });
  });

  it('is forgotten after two days, not before', async () => {
    const store = new IdempotencyStore(test.database, { secrets, clock });
    const work = async (): Promise<{ status: number; body: string }> => ({ status: 201, body: '{}' });
    await store.run({ ...request, key: 'old' }, work);
    clock.ms += 48 * 3_600_000;
    await store.purge();
    expect((await store.run({ ...request, key: 'old' }, work)).isReplayed).toBe(true);
    clock.ms += 1;
    await store.purge();
    expect((await store.run({ ...request, key: 'old' }, work)).isReplayed).toBe(false);
  });
});
