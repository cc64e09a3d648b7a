import { bankSms, brazilianPayment, BrazilWorld, creationOf, csvOf, ofxOf, pushHint } from '../testing/brazil.js';
import { GRACE_MS, T0, type FakePayment, type MatchingWorld } from '../testing/matching-world.js';

let brazil: BrazilWorld;
let world: MatchingWorld;
beforeAll(async () => {
  brazil = await BrazilWorld.create();
  world = brazil.world;
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const ana = '14/08/2026;TED RECEBIDA;Ana Lima de Souza;529.982.247-25;1.557,00';
const openPayment = async (): Promise<FakePayment> => {
  const payment = brazilianPayment('bank_transfer');
  await world.tell(creationOf(payment));
  return payment;
};

describe("a bank's SMS with balance and time", () => {
  it.each(['the payment first', 'the message first'])(
    "pays the one open payment of its sum and its payer's full name (%s)",
    async (order) => {
      const payment = brazilianPayment('bank_transfer');
      const steps = [() => world.tell(creationOf(payment)), () => brazil.takeSms(bankSms())];
      if (order === 'the message first') steps.reverse();
      for (const step of steps) await step();
      const [fact, ...others] = await world.factsOf('credits.matched');
      expect(others).toEqual([]);
      expect(fact).toMatchObject({
        paymentId: payment.id,
        credit: { provider: 'bank_transfer', walletNumber: '0001-9', amountMinor: 155_700 },
      });
    },
  );

  it('counts once from two phones, twice and in a race', async () => {
    await openPayment();
    const messages = [bankSms(), bankSms({ changes: { deviceId: 'phone-2', receivedAt: new Date(T0).toISOString() } })];
    await Promise.all([0, 1, 0, 1].map((index) => brazil.takeSms(messages[index]!)));
    await brazil.takeSms(...messages, ...messages);
    expect([
      await world.count('credits'),
      (await world.factsOf('credits.matched')).length,
      await world.count('credit_messages'),
    ]).toEqual([1, 1, 2]);
  });

  it.each([
    ['another sum', { sum: '1.557,01' }],
    ['another name', { name: 'ANA LIMA SOUZA' }],
  ])('with %s waits, and is a case when nobody claims it', async (_what, parts) => {
    await openPayment();
    await brazil.takeSms(bankSms(parts));
    expect(await world.factsOf('credits.matched')).toEqual([]);
    world.nowMs = T0 + GRACE_MS;
    await world.sweep.run();
    expect(await world.cases('open')).toMatchObject([{ reason: 'unmatched_credit' }]);
  });

  it('and the statement that lists the same transfer are one credit, in either order', async () => {
    const payment = await openPayment();
    await brazil.takeSms(bankSms());
    expect((await brazil.import(csvOf(ana))).lines).toMatchObject([{ outcome: 'known', paymentId: payment.id }]);
    expect(
      (await brazil.import(ofxOf(['20260814', '1557.00', 'N1', 'TED RECEBIDA - ANA LIMA DE SOUZA']))).lines,
    ).toMatchObject([{ outcome: 'known' }]);
    await world.clear();
    const other = await openPayment();
    await brazil.import(csvOf(ana));
    await brazil.takeSms(bankSms(), bankSms({ changes: { deviceId: 'phone-2' } }));
    await brazil.takeSms(bankSms({ changes: { deviceId: 'phone-3' } }));
    expect([await world.count('credits'), await world.factsOf('credits.matched')]).toMatchObject([
      1,
      [{ paymentId: other.id }],
    ]);
  });

  it('and a statement that come at one moment are one credit', async () => {
    await openPayment();
    await Promise.all([
      brazil.import(csvOf(ana)),
      brazil.takeSms(bankSms()),
      brazil.import(ofxOf(['20260814', '1557.00', 'N1', 'TED RECEBIDA - ANA LIMA DE SOUZA'])),
    ]);
    expect((await world.creditStatuses()).filter((status) => status !== 'ignored')).toEqual(['matched']);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it('of a second transfer on the same day is money of its own', async () => {
    await openPayment();
    await brazil.takeSms(bankSms());
    const second = await openPayment();
    await brazil.takeSms(bankSms({ balance: '10.557,00' }));
    expect((await world.factsOf('credits.matched')).map(({ paymentId }) => paymentId)).toContain(second.id);
    expect(await world.count('credits')).toBe(2);
  });
});

describe('a push that is only a hint', () => {
  it('completes nothing, and its case names the payment it seems to be for', async () => {
    const payment = await openPayment();
    await brazil.takeSms(pushHint());
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.cases('open')).toMatchObject([
      { reason: 'template_review_only', paymentId: payment.id, credit: { amountMinor: 155_700 } },
    ]);
  });

  it('gives way to the statement, which pays', async () => {
    const payment = await openPayment();
    await brazil.takeSms(pushHint());
    expect((await brazil.import(csvOf(ana))).lines).toMatchObject([{ outcome: 'matched', paymentId: payment.id }]);
    expect(await world.cases('open')).toEqual([]);
    const [closed] = await world.cases('closed');
    expect(closed!.history.at(-1)).toMatchObject({ action: 'replaced' });
    expect((await world.creditStatuses()).sort()).toEqual(['ignored', 'matched']);
  });

  it('that a person has given to a payment is the money the statement then lists', async () => {
    const payment = await openPayment();
    await brazil.takeSms(pushHint());
    const [found] = await world.cases('open');
    await world.command({
      type: 'AssignCredit',
      commandId: 'op-1',
      merchantId: found!.merchantId,
      livemode: true,
      caseId: found!.id,
      paymentId: payment.id,
      actor: 'Rita',
      now: new Date(T0).toISOString(),
    });
    await world.tell(payment.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId));
    await openPayment();
    expect((await brazil.import(csvOf(ana))).lines).toMatchObject([{ outcome: 'known', paymentId: payment.id }]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it('is a hint too when it comes after the statement', async () => {
    await openPayment();
    await brazil.import(csvOf(ana));
    await brazil.takeSms(pushHint());
    expect([await world.count('credits'), await world.cases('open')]).toEqual([1, []]);
  });
});

describe('a day on which everything comes at once, twice and in any order', () => {
  it.each([1, 2, 3])('gives every payment its own transfer, once (round %i)', async (round) => {
    const names = Array.from({ length: 12 }, (_, index) => `Pessoa ${'ABCDEFGHIJKL'[index]!}${round} Silva`);
    const payments = names.map((name) =>
      brazilianPayment('bank_transfer', {
        payer: { name, email: 'a@example.com', document: '52998224725', documentType: 'cpf', branch: null },
      }),
    );
    const rows = names.map((name) => `14/08/2026;TED RECEBIDA;${name};;1.557,00`);
    const steps = [
      ...payments.map((payment) => () => world.tell(creationOf(payment))),
      ...names.flatMap((name, index) => (index % 2 === 0 ? [() => brazil.takeSms(bankSms({ name }))] : [])),
      () => brazil.import(csvOf(...rows)),
      () => brazil.import(csvOf(...[...rows].reverse().slice(3))),
      () =>
        brazil.import(
          ofxOf(...names.map((name, index) => ['20260814', '1557.00', `N${index}`, `TED RECEBIDA - ${name}`] as const)),
        ),
    ];
    const order = [...steps, ...steps]
      .map((step, index) => ({ step, at: (index * 7_919 * round) % 101 }))
      .sort((a, b) => a.at - b.at);
    await Promise.all(order.map(({ step }) => step()));
    const matched = (await world.factsOf('credits.matched')).map(({ paymentId }) => paymentId).sort();
    expect(matched).toEqual(payments.map(({ id }) => id).sort());
    expect((await world.creditStatuses()).filter((status) => status !== 'ignored').length).toBe(payments.length);
  });
});
