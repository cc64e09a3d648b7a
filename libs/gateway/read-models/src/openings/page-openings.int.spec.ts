import { newId } from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { readModelMigrations } from '../payments-v1.migrations.js';
import { PostgresPageOpenings } from './postgres-page-openings.js';

const T0 = Date.parse('2026-06-12T08:30:00Z');
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: readModelMigrations });
});
afterAll(() => test.drop());

const made = (): { id: string; merchantId: string; livemode: boolean } => ({
  id: newId(),
  merchantId: newId(),
  livemode: true,
});
const keyOf = ({
  id,
  ...shop
}: ReturnType<typeof made>): { paymentId: string; merchantId: string; livemode: boolean } => ({
  paymentId: id,
  ...shop,
});

describe('openings of pages', () => {
  it('are written a moment later, many in one statement, with the first time and how often', async () => {
    const openings = new PostgresPageOpenings(test.database, silentLogger);
    const payments = [made(), made(), made()];
    const query = jest.spyOn(test.database, 'query');
    try {
      for (const payment of payments) for (const later of [5, 0, 9]) openings.note(payment, T0 + later);
      expect(query).not.toHaveBeenCalled();
      await eventually(() => expect(query).toHaveBeenCalledTimes(1));
    } finally {
      query.mockRestore();
    }
    await openings.close();
    for (const payment of payments)
      expect(await openings.find(keyOf(payment))).toEqual({ firstOpenedAt: new Date(T0).toISOString(), count: 3 });
  });

  it('that wait are written when the process stops, and add up whoever noted them', async () => {
    const payment = made();
    for (const atMs of [T0 + 60_000, T0]) {
      const openings = new PostgresPageOpenings(test.database, silentLogger);
      openings.note(payment, atMs);
      await openings.close();
    }
    const openings = new PostgresPageOpenings(test.database, silentLogger);
    expect(await openings.find(keyOf(payment))).toEqual({ firstOpenedAt: new Date(T0).toISOString(), count: 2 });
  });

  it('are counted up to a thousand', async () => {
    const payment = made();
    for (const times of [990, 20, 2_000]) {
      const openings = new PostgresPageOpenings(test.database, silentLogger);
      for (let time = 0; time < times; time += 1) openings.note(payment, T0);
      await openings.close();
    }
    const openings = new PostgresPageOpenings(test.database, silentLogger);
    expect(await openings.find(keyOf(payment))).toMatchObject({ count: 1_000 });
  });

  it('are tried again when they could not be written', async () => {
    const openings = new PostgresPageOpenings(test.database, silentLogger);
    const payment = made();
    await test.database.query('ALTER TABLE gateway.page_openings RENAME TO page_openings_away');
    const query = jest.spyOn(test.database, 'query');
    try {
      openings.note(payment, T0);
      await eventually(() => expect(query).toHaveBeenCalled());
    } finally {
      query.mockRestore();
      await test.database.query('ALTER TABLE gateway.page_openings_away RENAME TO page_openings');
    }
    await eventually(async () => expect(await openings.find(keyOf(payment))).toMatchObject({ count: 1 }));
    await openings.close();
  });

  it('are told to the shop and the mode of the payment alone', async () => {
    const openings = new PostgresPageOpenings(test.database, silentLogger);
    const payment = made();
    openings.note(payment, T0);
    await openings.close();
    expect(await openings.find({ ...keyOf(payment), merchantId: newId() })).toBeNull();
    expect(await openings.find({ ...keyOf(payment), livemode: false })).toBeNull();
  });
});
