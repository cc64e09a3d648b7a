import {
  newId,
  type BookPage,
  type CreditQuestion,
  type CreditView,
  type CreditWithMessages,
  type ReconciledMoney,
  type StoredMessage,
  type UnknownText,
  type CreditsAndCases,
  type WalletDays,
} from '@paymatch/contracts';
import { csvOf, BrazilWorld, newEndToEndId, pixNotice } from '../testing/brazil.js';
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

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const shop = { merchantId, livemode: true };
const period = { from: new Date(T0 - 3_600_000).toISOString(), to: new Date(T0 + 86_400_000).toISOString() };
const anyPage = { from: null, to: null, after: null, limit: 100 };
const anyCredit = { type: 'ListCredits', status: null, provider: null, walletId: null, trxId: null } as const;
const anyMessage = { type: 'ListMessages', outcome: null, deviceId: null } as const;

async function ask<Answer>(question: CreditQuestion): Promise<Answer> {
  return (await world.command(question)) as Answer;
}

async function paid(trxId: string, amount?: string): Promise<FakePayment> {
  const payment = new FakePayment();
  await world.tell(payment.submits(trxId));
  await world.receive(received(bkashSms({ trxId, ...(amount !== undefined && { amount }) })));
  return payment;
}

describe('the book of credits', () => {
  it('has all money, newest first, with what became of it, page after page', async () => {
    const [first, second, third] = [newTrxId(), newTrxId(), newTrxId()];
    const payment = await paid(first);
    for (const [index, trxId] of [second, third].entries())
      await world.receive(
        received(bkashSms({ trxId }), { receivedAt: new Date(T0 + (index + 1) * 60_000).toISOString() }),
      );
    const page = await ask<BookPage<CreditView>>({ ...anyCredit, ...shop, ...anyPage, limit: 2 });
    expect(page.items.map(({ trxId, status }) => [trxId, status])).toEqual([
      [third, 'open'],
      [second, 'open'],
    ]);
    const rest = await ask<BookPage<CreditView>>({ ...anyCredit, ...shop, ...anyPage, limit: 2, after: page.next });
    expect(rest).toMatchObject({ items: [{ trxId: first, status: 'matched', paymentId: payment.id }], next: null });
  });

  it('is narrowed by what became of it, by wallet, by time and by TrxID in any case', async () => {
    const trxId = newTrxId();
    await world.receive(received(bkashSms({ trxId })));
    const found = async (change: object): Promise<number> =>
      (await ask<BookPage<CreditView>>({ ...anyCredit, ...shop, ...anyPage, ...change })).items.length;
    expect(await found({ status: 'open', walletId: wallet.id, provider: 'bkash', ...period })).toBe(1);
    expect(await found({ trxId: trxId.toLowerCase() })).toBe(1);
    expect(await found({ status: 'in_review' })).toBe(0);
    expect(await found({ walletId: newId() })).toBe(0);
    expect(await found({ to: period.from })).toBe(0);
  });

  it('has nothing of another shop or of the other mode, whatever id is named', async () => {
    const trxId = newTrxId();
    const payment = await paid(trxId);
    const [credit] = (await ask<BookPage<CreditView>>({ ...anyCredit, ...shop, ...anyPage })).items;
    for (const other of [
      { ...shop, merchantId: newId() },
      { ...shop, livemode: false },
    ]) {
      expect(await ask({ ...anyCredit, ...other, ...anyPage, trxId })).toEqual({ items: [], next: null });
      expect(await ask({ ...anyMessage, ...other, ...anyPage })).toEqual({ items: [], next: null });
      expect(await ask({ type: 'Reconcile', ...other, ...period })).toEqual([]);
      expect(await ask({ type: 'TellOfPayment', ...other, paymentId: payment.id })).toEqual({ credits: [], cases: [] });
      await expect(ask({ type: 'GetCredit', ...other, creditId: credit!.creditId })).rejects.toMatchObject({
        code: 'CREDIT_NOT_FOUND',
      });
    }
  });

  it('shows a credit with its messages as they came and the fields marked', async () => {
    const trxId = newTrxId();
    const body = bkashSms({ trxId });
    await world.receive(received(body));
    const [credit] = (await ask<BookPage<CreditView>>({ ...anyCredit, ...shop, ...anyPage })).items;
    const found = await ask<CreditWithMessages>({ type: 'GetCredit', ...shop, creditId: credit!.creditId });
    expect(found.messages).toMatchObject([{ body, sender: 'bKash', outcome: 'credit', creditId: credit!.creditId }]);
    const marks = found.messages[0]!.fields.map(({ field, from, to }) => [field, body.slice(from, to)]);
    expect(marks).toContainEqual(['amount', '500.00']);
    expect(marks).toContainEqual(['trx_id', trxId]);
  });
});

describe('the book of messages', () => {
  it('has each message with what it was read as, also what says nothing of money', async () => {
    await world.receive(
      received(bkashSms({ trxId: newTrxId() })),
      received('Your OTP is 123456', { arrivedAt: new Date(T0 + 1_000).toISOString(), deviceId: 'phone-2' }),
    );
    const all = await ask<BookPage<StoredMessage>>({ ...anyMessage, ...shop, ...anyPage });
    expect(all.items.map(({ deviceId, outcome }) => [deviceId, outcome])).toEqual([
      ['phone-2', expect.not.stringMatching(/^credit$/)],
      ['phone-1', 'credit'],
    ]);
    const credits = await ask<BookPage<StoredMessage>>({ ...anyMessage, ...shop, ...anyPage, outcome: 'credit' });
    expect(credits.items.map(({ deviceId }) => deviceId)).toEqual(['phone-1']);
    const next = await ask<BookPage<StoredMessage>>({ ...anyMessage, ...shop, ...anyPage, limit: 1 });
    expect(next.next).toBe(all.items[0]!.rawId);
  });
});

describe('what is told of one payment', () => {
  it('is its money with the messages, and its cases', async () => {
    const trxId = newTrxId();
    const payment = await paid(trxId, '499.99');
    const answer = await ask<CreditsAndCases>({ type: 'TellOfPayment', ...shop, paymentId: payment.id });
    expect(answer.credits).toMatchObject([
      { credit: { trxId, status: 'in_review' }, messages: [{ outcome: 'credit' }] },
    ]);
    expect(answer.cases).toMatchObject([{ reason: 'amount_mismatch', status: 'open' }]);
  });
});

describe('a reconciled period', () => {
  it('adds up to the minor unit: what arrived is completed, waiting, in review, ignored or returned', async () => {
    await paid(newTrxId(), '500.01');
    const settled = await paid(newTrxId());
    const [match] = await world.factsOf('credits.matched');
    await world.tell(settled.completes(match!.credit.creditId));
    await world.receive(received(bkashSms({ trxId: newTrxId(), amount: '77.77' })));
    world.nowMs += GRACE_MS;
    await world.sweep.run();
    const [ignored] = (await world.cases('open')).filter(({ reason }) => reason === 'unmatched_credit');
    const decision = { commandId: newId(), ...shop, caseId: ignored!.id, reason: 'mine', actor: 'Rita', now: '' };
    await world.command({ type: 'IgnoreCase', ...decision });
    await world.receive(received(bkashSms({ trxId: newTrxId(), amount: '0.03' })));
    const money = await ask<readonly ReconciledMoney[]>({ type: 'Reconcile', ...shop, ...period });
    expect(money).toEqual([
      {
        currency: 'BDT',
        provider: 'bkash',
        creditCount: 4,
        arrivedMinor: 107_781,
        completedMinor: 50_000,
        waitingMinor: 3,
        inReviewMinor: 50_001,
        ignoredMinor: 7_777,
        returnedMinor: 0,
      },
    ]);
  });

  it('has what went back of a Pix by itself, and never more than came', async () => {
    const brazil = await BrazilWorld.create();
    try {
      await brazil.import(csvOf('14/08/2026;PIX RECEBIDO;Ana Lima de Souza;529.982.247-25;1.557,00'));
      const endToEndId = newEndToEndId();
      await brazil.takePix(
        pixNotice({
          endToEndId,
          amountMinor: 10_000,
          devolucoes: [
            {
              id: 'D1',
              rtrId: null,
              amountMinor: 2_500,
              status: 'DEVOLVIDO',
              reason: null,
              requestedAt: null,
              settledAt: null,
            },
          ],
        }),
      );
      const answer = (await brazil.world.command({
        type: 'Reconcile',
        merchantId,
        livemode: true,
        from: '2026-01-01T00:00:00Z',
        to: '2026-12-31T00:00:00Z',
      })) as readonly ReconciledMoney[];
      const pix = answer.find(({ provider }) => provider === 'pix')!;
      expect(pix).toMatchObject({ arrivedMinor: 10_000, returnedMinor: 2_500 });
      for (const one of answer)
        expect(one.completedMinor + one.waitingMinor + one.inReviewMinor + one.ignoredMinor + one.returnedMinor).toBe(
          one.arrivedMinor,
        );
    } finally {
      await brazil.world.drop();
    }
  });
});

describe("a wallet's days", () => {
  it('are those of the named zone, with the balance at their end and where the chain breaks', async () => {
    // The third letter of a TrxID is its day.
    const at = (text: string, balance: string): string =>
      bkashSms({ trxId: newTrxId().replace('DHE', text.startsWith('13') ? 'DHD' : 'DHE'), at: text, balance });
    await world.receive(received(at('13/08/2026 23:50', '1,000.00'), { receivedAt: '2026-08-13T17:50:30.000Z' }));
    await world.receive(received(at('14/08/2026 00:10', '1,500.00'), { receivedAt: '2026-08-13T18:10:30.000Z' }));
    await world.receive(received(at('14/08/2026 10:00', '2,700.00'), { receivedAt: '2026-08-14T04:00:30.000Z' }));
    const asked = { type: 'ListWalletDays', ...shop, walletId: wallet.id, from: '2026-08-01T00:00:00Z' } as const;
    const to = '2026-09-01T00:00:00Z';
    const dhaka = await ask<WalletDays>({ ...asked, to, zone: 'Asia/Dhaka' });
    expect(dhaka.days).toMatchObject([
      { day: '2026-08-14', creditCount: 2, creditMinor: 100_000 },
      { day: '2026-08-13', creditCount: 1, creditMinor: 50_000, closingMinor: 100_000 },
    ]);
    expect((await ask<WalletDays>({ ...asked, to, zone: 'UTC' })).days.map(({ day }) => day)).toEqual([
      '2026-08-14',
      '2026-08-13',
    ]);
    expect(dhaka.isComplete).toBe(true);
    expect(dhaka.breaks).toMatchObject([{ expectedMinor: 200_000, printedMinor: 270_000 }]);
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    ['a page of a thousand', { ...anyCredit, ...shop, ...anyPage, limit: 1_000 }],
    ['a place that is no id', { ...anyMessage, ...shop, ...anyPage, after: 'x' }],
    ['a period of two years', { type: 'Reconcile', ...shop, from: '2024-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
    ['a period turned round', { type: 'Reconcile', ...shop, from: period.to, to: period.from }],
  ] as const)('is refused: %s', async (_, question) => {
    await expect(ask(question)).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
  });
});

describe('the texts that no template knows', () => {
  it('are read page after page, newest first, whoever’s they are', async () => {
    const body = (n: number): string => `You have maybe got Tk ${n}00.00 from somebody, ${newTrxId()}.`;
    const [older, newer] = [body(1), body(2)];
    await world.receive(received(older));
    await world.receive(received(newer));
    await world.receive(received(bkashSms({ trxId: newTrxId() })));
    const first = await ask<BookPage<UnknownText>>({ type: 'ListUnknownTexts', after: null, limit: 1 });
    expect(first.items).toMatchObject([{ ...shop, body: newer, reasons: ['unknown'] }]);
    const second = await ask<BookPage<UnknownText>>({ type: 'ListUnknownTexts', after: first.next, limit: 1 });
    expect(second.items).toMatchObject([{ body: older }]);
  });
});
