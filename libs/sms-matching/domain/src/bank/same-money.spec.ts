import fc from 'fast-check';
import { identifyMoney, isPixLine, transferIdOf, type BankEvidence, type KnownMoney } from './same-money.js';

const CPF = '52998224725';
const OTHER_CPF = '11144477735';
const ana = { document: CPF, name: 'Ana Lima' };
const nobody = { document: null, name: null };
const E2E = 'E12345678202606121130ABCDEF12345';

const evidence = (parts: Partial<BankEvidence> = {}): BankEvidence => ({
  source: 'ofx',
  account: '0001/1',
  postedOn: '2026-06-12',
  amountMinor: 5_000,
  payer: ana,
  transferId: null,
  bankId: null,
  isPix: null,
  madeAt: null,
  reportedAt: null,
  ...parts,
});
const pix = (parts: Partial<BankEvidence> = {}): BankEvidence =>
  evidence({
    source: 'pix',
    account: null,
    transferId: E2E,
    isPix: true,
    madeAt: '2026-06-12T14:30:00.000Z',
    ...parts,
  });
const money = (...parts: readonly Partial<BankEvidence>[]): KnownMoney => ({
  creditId: 'c1',
  evidence: parts.map((one) => evidence({ source: 'sms', account: null, ...one })),
});
const known = { type: 'known', creditId: 'c1', byId: false };
const doubtful = { type: 'doubtful', creditIds: ['c1'] };
const fresh = { type: 'new' };

describe("a second source's word about a transfer", () => {
  it('is known by day, sum and payer', () =>
    expect(identifyMoney(evidence(), [money({ payer: { document: null, name: 'LIMA ANA' } })])).toEqual(known));
  it('is known by the endToEndId alone, and by no other', () => {
    const other = pix({ payer: nobody, postedOn: '2026-06-14' });
    expect(identifyMoney(evidence({ transferId: E2E }), [{ creditId: 'c1', evidence: [other] }])).toEqual({
      ...known,
      byId: true,
    });
    expect(identifyMoney(pix({ transferId: `${E2E.slice(0, -1)}6` }), [{ creditId: 'c1', evidence: [pix()] }])).toEqual(
      fresh,
    );
  });
  it('tells of other money when the payer, the sum or the account is another', () => {
    expect(identifyMoney(evidence(), [money({ payer: { document: OTHER_CPF, name: null } })])).toEqual(fresh);
    expect(identifyMoney(evidence(), [money({ amountMinor: 5_001 })])).toEqual(fresh);
    expect(identifyMoney(evidence(), [money({ source: 'csv', account: '0001/2' })])).toEqual(fresh);
  });
  it('is doubtful when the day is near or the payer not named', () => {
    expect(identifyMoney(evidence({ postedOn: '2026-06-15' }), [money({})])).toEqual(doubtful);
    expect(identifyMoney(evidence({ postedOn: '2026-06-16' }), [money({})])).toEqual(fresh);
    expect(identifyMoney(evidence({ payer: nobody }), [money({})])).toEqual(doubtful);
  });
  it('tells of other money when it was told more than ten minutes before that was sent', () => {
    const reported = (reportedAt: string): KnownMoney => money({ source: 'csv', payer: nobody, reportedAt });
    expect(identifyMoney(pix(), [reported('2026-06-12T14:20:00.000Z')])).toEqual(doubtful);
    expect(identifyMoney(pix(), [reported('2026-06-12T14:19:59.999Z')])).toEqual(fresh);
    const noticed = { creditId: 'c1', evidence: [pix({ payer: nobody })] };
    expect(identifyMoney(evidence({ reportedAt: '2026-06-12T14:19:59.999Z' }), [noticed])).toEqual(fresh);
  });
  it('tells of other money than a Pix when it came as TED', () => {
    const noticed = { creditId: 'c1', evidence: [pix({ payer: nobody })] };
    expect(identifyMoney(evidence({ isPix: false }), [noticed])).toEqual(fresh);
    expect(identifyMoney(evidence({ isPix: null }), [noticed])).toEqual(doubtful);
  });
});

describe("the same source's word", () => {
  const csv = { source: 'csv', account: null } as const;
  it('about money that the file lists in another line is about other money', () => {
    expect(identifyMoney(evidence(), [{ ...money({}, { source: 'ofx', account: '0001/1' }), isListed: true }])).toEqual(
      fresh,
    );
  });
  it('in other words than before is about the same money, when the file lists that nowhere else', () => {
    expect(identifyMoney(evidence(csv), [money(csv)])).toEqual(known);
    expect(identifyMoney(evidence(csv), [money({ ...csv, payer: nobody })])).toEqual(doubtful);
    expect(identifyMoney(evidence(csv), [money({ ...csv, postedOn: '2026-06-11' })])).toEqual(fresh);
  });
  it('under two ids of the bank is about two transfers, under one about one', () => {
    const reported = (bankId: string): KnownMoney => money({ source: 'ofx', account: '0001/1', bankId, payer: nobody });
    expect(identifyMoney(evidence({ bankId: 'N2' }), [reported('N1')])).toEqual(fresh);
    expect(identifyMoney(evidence({ bankId: 'N1' }), [reported('N1')])).toEqual(known);
  });
  it('with the account named in one upload only is the same', () =>
    expect(identifyMoney(evidence(csv), [money({ source: 'csv', account: '0001/1' })])).toEqual(known));
  it.each(['sms', 'pix', 'hand'] as const)('of %s tells of every transfer once', (source) =>
    expect(identifyMoney(evidence({ source, account: null }), [money({ source })])).toEqual(fresh),
  );
});

it('whoever of two sources speaks first, they are found to be one, doubtful or two alike', () => {
  const anyOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
  const any = fc.record({
    source: anyOf('csv', 'ofx', 'sms', 'pix', 'hand' as const),
    account: anyOf(null, '1'),
    postedOn: anyOf('2026-06-12', '2026-06-13', '2026-06-20'),
    amountMinor: anyOf(5_000, 5_001),
    payer: anyOf<BankEvidence['payer']>(ana, nobody, { document: OTHER_CPF, name: null }),
    transferId: anyOf(null, E2E),
    bankId: anyOf(null, 'N1'),
    isPix: anyOf(null, true, false),
    madeAt: anyOf(null, '2026-06-12T14:30:00.000Z'),
    reportedAt: anyOf(null, '2026-06-12T10:00:00.000Z', '2026-06-13T10:00:00.000Z'),
  }) as fc.Arbitrary<BankEvidence>;
  const said = (one: BankEvidence, other: BankEvidence): string =>
    identifyMoney(one, [{ creditId: 'c1', evidence: [other] }]).type;
  fc.assert(fc.property(any, any, (one, other) => expect(said(one, other)).toBe(said(other, one))));
});

describe('a line', () => {
  const line = (description: string, bankId: string | null = null) => ({ description, bankId });
  it('names the Pix where it prints the endToEndId', () => {
    expect(transferIdOf(line(`PIX RECEBIDO ${E2E.toLowerCase()} ANA`))).toBe(E2E);
    expect(transferIdOf(line('PIX', E2E))).toBe(E2E);
    expect(transferIdOf(line(`X${E2E}`))).toBeNull();
    expect(transferIdOf(line('PIX RECEBIDO ANA LIMA'))).toBeNull();
  });
  it.each([
    ['TED RECEBIDA - ANA LIMA', false],
    ['DOC 341.0001 ANA LIMA', false],
    ['TED/PIX RECEBIDO', null],
    ['PIX RECEBIDO', null],
    ['Benedita Docal', null],
  ])('"%s" speaks against a Pix: %s', (description, isPix) => expect(isPixLine(line(description))).toBe(isPix));
});
