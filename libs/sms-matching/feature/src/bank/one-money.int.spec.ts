import type { Message } from '@paymatch/platform-messaging';
import type { MessageReceived, PixReceived } from '@paymatch/contracts';
import {
  bankSms,
  brazilianPayment,
  BrazilWorld,
  creationOf,
  csvOf,
  newEndToEndId,
  ofxOf,
  pixNotice,
  txidOf,
} from '../testing/brazil.js';
import { FakePayment, merchantId, T0, type MatchingWorld } from '../testing/matching-world.js';

let brazil: BrazilWorld;
let world: MatchingWorld;
beforeAll(async () => {
  brazil = await BrazilWorld.create();
  world = brazil.world;
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const ana = { name: 'Ana Lima de Souza', document: '52998224725' };
const openPayment = async (method: 'pix' | 'bank_transfer'): Promise<FakePayment> => {
  const payment = brazilianPayment(method);
  await world.tell(creationOf(payment));
  return payment;
};
let entries = 0;
const enter = (parts: {
  readonly payment: FakePayment | null;
  readonly payer?: string | null;
  readonly endToEndId?: string;
}) => {
  const { payment, payer = ana.name, endToEndId } = parts;
  entries += 1;
  const provider = endToEndId === undefined ? 'bank_transfer' : 'pix';
  return world.command({
    type: 'EnterCredit',
    commandId: `entry-${entries}`,
    merchantId,
    livemode: true,
    paymentId: payment?.id ?? null,
    caseId: null,
    note: 'seen in the app',
    actor: 'Rita',
    now: new Date(world.nowMs).toISOString(),
    credit: {
      provider,
      walletId: provider,
      walletNumber: provider,
      toleranceMinor: 0,
      trxId: endToEndId ?? `BB${100_000 + entries}`,
      amountMinor: 155_700,
      currency: 'BRL',
      senderNumber: payer,
      receivedAt: new Date(world.nowMs).toISOString(),
    },
  });
};

/** How one transfer of Ana's is told of. A Pix names its payment, and so does a person; the others name the payer. */
type Source = 'pix notice' | 'csv' | 'ofx' | 'sms' | 'hand';
const sources: readonly Source[] = ['pix notice', 'csv', 'ofx', 'sms', 'hand'];

/** All words about one transfer, made once so that they can be told again. */
interface Words {
  readonly endToEndId: string;
  readonly pix: Message<PixReceived>;
  readonly sms: Message<MessageReceived>;
}
const wordsOf = (payments: { readonly pix: FakePayment }, withPayer = true): Words => {
  const endToEndId = newEndToEndId();
  const pix = pixNotice({ endToEndId, txid: txidOf(payments.pix.id), payer: withPayer ? ana : null });
  return { endToEndId, pix, sms: bankSms() };
};
const csvLine = '14/08/2026;RECEBIDO;Ana Lima de Souza;529.982.247-25;1.557,00';

const tell = async (source: Source, words: Words, payments: { readonly transfer: FakePayment }): Promise<unknown> => {
  switch (source) {
    case 'pix notice':
      return brazil.takePix(words.pix);
    case 'csv':
      return brazil.import(csvOf(csvLine));
    case 'ofx':
      return brazil.import(ofxOf(['20260814', '1557.00', 'N1', 'RECEBIDO - ANA LIMA DE SOUZA - 529.982.247-25']));
    case 'sms':
      return brazil.takeSms(words.sms);
    case 'hand':
      return enter({ payment: payments.transfer });
  }
};

/** Takes payments' answers until nothing is announced any more; returns what was completed, in order. */
const settleAll = async (...payments: readonly FakePayment[]): Promise<readonly string[]> => {
  const completed: string[] = [];
  for (let heard = 0; ; heard += 1) {
    const fact = (await world.factsOf('credits.matched'))[heard];
    if (fact === undefined) return completed;
    const payment = payments.find(({ id }) => id === fact.paymentId)!;
    if (payment.snapshot.status === 'completed')
      await world.tell(payment.requiresReview(fact.credit.creditId, 'already_paid'));
    else {
      completed.push(payment.id);
      await world.tell(payment.completes(fact.credit.creditId));
    }
  }
};

/** Money is spent, or in an open case, or was put aside for the same money told better. */
const everythingIsVisible = async (): Promise<void> => {
  const { rows } = await world.database.query(
    `SELECT credit_id FROM sms_matching.credits WHERE status NOT IN ('consumed', 'ignored', 'open')
       AND NOT EXISTS (SELECT FROM sms_matching.review_cases cases WHERE cases.credit_id = credits.credit_id
         AND cases.status = 'open')`,
  );
  expect(rows).toEqual([]);
};

const pairs = sources.flatMap((first) =>
  sources.filter((second) => second !== first).map((second) => [first, second] as const),
);

describe('one transfer, while the payer has a Pix and two bank transfers of its sum open', () => {
  const given = async () => ({
    pix: await openPayment('pix'),
    transfer: await openPayment('bank_transfer'),
    later: brazilianPayment('bank_transfer'),
  });

  it.each(pairs)('told of by %s and then by %s completes one payment', async (first, second) => {
    const payments = await given();
    const words = wordsOf(payments);
    await tell(first, words, payments);
    const completed = [...(await settleAll(payments.pix, payments.transfer, payments.later))];
    await world.tell(creationOf(payments.later));
    await tell(second, words, payments);
    completed.push(...(await settleAll(payments.pix, payments.transfer, payments.later)));
    expect([...new Set(completed)]).toHaveLength(1);
    await everythingIsVisible();
  });

  it.each(pairs)(
    'told of by %s and, before payments has answered, by %s completes one payment',
    async (first, second) => {
      const payments = await given();
      const words = wordsOf(payments);
      await tell(first, words, payments);
      await world.tell(creationOf(payments.later));
      await tell(second, words, payments);
      expect(await settleAll(payments.pix, payments.transfer, payments.later)).toHaveLength(1);
      await everythingIsVisible();
    },
  );

  it.each(pairs.filter(([first, second]) => sources.indexOf(first) < sources.indexOf(second)))(
    'told of by %s and %s at one moment completes one payment',
    async (first, second) => {
      const payments = await given();
      const words = wordsOf(payments);
      await Promise.all(
        [first, second, first, second].map((source, index) =>
          source === 'hand' && index > 1 ? undefined : tell(source, words, payments),
        ),
      );
      await world.tell(creationOf(payments.later));
      expect(await settleAll(payments.pix, payments.transfer, payments.later)).toHaveLength(1);
      await everythingIsVisible();
    },
  );

  it.each(sources.filter((source) => source !== 'pix notice'))(
    'whose Pix notice names nobody, told of by %s too, completes one payment in either order',
    async (source) => {
      for (const order of ['notice first', 'notice last']) {
        await world.clear();
        const payments = await given();
        const words = wordsOf(payments, false);
        const steps = [() => brazil.takePix(words.pix), () => tell(source, words, payments)];
        if (order === 'notice last') steps.reverse();
        const completed: string[] = [];
        for (const step of steps) {
          await step();
          completed.push(...(await settleAll(payments.pix, payments.transfer)));
        }
        expect([order, completed.length]).toEqual([order, 1]);
        await everythingIsVisible();
      }
    },
  );

  it('told of by all, in any order and all at once, completes one payment', async () => {
    const payments = await given();
    const words = wordsOf(payments);
    await Promise.all(sources.map((source) => tell(source, words, payments)));
    for (const source of sources.filter((one) => one !== 'hand')) await tell(source, words, payments);
    expect(await settleAll(payments.pix, payments.transfer)).toHaveLength(1);
    await everythingIsVisible();
  });
});

describe('two transfers of one payer, sum and day', () => {
  it('one by code and one by bank, complete two payments from a notice and a statement that lists both', async () => {
    const [pix, transfer] = [await openPayment('pix'), await openPayment('bank_transfer')];
    await brazil.takePix(wordsOf({ pix }).pix);
    await settleAll(pix, transfer);
    const { lines } = await brazil.import(csvOf(csvLine, csvLine));
    expect(lines.map(({ outcome, paymentId }) => [outcome, paymentId])).toEqual([
      ['known', pix.id],
      ['matched', transfer.id],
    ]);
  });

  it('of which one came as TED are two, though the notice names nobody', async () => {
    const [pix, transfer] = [await openPayment('pix'), await openPayment('bank_transfer')];
    await brazil.takePix(wordsOf({ pix }, false).pix);
    await settleAll(pix, transfer);
    const { lines } = await brazil.import(csvOf(csvLine.replace('RECEBIDO', 'TED RECEBIDA')));
    expect(lines).toMatchObject([{ outcome: 'matched', paymentId: transfer.id }]);
  });

  it('of which one was sent after the statement with the other was read are two', async () => {
    const [pix, transfer] = [await openPayment('pix'), await openPayment('bank_transfer')];
    await brazil.import(csvOf(csvLine));
    await settleAll(pix, transfer);
    const { pix: notice } = wordsOf({ pix }, false);
    await brazil.takePix(pixNotice({ ...notice.data, horario: new Date(T0 + 601_000).toISOString() }));
    expect((await world.factsOf('credits.matched')).map(({ paymentId }) => paymentId)).toEqual([transfer.id, pix.id]);
  });
});

describe('a Pix to the bare key', () => {
  it("that a statement names the payer of pays the payer's bank transfer, once", async () => {
    const transfer = await openPayment('bank_transfer');
    await brazil.takePix(pixNotice({ payer: ana }));
    expect(await world.cases('open')).toMatchObject([{ reason: 'missing_txid' }]);
    const { lines } = await brazil.import(csvOf(csvLine));
    expect(lines).toMatchObject([{ outcome: 'known', paymentId: transfer.id }]);
    expect(await settleAll(transfer)).toEqual([transfer.id]);
    expect([await world.count('credits'), await world.cases('open')]).toEqual([1, []]);
  });

  it('whose id the statement prints is the same money, whatever else it says', async () => {
    const [pix, transfer] = [await openPayment('pix'), await openPayment('bank_transfer')];
    const { endToEndId, pix: notice } = wordsOf({ pix }, false);
    await brazil.takePix(notice);
    await settleAll(pix, transfer);
    const { lines } = await brazil.import(csvOf(`14/08/2026;PIX ${endToEndId};Ana Lima de Souza;;1.557,00`));
    expect(lines).toMatchObject([{ outcome: 'known', paymentId: pix.id }]);
  });

  it('that went back is told of, though a statement told of the money first', async () => {
    const transfer = await openPayment('bank_transfer');
    await brazil.import(csvOf(csvLine));
    await settleAll(transfer);
    const notice = pixNotice({ payer: ana });
    await brazil.takePix(notice);
    const devolucao = {
      id: 'd1',
      rtrId: null,
      amountMinor: 155_700,
      status: 'DEVOLVIDO',
      reason: null,
      requestedAt: null,
      settledAt: null,
    };
    const { endToEndId, horario } = notice.data;
    await brazil.takePix(pixNotice({ endToEndId, horario, payer: ana, devolucoes: [devolucao] }));
    expect(await world.factsOf('credits.money-returned')).toMatchObject([{ paymentId: transfer.id, returnId: 'd1' }]);
    expect(await world.count('credits')).toBe(1);
  });
});

describe('money that a person enters', () => {
  it('and that the bank has told of is a case with the payment it was entered for, and pays nothing', async () => {
    const [first, second] = [await openPayment('bank_transfer'), brazilianPayment('bank_transfer')];
    await brazil.import(csvOf(csvLine));
    await settleAll(first);
    await world.tell(creationOf(second));
    expect(await enter({ payment: second })).toMatchObject({
      reason: 'possible_duplicate',
      paymentId: second.id,
      status: 'open',
    });
    expect(await settleAll(first, second)).toEqual([]);
  });

  it('by the id that a statement printed is refused', async () => {
    const endToEndId = newEndToEndId();
    await brazil.import(csvOf(`14/08/2026;PIX ${endToEndId};Ana Lima de Souza;;1.557,00`));
    await expect(enter({ payment: null, endToEndId })).rejects.toMatchObject({ code: 'CREDIT_EXISTS' });
  });
});
