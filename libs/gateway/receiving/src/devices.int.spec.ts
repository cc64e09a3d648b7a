import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { accessEntities, accessMigrations, createAccessStores, type Merchants } from '@paymatch/gateway-access';
import { SecretKeeper } from '@paymatch/platform-secrets';
import { DeviceEnrolmentsStore } from './device-enrolments.store.js';
import { DevicesStore } from './devices.store.js';
import { receivingEntities } from './receiving.entities.js';
import { receivingMigrations } from './receiving.migrations.js';
import { WalletsStore } from './wallets.store.js';

const secret = 'a secret of at least thirty-two characters';
const secrets = new SecretKeeper(secret);
const clock = {
  ms: Date.parse('2026-06-12T08:30:00Z'),
  nowMs(): number {
    return this.ms;
  },
};
let test: TestDatabase;
let merchants: Merchants;
let devices: DevicesStore;
let enrolments: DeviceEnrolmentsStore;
let merchantId: string;
let walletId: string;

beforeAll(async () => {
  test = await createTestDatabase({
    schema: 'gateway',
    migrations: [...accessMigrations, ...receivingMigrations],
    entities: [...accessEntities, ...receivingEntities],
  });
  // These shops all show the same accounts; that it takes the operator's word is tried where it is given.
  await test.database.query('ALTER TABLE gateway.wallets DISABLE TRIGGER wallets_of_one_merchant');
  ({ merchants } = createAccessStores({ database: test.database, secret, clock }));
  devices = new DevicesStore(test.database, secrets);
  enrolments = new DeviceEnrolmentsStore(test.database, secrets, clock);
});
beforeEach(async () => {
  merchantId = (await merchants.create({ name: 'Shop' })).id;
  walletId = (
    await new WalletsStore(test.database).add({
      merchantId,
      livemode: true,
      provider: 'bkash',
      number: '01712345678',
      accountType: 'personal',
    })
  ).id;
});
afterAll(() => test.drop());

const phone = () => ({ merchantId, livemode: true, name: 'Counter', wallets: [{ walletId, simSlot: 1 }] });

describe('an enrolment code', () => {
  it('makes one device, with what the code was issued for, and is kept only as a hash', async () => {
    const issued = await enrolments.issue(phone());
    expect(issued.code).toMatch(/^de_[0-9A-Za-z]{32}$/);
    expect(issued.expiresAt.getTime()).toBe(clock.ms + 600_000);
    const { rows } = await test.database.query('SELECT * FROM gateway.device_enrolments WHERE id = $1', [
      issued.enrolmentId,
    ]);
    expect(JSON.stringify(rows)).not.toContain(issued.code.slice(3));
    const device = await enrolments.redeem(issued.code, null);
    expect(device).toMatchObject({
      merchantId,
      livemode: true,
      name: 'Counter',
      status: 'active',
      wallets: [{ walletId, simSlot: 1 }],
      secret: expect.stringMatching(/^ds_[0-9A-Za-z]{40}$/) as string,
    });
    expect(await devices.find(device!.id)).toEqual(device);
    expect(await enrolments.redeem(issued.code, null)).toBeNull();
  });

  it("may be used with a name of the phone's own", async () => {
    const { code } = await enrolments.issue(phone());
    expect((await enrolments.redeem(code, 'Pixel 8'))!.name).toBe('Pixel 8');
  });

  it('makes one device when eight phones use it at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { code } = await enrolments.issue(phone());
      const made = await Promise.all(Array.from({ length: 8 }, () => enrolments.redeem(code, null)));
      expect(made.filter((device) => device !== null)).toHaveLength(1);
    }
    expect(await devices.list(merchantId, true)).toHaveLength(5);
  });

  it('works until its ten minutes are over, and not at that moment', async () => {
    const [one, two] = [await enrolments.issue(phone()), await enrolments.issue(phone())];
    clock.ms += 599_999;
    expect(await enrolments.redeem(one.code, null)).not.toBeNull();
    clock.ms += 1;
    expect(await enrolments.redeem(two.code, null)).toBeNull();
  });

  it.each(['', 'de_short', `de_${'x'.repeat(32)}`, `de_${'x'.repeat(31)}\u0000`, 'x'.repeat(10_000)])(
    'is nothing when it is %j',
    async (code) => {
      expect(await enrolments.redeem(code, null)).toBeNull();
    },
  );

  it('is worth nothing under another secret', async () => {
    const { code } = await enrolments.issue(phone());
    expect(
      await new DeviceEnrolmentsStore(
        test.database,
        new SecretKeeper('another secret of at least thirty-two letters'),
        clock,
      ).redeem(code, null),
    ).toBeNull();
  });

  it('is refused for a wallet of another mode, and when fifty are open', async () => {
    await expect(enrolments.issue({ ...phone(), livemode: false })).rejects.toMatchObject({ code: 'WALLET_NOT_FOUND' });
    for (let count = 0; count < 50; count += 1) await enrolments.issue(phone());
    await expect(enrolments.issue(phone())).rejects.toMatchObject({ code: 'TOO_MANY_CODES' });
    clock.ms += 600_000;
    await enrolments.issue(phone());
    clock.ms += 31 * 86_400_000;
    await enrolments.issue(phone());
    const {
      rows: [row],
    } = await test.database.query<{ count: number }>(
      'SELECT count(*) FROM gateway.device_enrolments WHERE merchant_id = $1',
      [merchantId],
    );
    expect(row!.count).toBe(1);
  });
});

describe('a rotated secret', () => {
  it("takes the old one's place at once, or leaves it until the moment given", async () => {
    const device = await devices.enrol(phone());
    const key = { merchantId, livemode: true, deviceId: device.id };
    const until = new Date(clock.ms + 60_000);
    const second = await devices.rotate(key, until);
    expect(second!.secret).not.toBe(device.secret);
    expect(second!.previousSecret).toEqual({ secret: device.secret, until });
    expect(await devices.find(device.id)).toEqual(second);
    const third = await devices.rotate(key, null);
    expect(third).not.toHaveProperty('previousSecret');
    expect(new Set([device.secret, second!.secret, third!.secret]).size).toBe(3);
    expect((await devices.list(merchantId, true))[0]).toEqual({ id: device.id, ...phone(), status: 'active' });
  });

  it("is nobody else's to make, nor of a revoked device", async () => {
    const device = await devices.enrol(phone());
    const key = { merchantId, livemode: true, deviceId: device.id };
    for (const other of [
      { ...key, livemode: false },
      { ...key, merchantId: device.id },
      { ...key, deviceId: merchantId },
      { ...key, deviceId: 'x' },
    ])
      expect(await devices.rotate(other, null)).toBeNull();
    await devices.revoke(key);
    expect(await devices.rotate(key, null)).toBeNull();
    expect((await devices.find(device.id))!.secret).toBe(device.secret);
  });
});

describe('wallets and devices', () => {
  it('belong to one merchant and mode', async () => {
    const wallets = new WalletsStore(test.database);
    const devices = new DevicesStore(test.database, secrets);
    const [mine, theirs] = [await merchants.create({ name: 'Mine' }), await merchants.create({ name: 'Theirs' })];
    await expect(
      wallets.add({
        merchantId: mine.id,
        livemode: true,
        provider: 'nonsensepay',
        number: '1',
        accountType: 'bank',
      }),
    ).rejects.toMatchObject({ name: 'RefusedField', field: 'provider' });
    const wallet = await wallets.add({
      merchantId: mine.id,
      livemode: true,
      provider: 'bkash',
      number: '01712345678',
      accountType: 'personal',
    });
    await expect(
      wallets.add({
        merchantId: mine.id,
        livemode: true,
        provider: 'bkash',
        number: '01712345678',
        accountType: 'agent',
      }),
    ).rejects.toMatchObject({ code: 'WALLET_EXISTS' });
    expect(await wallets.active(mine.id, true)).toEqual([wallet]);
    expect(await wallets.active(mine.id, false)).toEqual([]);
    expect(await wallets.close({ merchantId: theirs.id, livemode: true, walletId: wallet.id })).toBeNull();
    expect(await wallets.close({ merchantId: mine.id, livemode: false, walletId: wallet.id })).toBeNull();
    for (const caller of [
      { merchantId: theirs.id, livemode: true },
      { merchantId: mine.id, livemode: false },
    ]) {
      await expect(
        devices.enrol({ ...caller, name: 'Phone', wallets: [{ walletId: wallet.id, simSlot: 1 }] }),
      ).rejects.toMatchObject({ code: 'WALLET_NOT_FOUND' });
    }
    const device = await devices.enrol({
      merchantId: mine.id,
      livemode: true,
      name: 'Phone',
      wallets: [{ walletId: wallet.id, simSlot: 1 }],
    });
    expect(await devices.find(device.id)).toEqual(device);
    const {
      rows: [row],
    } = await test.database.query('SELECT secret_sealed FROM gateway.devices WHERE id = $1', [device.id]);
    expect(row!.secret_sealed.includes(device.secret)).toBe(false);
    expect(await devices.revoke({ merchantId: theirs.id, livemode: true, deviceId: device.id })).toBe(false);
    expect(await devices.revoke({ merchantId: mine.id, livemode: true, deviceId: device.id })).toBe(true);
    expect((await devices.find(device.id))!.status).toBe('revoked');
    expect(await wallets.close({ merchantId: mine.id, livemode: true, walletId: wallet.id })).toEqual({
      ...wallet,
      status: 'closed',
    });
    expect(await wallets.active(mine.id, true)).toEqual([]);
  });

  it('are remembered for a moment: changes made here are seen at once, and a wallet that is needed is looked for', async () => {
    const [here, elsewhere] = [new WalletsStore(test.database), new WalletsStore(test.database)];
    const { id } = await merchants.create({ name: 'Shop' });
    const account = { merchantId: id, livemode: true, provider: 'bkash', accountType: 'personal' } as const;
    const lately = async (...needed: readonly string[]): Promise<readonly string[]> =>
      (await here.activeLately({ merchantId: id, livemode: true, needed })).map((wallet) => wallet.number);
    expect(await lately()).toEqual([]);
    await here.add({ ...account, number: '01712345671' });
    expect(await lately()).toEqual(['01712345671']);
    const second = await elsewhere.add({ ...account, number: '01712345672' });
    expect(await lately()).toEqual(['01712345671']);
    expect(await lately(second.id)).toEqual(['01712345671', '01712345672']);
    await here.close({ merchantId: id, livemode: true, walletId: second.id });
    expect(await lately()).toEqual(['01712345671']);
    const [phone, nobody] = [
      await devices.enrol({ merchantId: id, livemode: true, name: 'Phone', wallets: [] }),
      '018f0000-0000-7000-8000-000000000000',
    ];
    expect(await devices.recall(phone.id)).toBeNull();
    await devices.find(phone.id);
    expect(await devices.recall(phone.id)).toEqual(phone);
    await devices.revoke({ merchantId: id, livemode: true, deviceId: phone.id });
    expect(await devices.recall(phone.id)).toBeNull();
    expect(await devices.find(nobody)).toBeNull();
    expect(await devices.recall(nobody)).toBeNull();
    expect((await merchants.findLately({ merchantId: id, livemode: true }))!.name).toBe('Shop');
  });

  it('refuse a sealed secret that was copied to another row', async () => {
    const devices = new DevicesStore(test.database, secrets);
    const merchant = await merchants.create({ name: 'Shop' });
    const [one, two] = [
      await devices.enrol({ merchantId: merchant.id, livemode: true, name: 'One', wallets: [] }),
      await devices.enrol({ merchantId: merchant.id, livemode: true, name: 'Two', wallets: [] }),
    ];
    await test.database.query(
      'UPDATE gateway.devices SET secret_sealed = (SELECT secret_sealed FROM gateway.devices WHERE id = $1) WHERE id = $2',
      [one.id, two.id],
    );
    await expect(devices.find(two.id)).rejects.toThrow();
  });
});
