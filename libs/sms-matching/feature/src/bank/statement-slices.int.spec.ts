import { randomUUID } from 'node:crypto';
import { watchTransactions } from '@paymatch/platform-testing';
import { brazilianPayment, BrazilWorld, creationOf, csvOf } from '../testing/brazil.js';
import { bkashSms, FakePayment, newTrxId, received, type MatchingWorld } from '../testing/matching-world.js';

let brazil: BrazilWorld;
let world: MatchingWorld;
beforeAll(async () => {
  brazil = await BrazilWorld.create();
  world = brazil.world;
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const LINES = 4_990;
/** Sums from 1.00 to 60.99, so that several lines have each. */
const row = (index: number, name = `Pessoa Numero ${index}`): string =>
  `14/08/2026;PIX RECEBIDO;${name};;${1 + (index % 60)},${String(index % 100).padStart(2, '0')}`;
const file = (lines: number): string => csvOf(...Array.from({ length: lines }, (_, index) => row(index)));

/** How many lines each transaction has written. */
const linesByTransaction = async (): Promise<readonly number[]> => {
  const { rows } = await world.database.query<{ lines: number }>(
    'SELECT count(*) AS lines FROM sms_matching.raw_messages GROUP BY xmin::text ORDER BY min(stored_at)',
  );
  return rows.map(({ lines }) => lines);
};

describe('a preview of thousands of lines', () => {
  it('opens no transaction that writes, and holds up nobody else', async () => {
    const watch = await watchTransactions(world.url, { openMsMax: -1 });
    let isDone = false;
    const previewing = brazil.preview(file(LINES)).finally(() => {
      isDone = true;
    });
    // While it runs, readers of the log are shown everything that is committed.
    let looks = 0;
    for (; !isDone; looks += 1) {
      const { rows } = await world.database.query<{ held: boolean }>(
        `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
          AND backend_xid IS NOT NULL) AS held`,
      );
      expect(rows).toEqual([{ held: false }]);
    }
    expect((await previewing).lines).toHaveLength(LINES);
    expect(await watch.stop()).toEqual([]);
    expect(looks).toBeGreaterThan(0);
    expect([await world.count('raw_messages'), await world.count('credits')]).toEqual([0, 0]);
  }, 120_000);

  it("lets another merchant's message complete a payment meanwhile", async () => {
    const merchantId = randomUUID();
    const payment = new FakePayment({ merchantId });
    const trxId = newTrxId();
    let isDone = false;
    const previewing = brazil.preview(file(LINES)).finally(() => {
      isDone = true;
    });
    await world.tell(payment.submits(trxId));
    await world.receive(received(bkashSms({ trxId }), { merchantId }));
    // As the log's readers look: below the oldest transaction that still writes.
    const readable = async (): Promise<number> =>
      (
        await world.database.query<{ count: number }>(
          `SELECT count(*) FROM sms_matching.outbox WHERE message->>'type' = 'credits.matched'
            AND xid < pg_snapshot_xmin(pg_current_snapshot())`,
        )
      ).rows[0]!.count;
    while (!isDone && (await readable()) === 0);
    expect([isDone, await readable()]).toEqual([false, 1]);
    await previewing;
  }, 120_000);
});

describe('an import of thousands of lines', () => {
  it('goes in slices, none of them open for long', async () => {
    const watch = await watchTransactions(world.url);
    const { lines } = await brazil.import(file(LINES));
    expect(await watch.stop()).toEqual([]);
    expect(lines.map(({ outcome }) => outcome)).toEqual(Array.from({ length: LINES }, () => 'review'));
    const slices = await linesByTransaction();
    expect(Math.max(...slices)).toBeLessThanOrEqual(100);
    expect(slices.reduce((sum, count) => sum + count, 0)).toBe(LINES);
  }, 180_000);

  it('that dies half-way goes on where it was when the file comes again, and counts every line once', async () => {
    const payment = brazilianPayment('bank_transfer', { amountMinor: 6_059 });
    await world.tell(creationOf(payment));
    const rows = [...Array.from({ length: 300 }, (_, index) => row(index)), '14/08/2026;x;Ana Lima de Souza;;60,59'];
    await world.database.query(`
      CREATE FUNCTION sms_matching.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the power went';
        END $$;
      CREATE TRIGGER dies BEFORE INSERT ON sms_matching.credits FOR EACH ROW
        WHEN (NEW.amount_minor > 4000) EXECUTE FUNCTION sms_matching.die();`);
    await expect(brazil.import(csvOf(...rows))).rejects.toThrow('the power went');
    const taken = await world.count('credits');
    expect(taken).toBeGreaterThan(0);
    expect([await world.count('raw_messages'), await world.count('bank_evidence')]).toEqual([taken, taken]);
    await world.database.query('DROP TRIGGER dies ON sms_matching.credits; DROP FUNCTION sms_matching.die()');
    const { lines } = await brazil.import(csvOf(...rows));
    expect(lines.filter(({ outcome }) => outcome === 'known')).toHaveLength(taken);
    expect(lines.at(-1)).toMatchObject({ outcome: 'matched', paymentId: payment.id });
    expect([await world.count('credits'), (await world.factsOf('credits.matched')).length]).toEqual([301, 1]);
  }, 60_000);

  it('twice at once counts every line once', async () => {
    const text = file(300);
    const [one, other] = await Promise.all([brazil.import(text), brazil.import(text)]);
    const fresh = [...one.lines, ...other.lines].filter(({ outcome }) => outcome !== 'known');
    expect([fresh.length, await world.count('credits')]).toEqual([300, 300]);
  }, 60_000);
});
