import { T0, FakePayment, MatchingWorld, bkashSms, merchantId, newTrxId, received } from '../testing/matching-world.js';
import { countStatements } from '../testing/counted-statements.js';
import { takeIn } from './take-in.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

describe('a batch, however large it is', () => {
  it.each([1, 8, 64])('of %i takes one transaction of four statements at each step', async (size) => {
    const waiting = Array.from({ length: size }, () => ({ payment: new FakePayment(), trxId: newTrxId() }));
    const sms = waiting.map(({ trxId }) => received(bkashSms({ trxId })));
    const claims = waiting.map(({ payment, trxId }) => payment.submits(trxId));
    const count = (work: () => Promise<void>) => countStatements(world.database, work);
    expect(await count(() => world.tell(...claims))).toBe(4);
    expect(await count(() => world.receive(...sms))).toBe(4);
    const matched = await world.factsOf('credits.matched');
    expect(matched).toHaveLength(size);
    const creditOf = new Map(matched.map(({ paymentId, credit }) => [paymentId, credit.creditId]));
    const completed = waiting.map(({ payment }) => payment.completes(creditOf.get(payment.id)!));
    expect(await count(() => world.tell(...completed))).toBe(4);
    expect(new Set(await world.creditStatuses())).toEqual(new Set(['consumed']));
    // What has had its effects writes nothing.
    expect(await count(() => world.tell(...claims, ...completed))).toBe(3);
    expect(await count(() => world.receive(...sms))).toBe(3);
  });
});

describe('a look at slots', () => {
  it('reads no table as a whole, whatever stands there of the same merchant, by a plan made while nothing did', async () => {
    const rows = 20_000;
    const session = await world.database.connection();
    const look = (turn: number) => {
      const slot = { merchantId, livemode: true };
      return takeIn(session, {
        slots: [
          { ...slot, provider: 'bkash', slotKey: `T${turn}` },
          { ...slot, provider: 'pix', slotKey: `T${turn}` },
        ],
        paymentIds: [`p${turn + 100}`],
        creditIds: ['0197a6f0-0000-7000-8000-0000000000cc'],
        places: [{ walletId: 'w', at: new Date(T0).toISOString() }],
      });
    };
    for (let turn = 1; turn <= 12; turn += 1) await look(turn);
    const credits = `INSERT INTO sms_matching.credits (credit_id, merchant_id, livemode, provider, wallet_id,
      wallet_number, trx_id, slot_key, claim_key,
        amount_minor, currency, tolerance_minor, received_at, status, created_at)
      SELECT gen_random_uuid(), $1, true, $2, 'w', '01711111111', 'T' || n, 'T' || n, CASE WHEN $3
        THEN 'pix:' || n END, 1, 'BDT', 0, now(), 'open', now()
        FROM generate_series(1, ${rows}) n`;
    await world.database.query(credits, [merchantId, 'bkash', false]);
    await world.database.query(credits, [merchantId, 'pix', true]);
    await world.database.query(
      `INSERT INTO sms_matching.claims SELECT 'p' || n, $1, true, 'bkash', 'T' || n, 1, 'BDT', NULL, NULL, now(),
        now(), 'open', NULL, NULL FROM generate_series(1, ${rows}) n`,
      [merchantId],
    );
    await world.database.query(
      `INSERT INTO sms_matching.review_cases (case_id, merchant_id, livemode, reason, status, message_hash,
        events_count, opened_at)
       SELECT gen_random_uuid(), $1, true, 'unknown', 'open', sha256(n::text::bytea), 1, now()
         FROM generate_series(1, ${rows}) n`,
      [merchantId],
    );
    await world.database.query(
      `INSERT INTO sms_matching.wallet_movements SELECT 'w', 'e' || n, NULL, 'in', 1, NULL, NULL, now() + n * interval
        '1 minute', false FROM generate_series(1, ${rows}) n`,
    );
    await world.database.query(
      `INSERT INTO sms_matching.payment_versions SELECT 'p' || n, 1 FROM generate_series(1, ${rows}) n`,
    );
    try {
      const rowsRead = async (): Promise<number> => {
        await session.query('SELECT pg_stat_force_next_flush()');
        const { rows: found } = await session.query<{ count: number }>(
          `SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE schemaname = 'sms_matching')::int
                + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE schemaname = 'sms_matching')::int AS count`,
        );
        return found[0]!.count;
      };
      const rowsOfTwelveLooks = async (): Promise<number> => {
        const before = await rowsRead();
        for (let turn = 1; turn <= 12; turn += 1) {
          const found = await look(turn);
          expect([found.credits.length, found.claims.length, found.versions.size]).toEqual([3, 2, 1]);
        }
        return (await rowsRead()) - before;
      };
      expect(await rowsOfTwelveLooks()).toBeLessThan(rows / 10);
      await world.database.query('ANALYZE');
      expect(await rowsOfTwelveLooks()).toBeLessThan(rows / 10);
    } finally {
      session.release();
    }
  });
});
