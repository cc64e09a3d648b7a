import { randomBytes } from 'node:crypto';
import type { StatementReading } from '@paymatch/contracts';
import { brazilianPayment, BrazilWorld, cpf, creationOf, csvOf, ofxOf, otherCpf } from '../testing/brazil.js';
import { FakePayment, merchantId, T0, type MatchingWorld } from '../testing/matching-world.js';

let brazil: BrazilWorld;
let world: MatchingWorld;
beforeAll(async () => {
  brazil = await BrazilWorld.create();
  world = brazil.world;
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

/** T0 is 02:10 of 14 August 2026 in Brasília. */
const ana = '14/08/2026;PIX RECEBIDO;Ana Lima de Souza;529.982.247-25;1.557,00';
const named = '14/08/2026;PIX RECEBIDO;SOUZA, ANA LIMA DE;;1.557,00';
const outcomes = (reading: StatementReading) =>
  reading.lines.map(({ line, outcome, reason, paymentId }) => [line, outcome, reason, paymentId]);
const openPayment = async (parts: Partial<FakePayment['snapshot']> = {}): Promise<FakePayment> => {
  const payment = brazilianPayment('bank_transfer', parts);
  await world.tell(creationOf(payment));
  return payment;
};
const payer = (parts: object) => ({
  name: 'Ana Lima de Souza',
  email: 'a@example.com',
  document: cpf,
  documentType: 'cpf' as const,
  branch: null,
  ...parts,
});

describe("a statement's line", () => {
  it.each([
    ['document', ana],
    ['full name, whatever its spelling', named],
    ['masked document with the name', '14/08/2026;PIX RECEBIDO;ana lima de souza;***.982.247-**;1.557,00'],
  ])("pays the one open payment of its sum and its payer's %s", async (_by, row) => {
    const payment = await openPayment();
    const reading = await brazil.import(csvOf(row));
    expect(outcomes(reading)).toEqual([[2, 'matched', null, payment.id]]);
    const [fact, ...others] = await world.factsOf('credits.matched');
    expect(others).toEqual([]);
    expect(fact).toMatchObject({
      paymentId: payment.id,
      decidedBy: null,
      toleranceMinor: 0,
      credit: { provider: 'bank_transfer', amountMinor: 155_700, currency: 'BRL', trxId: null },
    });
    await world.tell(payment.completes(fact!.credit.creditId));
    expect(await world.creditStatuses()).toEqual(['consumed']);
    expect(await world.cases()).toEqual([]);
    expect(Object.values(await world.claimStatuses()).sort()).toEqual(['released', 'won']);
  });

  it.each([
    ['a centavo less', '14/08/2026;x;Ana Lima de Souza;529.982.247-25;1.556,99'],
    ['a centavo more', '14/08/2026;x;Ana Lima de Souza;529.982.247-25;1.557,01'],
    ['another document under the same name', '14/08/2026;x;Ana Lima de Souza;111.444.777-35;1.557,00'],
    ["another's masked document under the same name", '14/08/2026;x;Ana Lima de Souza;***.444.777-**;1.557,00'],
    ['a shortened name', '14/08/2026;x;Ana L de Souza;;1.557,00'],
    ['one word of a name', '14/08/2026;x;Ana;;1.557,00'],
    ['no payer', '14/08/2026;DEP DINHEIRO;;;1.557,00'],
    ['a day before the payment was made', '13/08/2026;x;Ana Lima de Souza;529.982.247-25;1.557,00'],
  ])('with %s is a case', async (_what, row) => {
    await openPayment();
    const [line] = (await brazil.import(csvOf(row))).lines;
    expect(line).toMatchObject({ outcome: 'review', paymentId: null });
    expect(await world.factsOf('credits.matched')).toEqual([]);
    const [found] = await world.cases('open');
    expect(found!.evidence.map(({ sender, body }) => [sender, body])).toEqual([['csv statement', row]]);
  });

  it('that took money out, or is announced for tomorrow, counts nothing; tomorrow it does', async () => {
    const payment = await openPayment();
    const file = csvOf(ana.replace('14/08', '15/08'), '14/08/2026;PIX ENVIADO;Loja;;-1.557,00');
    const reading = await brazil.import(file);
    expect([outcomes(reading), reading.outgoingCount]).toEqual([[[2, 'future', null, null]], 1]);
    expect([await world.count('credits'), await world.count('raw_messages')]).toEqual([0, 0]);
    world.nowMs = T0 + 86_400_000;
    expect(outcomes(await brazil.import(file))).toEqual([[2, 'matched', null, payment.id]]);
  });

  it("is another merchant's or the other mode's", async () => {
    await openPayment();
    await brazil.import(csvOf(ana), { livemode: false });
    await brazil.import(csvOf(ana), { merchantId: '0197a6f0-0000-7000-8000-0000000000ee' });
    expect(await world.factsOf('credits.matched')).toEqual([]);
  });

  it.each([
    ['expires', 'late_money'],
    ['fails', 'late_money'],
  ] as const)("after its payment %s is that payment's to refuse, and then a case", async (end, reason) => {
    const payment = await openPayment();
    await world.tell(payment[end]());
    expect(outcomes(await brazil.import(csvOf(ana)))).toEqual([[2, 'matched', null, payment.id]]);
    const [fact] = await world.factsOf('credits.matched');
    await world.tell(payment.requiresReview(fact!.credit.creditId, reason));
    expect(await world.cases('open')).toMatchObject([{ reason, paymentId: payment.id }]);
    await world.tell(creationOf(brazilianPayment('bank_transfer')));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it("that fits two open payments is a person's to give", async () => {
    const [first] = [await openPayment(), await openPayment()];
    expect(outcomes(await brazil.import(csvOf(ana)))).toEqual([[2, 'review', 'ambiguous_payer', null]]);
    const [found] = await world.cases('open');
    await world.command({
      type: 'AssignCredit',
      commandId: 'op-1',
      merchantId,
      livemode: true,
      caseId: found!.id,
      paymentId: first.id,
      actor: 'Rita',
      now: new Date(T0).toISOString(),
    });
    expect(await world.factsOf('credits.matched')).toMatchObject([{ paymentId: first.id, decidedBy: 'Rita' }]);
  });

  it('pays the one that is left while another transfer is on its way to the first', async () => {
    const first = await openPayment();
    await brazil.import(csvOf(ana));
    const second = await openPayment();
    expect(outcomes(await brazil.import(csvOf(ana, ana)))).toEqual([
      [2, 'known', null, null],
      [3, 'matched', null, second.id],
    ]);
    const [one, two] = await world.factsOf('credits.matched');
    await world.tell(first.completes(one!.credit.creditId), second.completes(two!.credit.creditId));
    expect(await world.creditStatuses()).toEqual(['consumed', 'consumed']);
    expect(await world.factsOf('credits.trx-already-used')).toEqual([]);
  });

  it('meets its payment when the bank was faster than the news of the payment', async () => {
    await brazil.import(csvOf(ana));
    expect(await world.cases('open')).toMatchObject([{ reason: 'unmatched_credit' }]);
    const payment = await openPayment();
    expect(await world.factsOf('credits.matched')).toMatchObject([{ paymentId: payment.id }]);
  });
});

describe('the same money told again', () => {
  it('in the same file, in an overlapping one, and in a race of imports counts once', async () => {
    const payment = await openPayment();
    const file = csvOf(ana, '14/08/2026;PIX RECEBIDO;Bia Costa;111.444.777-35;10,00');
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        brazil.import(index % 2 === 0 ? file : csvOf('13/08/2026;x;Caio Reis;;1,00', ana)),
      ),
    );
    expect(outcomes(await brazil.import(file))).toEqual([
      [2, 'known', null, null],
      [3, 'known', null, null],
    ]);
    expect([await world.count('credits'), (await world.factsOf('credits.matched')).length]).toEqual([3, 1]);
    expect(await world.factsOf('credits.matched')).toMatchObject([{ paymentId: payment.id }]);
  });

  it.each([
    ['with the balance in another row', (row: string) => `${row};`, (row: string) => `${row};9.000,00`],
    ['with other spaces', (row: string) => `${row};`, (row: string) => `${row.replace(/ /g, '   ')} ; `],
    [
      'in other words',
      (row: string) => `${row};`,
      (row: string) => `${row.replace('PIX RECEBIDO', 'TRANSF. PIX QR')};`,
    ],
    [
      'with a document that was not there',
      (row: string) => `${row.replace('529.982.247-25', '')};`,
      (row: string) => `${row};`,
    ],
  ])('in a new export %s counts once', async (_how, first, again) => {
    const exported = (rows: readonly string[]): string =>
      ['Data;Histórico;Nome;CPF/CNPJ;Valor;Saldo', ...rows, ''].join('\n');
    const bia = '14/08/2026;PIX RECEBIDO;Bia Costa;111.444.777-35;1.557,00;';
    const payment = await openPayment();
    await brazil.import(exported([first(ana), bia]));
    await world.tell(payment.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId));
    const next = await openPayment();
    const reading = await brazil.import(exported([bia, again(ana), '13/08/2026;TARIFA;;;-1,00;']));
    expect(reading.lines.map(({ outcome }) => outcome)).toEqual(['known', 'known']);
    expect([await world.count('credits'), await world.factsOf('credits.matched')]).toMatchObject([
      2,
      [{ paymentId: payment.id }],
    ]);
    expect(outcomes(await brazil.import(exported([again(ana), again(ana)])))).toMatchObject([
      [2, 'known', null, null],
      [3, 'matched', null, next.id],
    ]);
  });

  it('with a payer where there was none is a case when the first has been given away', async () => {
    const first = await openPayment();
    await brazil.import(csvOf('14/08/2026;DEPOSITO 1;;;1.557,00'));
    const [found] = await world.cases('open');
    const assign = { commandId: 'op-1', merchantId, livemode: true, actor: 'Rita', now: new Date(T0).toISOString() };
    await world.command({ type: 'AssignCredit', ...assign, caseId: found!.id, paymentId: first.id });
    await openPayment();
    expect(outcomes(await brazil.import(csvOf(ana)))).toMatchObject([
      [2, 'review', 'possible_duplicate', expect.any(String)],
    ]);
  });

  it('as OFX and as CSV counts once, and a second transfer counts', async () => {
    const [first] = [await openPayment()];
    await brazil.import(ofxOf(['20260814', '1557.00', 'N1', 'PIX RECEBIDO - ANA LIMA DE SOUZA - 529.982.247-25']));
    expect(outcomes(await brazil.import(csvOf(ana)))).toEqual([[2, 'known', null, first.id]]);
    const second = await openPayment();
    expect(outcomes(await brazil.import(csvOf(ana, ana)))).toEqual([
      [2, 'known', null, null],
      [3, 'matched', null, second.id],
    ]);
    expect(
      outcomes(
        await brazil.import(
          ofxOf(
            ['20260814', '1557.00', 'N1', 'PIX RECEBIDO - ANA LIMA DE SOUZA - 529.982.247-25'],
            ['20260814', '1557.00', 'N2', 'PIX RECEBIDO - ANA LIMA DE SOUZA - 529.982.247-25'],
          ),
        ),
      ),
    ).toEqual([
      [3, 'known', null, null],
      [4, 'known', null, second.id],
    ]);
    expect(await world.count('credits')).toBe(2);
  });

  it('with the account named in one upload only counts once', async () => {
    const payment = await openPayment();
    const file = csvOf(ana, ana);
    await brazil.import(file, { account: '0001-9' });
    expect(outcomes(await brazil.import(file))).toEqual([
      [2, 'known', null, payment.id],
      [3, 'known', null, null],
    ]);
    expect(await world.count('credits')).toBe(2);
  });

  it("with a bank's id used twice in one file counts once, and says so", async () => {
    const row = ['20260814', '1557.00', 'N1', 'PIX RECEBIDO - ANA LIMA DE SOUZA'] as const;
    const payment = await openPayment();
    expect(outcomes(await brazil.import(ofxOf(row, row)))).toEqual([
      [3, 'matched', null, payment.id],
      [4, 'known', null, null],
    ]);
    expect(await world.count('credits')).toBe(1);
  });

  it("a day later by another source, when it has paid, is a person's to tell apart", async () => {
    const first = await openPayment();
    await brazil.import(ofxOf(['20260814', '1557.00', 'N1', 'TED RECEBIDA - ANA LIMA DE SOUZA']));
    await world.tell(first.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId));
    await openPayment();
    world.nowMs = T0 + 86_400_000;
    expect(outcomes(await brazil.import(csvOf(named.replace('14/08', '15/08'))))).toMatchObject([
      [2, 'review', 'possible_duplicate', expect.any(String)],
    ]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it.each(['bank_x', 'bank_transfer'])(
    "by a person (as %s) before the bank is a person's to tell apart",
    async (provider) => {
      const payment = await openPayment();
      const wallet = { provider, walletId: 'w', walletNumber: '1', toleranceMinor: 0 };
      await world.command({
        type: 'EnterCredit',
        commandId: 'op-1',
        merchantId,
        livemode: true,
        paymentId: payment.id,
        caseId: null,
        note: 'seen in the app',
        actor: 'Rita',
        now: new Date(T0).toISOString(),
        credit: {
          ...wallet,
          trxId: 'BB123456',
          amountMinor: 155_700,
          currency: 'BRL',
          senderNumber: null,
          receivedAt: new Date(T0).toISOString(),
        },
      });
      const [entered] = await world.factsOf('credits.matched');
      await world.tell(payment.completes(entered!.credit.creditId));
      await openPayment();
      expect(outcomes(await brazil.import(csvOf(ana)))).toMatchObject([
        [2, 'review', 'possible_duplicate', expect.any(String)],
      ]);
      expect(await world.factsOf('credits.matched')).toHaveLength(1);
    },
  );
});

describe('a preview', () => {
  it('says what the import then does, and leaves nothing behind', async () => {
    const payment = await openPayment();
    const file = csvOf(ana, '14/08/2026;PIX RECEBIDO;Bia Costa;;10,00', '15/08/2026;x;Caio Reis;;1,00');
    const tables = ['raw_messages', 'credits', 'review_cases', 'bank_evidence', 'outbox'];
    const counts = async () => Promise.all(tables.map((table) => world.count(table)));
    const before = await counts();
    const previewed = await brazil.preview(file);
    expect(await counts()).toEqual(before);
    expect(previewed.isApplied).toBe(false);
    const imported = await brazil.import(file);
    expect({ ...imported, isApplied: false }).toEqual(previewed);
    expect(outcomes(previewed)).toEqual([
      [2, 'matched', null, payment.id],
      [3, 'review', 'unmatched_credit', null],
      [4, 'future', null, null],
    ]);
  });

  it('names the lines that cannot be read; the import is then refused whole', async () => {
    await openPayment();
    const file = csvOf(ana, '99/08/2026;x;Bia Costa;;1,00', '14/08/2026;x;Bia Costa;;um real');
    const reading = await brazil.preview(file);
    expect([reading.faults, reading.lines.length]).toEqual([
      [
        { line: 3, problem: 'bad_date' },
        { line: 4, problem: 'bad_amount' },
      ],
      1,
    ]);
    await expect(brazil.import(file)).rejects.toMatchObject({
      name: 'Refusal',
      code: 'STATEMENT_UNREADABLE',
      details: { faults: reading.faults },
    });
    expect(await world.count('raw_messages')).toBe(0);
  });
});

describe('a statement file', () => {
  it('in Latin-1 is read as it is meant', async () => {
    const payment = await openPayment({ payer: payer({ name: 'João Muñoz Conceição' }) });
    expect(
      outcomes(
        await brazil.import(Buffer.from(csvOf('14/08/2026;PIX RECEBIDO;JOÃO MUÑOZ CONCEIÇÃO;;1.557,00'), 'latin1')),
      ),
    ).toEqual([[2, 'matched', null, payment.id]]);
  });

  it('of a company with letters in its CNPJ pays its payment', async () => {
    const payment = await openPayment({
      payer: payer({ name: 'Acme Ltda', document: '12ABC34501DE35', documentType: 'cnpj' }),
    });
    expect(outcomes(await brazil.import(csvOf('14/08/2026;TED;ACME;12.ABC.345/01DE-35;1.557,00')))).toEqual([
      [2, 'matched', null, payment.id],
    ]);
  });

  it.each([
    ['noise', randomBytes(2_000)],
    ['nothing', Buffer.alloc(0)],
    ['UTF-16', Buffer.from(csvOf(ana), 'utf16le')],
  ])('of %s is refused', async (_what, bytes) =>
    expect(brazil.import(bytes)).rejects.toMatchObject({ code: 'STATEMENT_UNREADABLE' }),
  );

  it('is refused without a name, in another format, or too long', async () => {
    await expect(brazil.import(csvOf(ana), { actor: '' })).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
    await expect(brazil.import(csvOf(ana), { format: 'pdf' as never })).rejects.toMatchObject({
      code: 'INVALID_COMMAND',
    });
    await expect(brazil.import(csvOf(ana), { account: '' })).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
    await expect(brazil.import(csvOf(ana), { content: 'no base64!' })).rejects.toMatchObject({
      code: 'INVALID_COMMAND',
    });
    await expect(brazil.import(Buffer.alloc(1_048_579))).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
  });

  it('of five thousand lines is taken whole', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      `14/08/2026;PIX RECEBIDO;Pessoa Numero ${index};;${index % 50},${String(index % 100).padStart(2, '0')}`.replace(
        /;0,00$/,
        ';1,00',
      ),
    );
    const payment = await openPayment({ payer: payer({ name: 'Pessoa Número 4242' }), amountMinor: 4_242 });
    const reading = await brazil.import(csvOf(...rows));
    expect(reading.lines.filter(({ outcome }) => outcome === 'matched')).toMatchObject([
      { line: 4_244, paymentId: payment.id },
    ]);
    expect(await world.count('credits')).toBe(5_000);
  }, 180_000);

  it("of another payer's document is not this payer's, however alike", async () => {
    await openPayment({ payer: payer({ document: otherCpf }) });
    expect(outcomes(await brazil.import(csvOf(ana)))).toEqual([[2, 'review', 'unmatched_credit', null]]);
  });
});
