import { newId } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import { FakePayment, MatchingWorld, bkashSms, merchantId, newTrxId, received } from '../testing/matching-world.js';
import { inMerchantTransaction } from './merchant-transaction.js';

let world: MatchingWorld;
let instance: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
  instance = world.oneInstance();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

/** Somebody else's transaction about a merchant, open while `work` runs. */
async function whileHeld(id: string, work: () => Promise<void>): Promise<void> {
  let release = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHolding = (): void => undefined;
  const holds = new Promise<void>((resolve) => {
    isHolding = resolve;
  });
  const held = inMerchantTransaction(world.database, { merchants: [{ merchantId: id, livemode: true }] }, async () => {
    isHolding();
    await isOver;
  });
  await holds;
  try {
    await work();
  } finally {
    release();
    await held;
  }
}

const lockWaits = async (): Promise<number> =>
  (await world.database.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount!;

describe('what one instance hears about a merchant', () => {
  it('while a transaction about it is under way goes into the next one, over whichever topic it came', async () => {
    const waiting = Array.from({ length: 20 }, () => ({ payment: new FakePayment(), trxId: newTrxId() }));
    const all: Promise<void>[] = [];
    await whileHeld(merchantId, async () => {
      all.push(instance.receive(received(bkashSms({ trxId: newTrxId() }))));
      // The first waits at the merchant, all others for the first.
      await eventually(async () => (await lockWaits()) === 1);
      all.push(instance.tell(...waiting.map(({ payment, trxId }) => payment.submits(trxId))));
      all.push(instance.receive(...waiting.map(({ trxId }) => received(bkashSms({ trxId })))));
    });
    await Promise.all(all);
    expect(await world.factsOf('credits.matched')).toHaveLength(20);
    const { rows } = await world.database.query<{ transactions: number }>(
      'SELECT count(DISTINCT xid) AS transactions FROM sms_matching.outbox',
    );
    expect(rows).toEqual([{ transactions: 1 }]);
  });

  it('waits for no other merchant', async () => {
    const busy = newId();
    let late = Promise.resolve();
    await whileHeld(busy, async () => {
      late = instance.receive(received(bkashSms({ trxId: newTrxId() }), { merchantId: busy }));
      await eventually(async () => (await lockWaits()) === 1);
      const payment = new FakePayment();
      const trxId = newTrxId();
      await instance.tell(payment.submits(trxId));
      await instance.receive(received(bkashSms({ trxId })));
      expect(await world.factsOf('credits.matched')).toHaveLength(1);
    });
    await late;
  });

  it('fails by itself when it is bad, and nothing else with it', async () => {
    const trxId = newTrxId();
    const bad = received(bkashSms({ trxId: newTrxId() }), { sentAt: 'never' });
    const payment = new FakePayment();
    const outcomes = await Promise.allSettled([instance.receive(bad), instance.tell(payment.submits(trxId))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await instance.receive(received(bkashSms({ trxId })));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it('counts once what it hears twice at the same time', async () => {
    const trxId = newTrxId();
    const [sms, claim] = [received(bkashSms({ trxId })), new FakePayment().submits(trxId)];
    await Promise.all([instance.receive(sms), instance.tell(claim), instance.tell(claim), instance.receive(sms)]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
    expect([await world.count('credits'), await world.count('raw_messages')]).toEqual([1, 1]);
  });

  it('comes to the same whichever of it shares a transaction', async () => {
    const waiting = Array.from({ length: 30 }, () => ({ payment: new FakePayment(), trxId: newTrxId() }));
    await Promise.all(
      waiting.flatMap(({ payment, trxId }, index) => {
        const sms = () => instance.receive(received(bkashSms({ trxId }), { deviceId: `phone-${index % 3}` }));
        const claim = () => instance.tell(payment.submits(trxId));
        return index % 2 === 0 ? [sms(), claim()] : [claim(), sms()];
      }),
    );
    const matched = await world.factsOf('credits.matched');
    expect(matched.map(({ paymentId }) => paymentId).sort()).toEqual(waiting.map(({ payment }) => payment.id).sort());
    await Promise.all(
      matched.map(({ paymentId, credit }) => {
        const { payment } = waiting.find((one) => one.payment.id === paymentId)!;
        return instance.tell(payment.completes(credit.creditId));
      }),
    );
    expect(new Set(await world.creditStatuses())).toEqual(new Set(['consumed']));
  });
});
