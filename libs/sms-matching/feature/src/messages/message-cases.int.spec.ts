import { newId } from '@paymatch/contracts';
import { expectCasesToBeTheirHistory } from '../testing/case-history.check.js';
import {
  FakePayment,
  MatchingWorld,
  T0,
  bkashSms,
  merchantId,
  newTrxId,
  received,
  wallet,
} from '../testing/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterEach(() => expectCasesToBeTheirHistory(world));
afterAll(() => world.drop());

describe('a message that is no credit', () => {
  it.each([
    [
      'money out',
      'bKash',
      'Send Money Tk 350.00 to 01716224375 successful. Ref . Fee Tk 5.00. Balance Tk 231.40. TrxID DHE7XOID8Q at 14/08/2026 11:07',
      'debit',
    ],
    ['a private message', '01799999999', 'Are you coming tonight?', 'neutral'],
    ['a notice without a sum', 'bKash', 'We never ask for your PIN.', 'review'],
  ])('is kept and bothers nobody: %s', async (_what, sender, body, outcome) => {
    await world.receive(received(body, { sender }));
    expect(await world.cases()).toEqual([]);
    const {
      rows: [raw],
    } = await world.database.query<{ body: Buffer; outcome: string }>(
      'SELECT body, outcome FROM sms_matching.raw_messages',
    );
    expect([raw!.body.toString(), raw!.outcome]).toEqual([body, outcome]);
    expect(await world.facts()).toEqual([]);
  });

  it.each([
    ['a forged sender', '01711111111', bkashSms({ trxId: newTrxId() }), 'fraud_suspect'],
    ['a look-alike mask', 'bKash-BD', bkashSms({ trxId: newTrxId() }), 'fraud_suspect'],
    ['an unknown text with a sum', 'bKash', 'You have maybe got Tk 500.00 from somebody.', 'unknown'],
    ['an id that does not carry the date', 'bKash', bkashSms({ trxId: 'DAA7XOID8Q' }), 'trx_id_date_mismatch'],
    [
      "a time far from the phone's",
      'bKash',
      bkashSms({ trxId: 'DHA7XOID8Q', at: '10/08/2026 11:07' }),
      'printed_time_outside_window',
    ],
  ])('is put before a person with its text: %s', async (_what, sender, body, reason) => {
    await world.receive(received(body, { sender, body }));
    const [opened] = await world.cases('open');
    expect(opened).toMatchObject({
      reason,
      credit: null,
      evidence: [{ sender, body }],
      history: [{ actor: 'system', action: 'opened', note: reason }],
    });
    expect(await world.factsOf('credits.review-case-opened')).toEqual([
      expect.objectContaining({ caseId: opened!.id, reason }),
    ]);
    expect(await world.count('credits')).toBe(0);
    await expect(
      world.command({
        type: 'AssignCredit',
        commandId: newId(),
        merchantId,
        livemode: true,
        caseId: opened!.id,
        paymentId: newId(),
        actor: 'Rahima',
        now: '',
      }),
    ).rejects.toMatchObject({ code: 'CASE_HAS_NO_CREDIT' });
  });

  it('never meets a claim, also when it names the very TrxID', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    await world.tell(payment.submits(trxId));
    await world.receive(
      received(bkashSms({ trxId }), { sender: '+8801711111111' }),
      received(bkashSms({ trxId }), { wallets: [] }),
      received(bkashSms({ trxId }).slice(0, 95)),
    );
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect((await world.cases('open')).map((one) => one.reason).sort()).toEqual([
      'fraud_suspect',
      'unknown',
      'unknown_wallet',
    ]);
    await world.receive(received(bkashSms({ trxId })));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it("makes one case of two phones' copies, and two of the same words at another time", async () => {
    const body = 'You have maybe got Tk 500.00 from somebody.';
    await world.receive(received(body), received(body, { deviceId: 'phone-2' }));
    await world.receive(received(body, { deviceId: 'phone-3' }));
    expect(await world.cases()).toEqual([
      expect.objectContaining({ evidence: [expect.anything(), expect.anything(), expect.anything()] }),
    ]);
    await world.receive(received(body, { sentAt: new Date(T0).toISOString() }));
    expect(await world.cases()).toHaveLength(2);
  });

  it('may hold anything', async () => {
    const body = 'NUL \u0000 ৳ 🙂 \u202e {"a":1} \\u0000';
    await world.receive(received(body, { sender: 'odd \u0000 one' }));
    const {
      rows: [raw],
    } = await world.database.query<{ body: Buffer }>('SELECT body FROM sms_matching.raw_messages');
    expect(raw!.body.toString('utf8')).toBe(body);
  });
});

describe('whose wallet a message speaks of', () => {
  const nagad = { ...wallet, id: 'n', provider: 'nagad', number: '01733333333' };

  it('is decided by the sender, when one SIM carries several', async () => {
    await world.receive(received(bkashSms({ trxId: newTrxId() }), { wallets: [nagad, wallet] }));
    const { rows } = await world.database.query('SELECT provider, wallet_number FROM sms_matching.credits');
    expect(rows).toEqual([{ provider: 'bkash', wallet_number: wallet.number }]);
  });

  it("is a person's to decide, when two fit", async () => {
    await world.receive(
      received(bkashSms({ trxId: newTrxId() }), { wallets: [wallet, { ...wallet, id: 'b2', number: '01744444444' }] }),
    );
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'ambiguous_wallet', credit: null })]);
  });

  it("is nobody's, when only another provider's is declared", async () => {
    await world.receive(received(bkashSms({ trxId: newTrxId() }), { wallets: [nagad] }));
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'other_provider', credit: null })]);
  });
});
