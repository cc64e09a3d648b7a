import {
  examplePayment,
  newId,
  type PaymentEventData,
  type PaymentSnapshot,
  type PaymentStatus,
} from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentFinderQueries } from './payment-finder.js';
import type { PaymentFilter } from './payment-finder.ports.js';
import { readModelMigrations } from './payments-v1.migrations.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';

const T0 = Date.parse('2026-06-12T08:30:00Z');
const MINUTE_MS = 60_000;
let test: TestDatabase;
let readModel: PostgresPaymentReadModel;
let finder: PaymentFinderQueries;
let merchantId: string;

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: readModelMigrations });
  readModel = new PostgresPaymentReadModel(test.database, silentLogger);
  finder = new PaymentFinderQueries(test.database);
});
beforeEach(() => {
  merchantId = newId();
});
afterAll(async () => {
  await readModel.close();
  await test.drop();
});

function payment(minute: number, change: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  const atMs = T0 + minute * MINUTE_MS;
  return examplePayment(
    {
      merchantId,
      ...change,
    },
    atMs,
  );
}

async function know(...payments: readonly PaymentSnapshot[]): Promise<readonly string[]> {
  await readModel.apply(
    payments.map((snapshot): PaymentEventData => ({
      type: 'payments.payment-created',
      eventId: newId(),
      details: {},
      payment: snapshot,
    })),
  );
  return payments.map(({ id }) => id);
}

const filter = (change: Partial<PaymentFilter> = {}): PaymentFilter => ({
  merchantId,
  livemode: true,
  needles: null,
  statuses: null,
  method: null,
  provider: null,
  walletNumber: null,
  source: null,
  amountFromMinor: null,
  amountToMinor: null,
  createdFrom: null,
  createdTo: null,
  ...change,
});

async function found(change: Partial<PaymentFilter>): Promise<readonly string[]> {
  return (await finder.find(filter(change), { after: null, limit: 50 })).payments.map(({ id }) => id);
}

describe('payments that are looked for', () => {
  it('are found by id, invoice, TrxID, phone, customer and amount, each once, of either contract', async () => {
    const [wallet, pix] = await know(
      payment(0, {
        invoiceId: 'INV-7',
        trxId: 'BL6K2M4N8P',
        senderNumber: '01712345678',
        customerId: '12',
        amountMinor: 51_900,
      }),
      payment(1, { dialect: 'smartfastpay', method: 'pix', currency: 'BRL', customerId: '12', invoiceId: 'order-9' }),
      payment(2),
    );
    expect(await found({ needles: [{ by: 'id', value: wallet! }] })).toEqual([wallet]);
    expect(await found({ needles: [{ by: 'invoice', value: 'order-9' }] })).toEqual([pix]);
    expect(await found({ needles: [{ by: 'trxId', value: 'BL6K2M4N8P' }] })).toEqual([wallet]);
    expect(await found({ needles: [{ by: 'sender', value: '01712345678' }] })).toEqual([wallet]);
    expect(await found({ needles: [{ by: 'customer', value: '12' }] })).toEqual([pix, wallet]);
    expect(
      await found({
        needles: [
          { by: 'amount', value: 51_900 },
          { by: 'invoice', value: 'INV-7' },
        ],
      }),
    ).toEqual([wallet]);
    expect(await found({ merchantId: newId(), needles: [{ by: 'id', value: wallet! }] })).toEqual([]);
    expect(await found({ livemode: false, needles: [{ by: 'id', value: wallet! }] })).toEqual([]);
  });

  it('are found by what they became, also after they have moved on', async () => {
    const first = payment(0);
    await know(first);
    const paid: PaymentSnapshot = {
      ...first,
      version: 2,
      status: 'completed',
      trxId: 'AAA111BBB2',
      provider: 'bkash',
      walletNumber: '01700000001',
    };
    await readModel.apply([{ type: 'payments.payment-completed', eventId: newId(), details: {}, payment: paid }]);
    expect(await found({ statuses: ['completed'], provider: 'bkash', walletNumber: '01700000001' })).toEqual([
      first.id,
    ]);
    expect(await found({ needles: [{ by: 'trxId', value: 'AAA111BBB2' }] })).toEqual([first.id]);
    expect(await found({ statuses: ['pending'] })).toEqual([]);
  });

  it('are told page after page, each once, whatever they are filtered by', async () => {
    const ids = await know(
      ...Array.from({ length: 25 }, (_, minute) => payment(minute, { amountMinor: 100 + minute })),
    );
    for (const change of [{}, { statuses: ['pending'] as const }, { amountFromMinor: 100 }]) {
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const page = await finder.find(filter(change), { after, limit: 10 });
        seen.push(...page.payments.map(({ id }) => id));
        if (page.next === null) break;
        after = page.next;
      }
      expect(seen).toEqual([...ids].reverse());
    }
  });

  it('are those of the period, to the minute', async () => {
    const ids = await know(payment(0), payment(1), payment(2));
    const at = (minute: number): string => new Date(T0 + minute * MINUTE_MS).toISOString();
    expect(await found({ createdFrom: at(1) })).toEqual([ids[2], ids[1]]);
    expect(await found({ createdTo: at(1) })).toEqual([ids[0]]);
    expect(await found({ createdFrom: at(1), createdTo: at(2) })).toEqual([ids[1]]);
    expect(await found({ createdFrom: at(2), createdTo: at(1) })).toEqual([]);
  });
});

describe('the totals', () => {
  const DAY = 1_440;
  const at = (minute: number): string => new Date(T0 + minute * MINUTE_MS).toISOString();

  it.each<readonly [string, Partial<PaymentFilter>]>([
    ['of all', {}],
    ['of one status', { statuses: ['completed'] }],
    ['from a moment', { createdFrom: at(-DAY) }],
    ['to a moment', { createdTo: at(DAY + 10) }],
    ['of two days and some minutes', { createdFrom: at(-DAY + 5), createdTo: at(DAY + 5) }],
    ['of some minutes of one day', { createdFrom: at(1), createdTo: at(30) }],
    ['of one status in a period', { statuses: ['completed'], createdFrom: at(-5), createdTo: at(DAY) }],
    ['of a period that is turned round', { createdFrom: at(5), createdTo: at(-5) }],
  ])('%s are what adding up the list gives', async (_, change) => {
    const statuses: readonly PaymentStatus[] = ['completed', 'pending', 'failed'];
    await know(
      ...[-2 * DAY, -DAY, -DAY + 5, -5, 0, 1, 5, 29, 30, DAY, DAY + 5, 3 * DAY].map((minute, index) =>
        payment(minute, {
          status: statuses[index % 3]!,
          amountMinor: 1_000 + index,
          ...(index % 4 === 0 && { dialect: 'smartfastpay', currency: 'BRL' }),
        }),
      ),
    );
    const { payments } = await finder.find(filter(change), { after: null, limit: 50 });
    const currencies = [...new Set(payments.map(({ currency }) => currency))].sort();
    expect(await finder.totals(filter(change))).toEqual({
      count: payments.length,
      isExact: true,
      byCurrency: currencies.map((currency) => {
        const own = payments.filter((one) => one.currency === currency);
        return { currency, count: own.length, amountMinor: own.reduce((sum, one) => sum + one.amountMinor, 0) };
      }),
    });
    // What the counts cannot tell is walked through, and comes to the same.
    expect((await finder.totals(filter({ ...change, amountFromMinor: 1 }))).count).toBe(payments.length);
  });
});
