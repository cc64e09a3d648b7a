import type { PixDevolucao, PixReceived, ReviewCase } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import {
  brazilianPayment,
  BrazilWorld,
  creationOf,
  newEndToEndId,
  otherCpf,
  pixKey,
  pixNotice,
  txidOf,
} from '../testing/brazil.js';
import { GRACE_MS, merchantId, T0, type FakePayment, type MatchingWorld } from '../testing/matching-world.js';

let brazil: BrazilWorld;
let world: MatchingWorld;
beforeAll(async () => {
  brazil = await BrazilWorld.create();
  world = brazil.world;
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const paid = (payment: FakePayment, parts: Partial<PixReceived> = {}): Message<PixReceived> =>
  pixNotice({ txid: txidOf(payment.id), ...parts });
const devolucao = (parts: Partial<PixDevolucao> = {}): PixDevolucao => ({
  id: 'd1',
  rtrId: 'D12345678202608140600aaaaaaaaaaa',
  amountMinor: 155_700,
  status: 'DEVOLVIDO',
  reason: 'Fraude',
  requestedAt: null,
  settledAt: null,
  ...parts,
});
const openCase = async (): Promise<ReviewCase> => {
  const cases = await world.cases('open');
  expect(cases).toHaveLength(1);
  return cases[0]!;
};

/** Pays a payment with a notice and takes payments' answer. */
async function complete(payment: FakePayment, notice: Message<PixReceived>): Promise<void> {
  await world.tell(creationOf(payment));
  await brazil.takePix(notice);
  const [matched] = await world.factsOf('credits.matched');
  await world.tell(payment.completes(matched!.credit.creditId));
}

describe('a Pix that pays a code', () => {
  it.each([
    ['after', 0],
    ['before', 1],
  ])('meets its payment when it comes %s the payment is known', async (_order, late) => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    const steps = [() => world.tell(creationOf(payment)), () => brazil.takePix(notice)];
    if (late === 1) steps.reverse();
    for (const step of steps) await step();
    const [fact, ...others] = await world.factsOf('credits.matched');
    expect(others).toEqual([]);
    expect(fact).toMatchObject({
      paymentId: payment.id,
      claimKey: `pix:${notice.data.endToEndId}`,
      toleranceMinor: 0,
      decidedBy: null,
      credit: {
        provider: 'pix',
        trxId: notice.data.endToEndId,
        amountMinor: 155_700,
        currency: 'BRL',
        walletNumber: pixKey,
      },
    });
    expect(await world.count('credits')).toBe(1);
  });

  it('counts once, however often and in however many notices it is told', async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    const reportedAgain = paid(payment, { endToEndId: notice.data.endToEndId, payerInfo: 'obrigada' });
    await world.tell(creationOf(payment), creationOf(payment));
    await brazil.takePix(notice, reportedAgain, notice);
    await brazil.takePix(notice);
    await brazil.takePix(reportedAgain);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
    expect([
      await world.count('credits'),
      await world.count('raw_messages'),
      await world.count('credit_messages'),
    ]).toEqual([1, 2, 2]);
    expect(await world.cases()).toEqual([]);
  });

  it('is found under the txid in small letters too', async () => {
    const payment = brazilianPayment('pix');
    await world.tell(creationOf(payment));
    await brazil.takePix(paid(payment, { txid: txidOf(payment.id).toLowerCase() }));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it("is another merchant's, or the other mode's, and then not this payment's", async () => {
    const payment = brazilianPayment('pix');
    await world.tell(creationOf(payment));
    await brazil.takePix(
      paid(payment, { merchantId: '0197a6f0-0000-7000-8000-0000000000ee' }),
      paid(payment, { livemode: false }),
    );
    expect(await world.factsOf('credits.matched')).toEqual([]);
  });

  it('raced by eight instances is one credit and one match', async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    await Promise.all([
      ...Array.from({ length: 4 }, () => world.tell(creationOf(payment))),
      ...Array.from({ length: 4 }, () => brazil.takePix(notice)),
      ...Array.from({ length: 4 }, (_, index) =>
        brazil.takePix(paid(payment, { endToEndId: notice.data.endToEndId, payerInfo: `copy ${index}` })),
      ),
    ]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
    expect(await world.count('credits')).toBe(1);
  });

  it('told of at one moment with two txids is still one credit: the later one comes again', async () => {
    const endToEndId = newEndToEndId();
    const notices = [
      pixNotice({ endToEndId, txid: txidOf(brazilianPayment('pix').id) }),
      pixNotice({ endToEndId, txid: null }),
      pixNotice({ endToEndId, txid: 'ABC' }),
    ];
    const results = await Promise.allSettled(notices.map((notice) => brazil.takePix(notice)));
    for (const [index, result] of results.entries())
      if (result.status === 'rejected') await brazil.takePix(notices[index]!);
    expect([await world.count('credits'), await world.count('credit_messages')]).toEqual([1, 3]);
  });
});

describe('a Pix that completes nothing by itself', () => {
  it.each([155_699, 155_701])('of %i centavos is a case, and payments is told why', async (amountMinor) => {
    const payment = brazilianPayment('pix');
    await world.tell(creationOf(payment));
    await brazil.takePix(paid(payment, { amountMinor }));
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.factsOf('credits.needs-review')).toMatchObject([
      { paymentId: payment.id, reason: 'amount_mismatch' },
    ]);
    expect(await openCase()).toMatchObject({ reason: 'amount_mismatch', paymentId: payment.id });
  });

  it('leaves the way open for the right sum', async () => {
    const payment = brazilianPayment('pix');
    await world.tell(creationOf(payment));
    await brazil.takePix(paid(payment, { amountMinor: 1 }));
    await brazil.takePix(paid(payment));
    expect(await world.factsOf('credits.matched')).toMatchObject([
      { paymentId: payment.id, credit: { amountMinor: 155_700 } },
    ]);
    expect(await openCase()).toMatchObject({ reason: 'amount_mismatch', credit: { amountMinor: 1 } });
  });

  it.each([
    [null, 'missing_txid'],
    ['ABC123', 'unknown_txid'],
    ['1H455VB4PEX5VSKNK084SN02I', 'unknown_txid'],
  ])("with txid %s is a case with the bank's words", async (txid, reason) => {
    const notice = pixNotice({ txid, payerInfo: 'pedido 7', payer: { name: 'João', document: otherCpf } });
    await brazil.takePix(notice);
    const found = await openCase();
    expect(found).toMatchObject({
      reason,
      paymentId: null,
      credit: { trxId: notice.data.endToEndId, senderNumber: otherCpf },
    });
    expect(JSON.parse(found.evidence[0]!.body)).toMatchObject({
      endToEndId: notice.data.endToEndId,
      txid,
      payerInfo: 'pedido 7',
      amountMinor: 155_700,
    });
  });

  it('with the txid of no payment waits for it, and is a case when none comes', async () => {
    const payment = brazilianPayment('pix');
    await brazil.takePix(paid(payment));
    expect(await world.cases()).toEqual([]);
    world.nowMs = T0 + GRACE_MS;
    await world.sweep.run();
    expect(await openCase()).toMatchObject({ reason: 'unmatched_credit' });
    await world.tell(creationOf(payment));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it.each(['expires', 'fails'] as const)(
    'comes after its payment %s: payments is asked, and its answer is the case',
    async (end) => {
      const payment = brazilianPayment('pix');
      await world.tell(creationOf(payment), payment[end]());
      await brazil.takePix(paid(payment));
      const [matched] = await world.factsOf('credits.matched');
      expect(matched).toMatchObject({ paymentId: payment.id, decidedBy: null });
      await world.tell(payment.requiresReview(matched!.credit.creditId, 'late_money'));
      expect(await openCase()).toMatchObject({ reason: 'late_money', paymentId: payment.id });
      expect(await world.creditStatuses()).toEqual(['in_review']);
      await brazil.takePix(paid(payment));
      expect(await world.factsOf('credits.matched')).toHaveLength(2);
    },
  );

  it('is a second one for a payment that is paid', async () => {
    const payment = brazilianPayment('pix');
    await complete(payment, paid(payment));
    await brazil.takePix(paid(payment));
    const [, second] = await world.factsOf('credits.matched');
    await world.tell(payment.requiresReview(second!.credit.creditId, 'already_paid'));
    expect(await openCase()).toMatchObject({ reason: 'already_paid', paymentId: payment.id });
    expect((await world.creditStatuses()).sort()).toEqual(['consumed', 'in_review']);
  });

  it("told of with two sums is a person's to see", async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    await complete(payment, notice);
    await brazil.takePix(paid(payment, { endToEndId: notice.data.endToEndId, amountMinor: 1 }));
    expect(await openCase()).toMatchObject({ reason: 'contradicting_messages', paymentId: payment.id });
    expect(await world.creditStatuses()).toEqual(['consumed']);
  });

  it('can be given away by a person', async () => {
    const payment = brazilianPayment('pix');
    await world.tell(creationOf(payment));
    await brazil.takePix(pixNotice());
    const { id: caseId } = await openCase();
    await world.command({
      type: 'AssignCredit',
      commandId: 'op-1',
      merchantId,
      livemode: true,
      caseId,
      paymentId: payment.id,
      actor: 'Rita',
      now: new Date(T0).toISOString(),
    });
    const [matched] = await world.factsOf('credits.matched');
    expect(matched).toMatchObject({
      paymentId: payment.id,
      decidedBy: 'Rita',
      claimKey: `pix:${matched!.credit.trxId}`,
    });
    await world.tell(payment.completes(matched!.credit.creditId));
    expect(await world.cases('open')).toEqual([]);
    expect(await world.claimStatuses()).toEqual({ [`${payment.id}/${txidOf(payment.id)}`]: 'released' });
  });
});

describe('a Pix that a person enters', () => {
  const entry = (endToEndId: string, paymentId: string | null) =>
    world.command({
      type: 'EnterCredit',
      commandId: `op-${endToEndId}-${String(paymentId)}`,
      merchantId,
      livemode: true,
      paymentId,
      caseId: null,
      note: 'seen in the app',
      actor: 'Rita',
      now: new Date(T0).toISOString(),
      credit: {
        provider: 'pix',
        walletId: 'pix',
        walletNumber: 'pix',
        toleranceMinor: 0,
        trxId: endToEndId.toUpperCase(),
        amountMinor: 155_700,
        currency: 'BRL',
        senderNumber: null,
        receivedAt: new Date(T0).toISOString(),
      },
    });

  it('is the same money when the bank tells of it, in whatever letters', async () => {
    const [payment, other] = [brazilianPayment('pix'), brazilianPayment('pix')];
    const endToEndId = newEndToEndId().replace(/^(.{21})0/, '$1a');
    await world.tell(creationOf(payment), creationOf(other));
    await entry(endToEndId, payment.id);
    const [matched] = await world.factsOf('credits.matched');
    expect(matched).toMatchObject({
      paymentId: payment.id,
      claimKey: `pix:${endToEndId.toUpperCase()}`,
      decidedBy: 'Rita',
    });
    await world.tell(payment.completes(matched!.credit.creditId));
    await brazil.takePix(paid(other, { endToEndId }));
    expect([await world.count('credits'), (await world.factsOf('credits.matched')).length]).toEqual([1, 1]);
    // Whoever paid the other's code waits: a person must see it.
    expect(await openCase()).toMatchObject({ reason: 'paid_other_payment', paymentId: payment.id });
  });

  it('is refused when the bank has told of it, and when its id is none', async () => {
    const notice = paid(brazilianPayment('pix'));
    await brazil.takePix(notice);
    await expect(entry(notice.data.endToEndId, null)).rejects.toMatchObject({ code: 'CREDIT_EXISTS' });
    await expect(entry('E1234', null)).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
  });
});

describe('a devolução', () => {
  const reportedAgain = (
    notice: Message<PixReceived>,
    ...devolucoes: readonly PixDevolucao[]
  ): Message<PixReceived> => {
    const { endToEndId, txid, amountMinor, horario } = notice.data;
    return pixNotice({ endToEndId, txid, amountMinor, horario, devolucoes });
  };

  it('is told once, also when one instance hears of it and of the completion at the same moment', async () => {
    const instance = BrazilWorld.on(world.oneInstance());
    for (const isNoticeFirst of [true, false]) {
      await world.clear();
      const payment = brazilianPayment('pix');
      const notice = paid(payment);
      await world.tell(creationOf(payment));
      await brazil.takePix(notice);
      const [matched] = await world.factsOf('credits.matched');
      const steps = [
        () => instance.takePix(reportedAgain(notice, devolucao())),
        () => instance.world.tell(payment.completes(matched!.credit.creditId)),
      ];
      if (!isNoticeFirst) steps.reverse();
      await Promise.all(steps.map((step) => step()));
      expect(await world.factsOf('credits.money-returned')).toHaveLength(1);
    }
  });

  it('of a paid payment is told to payments once, and shown to a person; the credit stays spent', async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    await complete(payment, notice);
    const news = reportedAgain(notice, devolucao());
    await brazil.takePix(news);
    await brazil.takePix(news);
    await brazil.takePix(reportedAgain(notice, devolucao(), devolucao({ id: 'd2', status: 'EM_PROCESSAMENTO' })));
    expect(await world.factsOf('credits.money-returned')).toMatchObject([
      { paymentId: payment.id, returnId: 'd1', amountMinor: 155_700, reason: 'Fraude' },
    ]);
    expect(await world.creditStatuses()).toEqual(['consumed']);
    expect(await openCase()).toMatchObject({ reason: 'money_returned', paymentId: payment.id });
    await brazil.takePix(reportedAgain(notice, devolucao(), devolucao({ id: 'd2', amountMinor: 700 })));
    expect(
      (await world.factsOf('credits.money-returned')).map(({ returnId, amountMinor }) => [returnId, amountMinor]),
    ).toEqual([
      ['d1', 155_700],
      ['d2', 700],
    ]);
  });

  it('on its way, or refused, is only written down', async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    await complete(payment, notice);
    await brazil.takePix(reportedAgain(notice, devolucao({ status: 'EM_PROCESSAMENTO' })));
    await brazil.takePix(reportedAgain(notice, devolucao({ status: 'NAO_REALIZADO' })));
    expect(await world.factsOf('credits.money-returned')).toEqual([]);
    const { rows } = await world.database.query('SELECT return_id, status FROM sms_matching.pix_returns');
    expect(rows).toEqual([{ return_id: 'd1', status: 'NAO_REALIZADO' }]);
  });

  it('before payments has answered is told when it has', async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    await world.tell(creationOf(payment));
    await brazil.takePix(notice);
    await brazil.takePix(reportedAgain(notice, devolucao()));
    expect(await world.factsOf('credits.money-returned')).toEqual([]);
    const [matched] = await world.factsOf('credits.matched');
    const completion = payment.completes(matched!.credit.creditId);
    await world.tell(completion);
    await world.tell(completion);
    expect(await world.factsOf('credits.money-returned')).toMatchObject([{ paymentId: payment.id, returnId: 'd1' }]);
    expect(await openCase()).toMatchObject({ reason: 'money_returned' });
  });

  it('of money that nobody has yet keeps it from completing anything by itself', async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    await brazil.takePix(reportedAgain(notice, devolucao({ amountMinor: 1 })));
    await world.tell(creationOf(payment));
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await openCase()).toMatchObject({ reason: 'money_returned' });
  });

  it('that comes before the money it speaks of is the same', async () => {
    const payment = brazilianPayment('pix');
    const notice = paid(payment);
    await world.tell(creationOf(payment));
    await brazil.takePix(reportedAgain(notice, devolucao()));
    await brazil.takePix(notice);
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.creditStatuses()).toEqual(['in_review']);
  });
});
