import { newId } from '@paymatch/contracts';
import { Outbox } from '@paymatch/platform-messaging';
import { eventually } from '@paymatch/platform-testing';
import { smsMatchingSchema } from '../schema/sms-matching.migrations.js';
import {
  FakePayment,
  GRACE_MS,
  MatchingWorld,
  T0,
  bkashSms,
  merchantId,
  newTrxId,
  received,
  wallet,
} from '../testing/matching-world.js';
import { MatchingWork } from './matching-work.js';
import { inMerchantTransaction } from './merchant-transaction.js';
import { loadHeld } from './slots.store.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const merchant = { merchantId, livemode: true };

/** Another instance's transaction on the same TrxID, which has yet to write its fact when the next one comes. */
function anotherInstance(trxId: string): { readonly isDone: Promise<void>; readonly goOn: () => void } {
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const isDone = inMerchantTransaction(world.database, { merchants: [merchant] }, async (tx) => {
    const slot = { ...merchant, provider: 'bkash', slotKey: trxId };
    const work = new MatchingWork(await loadHeld(tx, [slot]), T0);
    await gate;
    work.cause = { correlationId: 'c', messageId: null };
    const about = { ...merchant, walletNumber: wallet.number };
    work.emit(about, { type: 'credits.trx-already-used', paymentId: newId(), trxId });
    await work.flush(tx, new Outbox({ schema: smsMatchingSchema }));
  });
  return { isDone, goOn: () => goOn() };
}

/** The transactions that wait for a lock; `xid`: their number, by which their facts will be published. */
async function waiting(): Promise<readonly { readonly xid: string | null }[]> {
  const { rows } = await world.database.query<{ xid: string | null }>(
    `SELECT backend_xid::text AS xid FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE NOT granted
      AND datname = current_database()`,
  );
  return rows;
}

describe('what waits for another transaction about the same merchant', () => {
  it.each<[string, (trxId: string) => Promise<() => Promise<unknown>>]>([
    [
      'a message',
      async (trxId) => {
        await world.tell(new FakePayment().submits(trxId));
        return () => world.receive(received(bkashSms({ trxId })));
      },
    ],
    [
      "a payment's fact",
      async (trxId) => {
        await world.receive(received(bkashSms({ trxId })));
        return () => world.tell(new FakePayment().submits(trxId));
      },
    ],
    [
      'the look for money nobody claims',
      async (trxId) => {
        await world.receive(received(bkashSms({ trxId })));
        world.nowMs += GRACE_MS;
        return () => world.sweep.run();
      },
    ],
    [
      "a person's decision",
      async (trxId) => {
        await world.receive(received(bkashSms({ trxId })));
        world.nowMs += GRACE_MS;
        await world.sweep.run();
        const caseId = (await world.cases('open'))[0]!.id;
        const decision = { commandId: newId(), ...merchant, caseId, actor: 'Rahima', now: '', reason: 'a friend' };
        return () => world.command({ type: 'IgnoreCase', ...decision });
      },
    ],
    [
      'a refused match',
      async (trxId) => {
        const payment = new FakePayment();
        await world.tell(payment.submits(trxId));
        await world.receive(received(bkashSms({ trxId })));
        const [match] = await world.factsOf('credits.matched');
        return () => world.refuse(payment.id, match!.credit.creditId, 'payment_not_found');
      },
    ],
  ])('has no place in the order of facts yet, and takes it behind the other: %s', async (_, prepare) => {
    const trxId = newTrxId();
    const arrive = await prepare(trxId);
    const before = (await world.facts()).length;
    const other = anotherInstance(trxId);
    await eventually(
      async () => (await world.database.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).rowCount! > 0,
    );
    const arriving = arrive();
    await eventually(async () => (await waiting()).length === 1);
    expect(await waiting()).toEqual([{ xid: null }]);
    other.goOn();
    await Promise.all([other.isDone, arriving]);
    const reported = (await world.facts()).slice(before).map(({ type }) => type);
    expect(reported.length).toBeGreaterThan(1);
    expect(reported[0]).toBe('credits.trx-already-used');
  });
});
