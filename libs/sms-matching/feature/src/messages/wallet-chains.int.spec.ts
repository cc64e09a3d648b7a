import { FakePayment, MatchingWorld, bkashSms, newTrxId, received, wallet } from '../testing/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

/** Three receipts of 500.00 each, a minute apart; the third goes on from the first. */
const receipts = () =>
  [
    ['11:01', '1,500.00'],
    ['11:02', '2,000.00'],
    ['11:03', '2,000.00'],
  ].map(([clock, balance]) => {
    const trxId = newTrxId();
    return { trxId, sms: received(bkashSms({ trxId, balance: balance!, at: `14/08/2026 ${clock}` })) };
  });

describe("a message that the wallet's own balances know nothing of", () => {
  it('credits nobody when the next message is there already; a person may assign its money', async () => {
    const [first, forged, next] = receipts();
    const payment = new FakePayment();
    await world.tell(payment.submits(forged!.trxId));
    await world.receive(first!.sms, next!.sms);
    await world.receive(forged!.sms);
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'balance_contradicted', paymentId: payment.id, creditStatus: 'in_review' }),
    ]);
    const { rows } = await world.database.query(
      "SELECT outcome, earlier_readings->0->>'outcome' AS before FROM sms_matching.raw_messages WHERE raw_id = $1",
      [forged!.sms.data.rawId],
    );
    expect(rows).toEqual([{ outcome: 'review', before: 'credit' }]);
  });

  it('credits nobody when all three come at once, in any order', async () => {
    const [first, forged, next] = receipts();
    await world.tell(new FakePayment().submits(forged!.trxId));
    await world.receive(next!.sms, forged!.sms, first!.sms);
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect((await world.cases('open')).map((one) => [one.reason, one.credit?.trxId])).toEqual([
      ['balance_contradicted', forged!.trxId],
    ]);
  });

  it('is held back when it waits for its claim and the next message comes', async () => {
    const [first, forged, next] = receipts();
    await world.receive(first!.sms);
    await world.receive(forged!.sms);
    await world.receive(next!.sms);
    const payment = new FakePayment();
    await world.tell(payment.submits(forged!.trxId));
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.factsOf('credits.needs-review')).toEqual([expect.objectContaining({ paymentId: payment.id })]);
  });

  it.each(['on its way', 'spent'])(
    'is shown to a person when its money is %s already, and stays shown',
    async (fate) => {
      const [first, forged, next] = receipts();
      const payment = new FakePayment();
      await world.tell(payment.submits(forged!.trxId));
      await world.receive(first!.sms);
      await world.receive(forged!.sms);
      const completes = payment.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId);
      if (fate === 'spent') await world.tell(completes);
      await world.receive(next!.sms);
      if (fate !== 'spent') await world.tell(completes);
      expect(await world.cases('open')).toEqual([
        expect.objectContaining({ reason: 'balance_contradicted', creditStatus: 'consumed' }),
      ]);
    },
  );

  it('has no part in the chain afterwards', async () => {
    const [first, forged, next] = receipts();
    await world.receive(first!.sms, forged!.sms, next!.sms);
    const trxId = newTrxId();
    await world.receive(received(bkashSms({ trxId, balance: '2,500.00', at: '14/08/2026 11:04' })));
    expect(await world.cases('open')).toHaveLength(1);
    const { rows } = await world.database.query<{ is_contradicted: boolean }>(
      'SELECT is_contradicted FROM sms_matching.wallet_movements ORDER BY at',
    );
    expect(rows.map((row) => row.is_contradicted)).toEqual([false, true, false, false]);
  });

  it('is believed where messages are missing, of another wallet, or told of twice', async () => {
    const [first, second] = receipts();
    const trxId = newTrxId();
    await world.receive(
      first!.sms,
      second!.sms,
      received(bkashSms({ trxId, balance: '9,000.00', at: '14/08/2026 11:04' })),
    );
    const [, , elsewhere] = receipts();
    await world.receive({
      ...elsewhere!.sms,
      data: { ...elsewhere!.sms.data, wallets: [{ ...wallet, id: 'another', number: '01733333333' }] },
    });
    await world.receive(received(first!.sms.data.body, { deviceId: 'phone-2' }));
    expect(await world.cases()).toEqual([]);
    expect(await world.count('wallet_movements')).toBe(4);
  });

  it('is found out by money that went out, too', async () => {
    const [first, forged] = receipts();
    const out = received(
      'Send Money Tk 100.00 to 01716224375 successful. Ref . Fee Tk 5.00. Balance Tk 1,395.00. TrxID ' +
        `${newTrxId()} at 14/08/2026 11:03`,
    );
    await world.receive(first!.sms, forged!.sms);
    await world.receive(out);
    expect((await world.cases('open')).map((one) => [one.reason, one.credit?.trxId])).toEqual([
      ['balance_contradicted', forged!.trxId],
    ]);
  });
});

describe('an id out of the order in which the provider counts', () => {
  const nagad = { ...wallet, id: 'n', provider: 'nagad' };
  const sms = (n: number, clock: string) =>
    received(
      'Money Received.\nAmount: Tk 500.00\nSender: 01822222222\nRef: N/A\nTxnID: ' +
        `75RB${n.toString(36).toUpperCase().padStart(4, '0')}\nBalance: Tk 9,000.00\n14/08/2026 ${clock}`,
      { sender: 'NAGAD', wallets: [nagad] },
    );

  it('is put before a person once the wallet has shown enough of the counter', async () => {
    for (let n = 0; n < 8; n += 1) await world.receive(sms(1_000 + n * 10, `0${n}:00`));
    expect(await world.creditStatuses()).toHaveLength(8);
    await world.receive(sms(5, '09:00'));
    await world.receive(sms(1_100, '09:00'));
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'counter_contradicted' })]);
    expect((await world.creditStatuses()).filter((status) => status === 'open')).toHaveLength(9);
  });
});
