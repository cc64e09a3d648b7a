import { newId } from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { ExchangeUnavailable, type ExchangeQuote, type ExchangeRateView } from '@paymatch/gateway-receiving';
import { gatewayService } from '../gateway.service.js';
import { ShopAlarms } from './shop-alarms.js';
import { KeepingBus } from './testing/keeping-bus.js';

const T0 = Date.parse('2026-06-12T08:30:00Z');
const HOUR_MS = 3_600_000;

let test: TestDatabase;
let bus: KeepingBus;
let nowMs: number;
let quote: ExchangeQuote | null;
let set: readonly ExchangeRateView[];
let merchantId: string;
let published: object[];

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: gatewayService.migrations });
});
beforeEach(async () => {
  bus = new KeepingBus();
  nowMs = T0;
  quote = null;
  set = [];
  published = [];
  merchantId = newId();
  await test.database.query('TRUNCATE gateway.device_alerts, gateway.pix_accounts');
  await test.database.query('INSERT INTO gateway.merchants (id) VALUES ($1)', [merchantId]);
});
afterAll(() => test.drop());

const alarms = (): ShopAlarms =>
  new ShopAlarms({
    database: test.database,
    news: { tell: (change) => void published.push(change) },
    bus,
    clock: { nowMs: () => nowMs },
    rates: {
      quote: () => (quote === null ? Promise.reject(new ExchangeUnavailable('too old')) : Promise.resolve(quote)),
    },
    table: {
      isPerMerchant: true,
      latest: () => Promise.resolve(quote),
      set: () => Promise.reject(new Error('not here')),
      list: () => Promise.resolve(set),
    },
    rateAgeMaxMs: 100 * HOUR_MS,
  });

async function alert(change: { readonly openedAtMs?: number; readonly isAnnounced?: boolean } = {}): Promise<string> {
  const [id, deviceId] = [newId(), newId()];
  await test.database.query(
    `INSERT INTO gateway.devices (id, merchant_id, livemode, name, secret_sealed, wallets)
     VALUES ($1, $2, true, 'Counter', '\\x00', '[]')`,
    [deviceId, merchantId],
  );
  await test.database.query(
    `INSERT INTO gateway.device_alerts (id, device_id, merchant_id, livemode, kind, opened_at, told_at, last_heard_at)
     VALUES ($1, $2, $3, true, 'silent', $4, $5, $4)`,
    [id, deviceId, merchantId, new Date(change.openedAtMs ?? T0), change.isAnnounced === false ? null : new Date(T0)],
  );
  return id;
}

describe('a silent phone', () => {
  it('is told of once, under its own occasion', async () => {
    const id = await alert();
    await alert({ isAnnounced: false });
    await alert({ openedAtMs: T0 - 25 * HOUR_MS });
    await alarms().tellOfPhones();
    await alarms().tellOfPhones();
    expect(bus.asked).toMatchObject([
      {
        type: 'RaiseAlarms',
        merchantId,
        livemode: true,
        alarms: [{ alarm: 'phone.silent', occasion: id, details: { deviceName: 'Counter' } }],
      },
    ]);
    expect(published).toMatchObject([{ merchantId, livemode: true, kind: 'phone' }]);
  });

  it('is told of later when nobody could be told now', async () => {
    await alert();
    bus.isAway = true;
    await expect(alarms().tellOfPhones()).rejects.toThrow('away');
    bus.isAway = false;
    await alarms().tellOfPhones();
    expect(bus.asked).toHaveLength(1);
  });
});

describe("a shop's exchange rate", () => {
  const quotedAt = new Date(T0).toISOString();
  const sells = () =>
    test.database.query(
      `INSERT INTO gateway.pix_accounts (merchant_id, livemode, pix_key, beneficiary, city)
       VALUES ($1, true, 'k', 'n', 'c')`,
      [merchantId],
    );

  it('is told of when three quarters of its time are used up, under the same occasion each time', async () => {
    await sells();
    quote = { baseCurrency: 'USD', rate: '5.19', source: 'operator', quotedAt };
    nowMs = T0 + 75 * HOUR_MS - 1;
    await alarms().tellOfRates();
    expect(bus.asked).toEqual([]);
    nowMs += 1;
    await alarms().tellOfRates();
    const alarm = { alarm: 'rate.stale', occasion: quotedAt, details: { rate: '5.19', quotedAt, baseCurrency: 'USD' } };
    expect(bus.asked).toMatchObject([{ merchantId, livemode: true, alarms: [alarm] }]);
    quote = null;
    set = [{ id: newId(), baseCurrency: 'USD', rate: '5.19', setBy: 'Rita', quotedAt, isForAll: false }];
    await alarms().tellOfRates();
    expect(bus.asked[1]!.alarms).toEqual([alarm]);
  });

  it('that nobody ever set is missed by nobody', async () => {
    await sells();
    await alarms().tellOfRates();
    expect(bus.asked).toEqual([]);
  });
});
