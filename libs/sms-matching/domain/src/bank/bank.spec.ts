import { findDocument, mayBe, readDocument } from './printed-documents.js';
import { isCnpj, isCpf } from '@paymatch/vocabulary';
import { decideBankTransfer, type BankClaim, type BankCredit } from './bank-matching.decider.js';
import { claimKeys, comparePayers, findPayer, normaliseName, payerKey } from './payer.js';

const CPF = '52998224725';
const OTHER_CPF = '11144477735';

describe("a payer's document", () => {
  it('is checked to its last digit', () => {
    expect([isCpf(CPF), isCpf('52998224726'), isCpf('11111111111'), isCpf('5299822472')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([isCnpj('11222333000181'), isCnpj('12ABC34501DE35'), isCnpj('12ABC34501DE36')]).toEqual([true, true, false]);
  });
  it.each([
    ['529.982.247-25', CPF],
    ['52998224725', CPF],
    ['***.982.247-**', '***982247**'],
    ['•••.982.247-••', '***982247**'],
    ['12.abc.345/01de-35', '12ABC34501DE35'],
    ['529.982.247-26', null],
    ['***.***.***-**', null],
    ['12345', null],
    ['', null],
  ])('reads %s as %s', (text, document) => expect(readDocument(text)).toBe(document));
  it('is found in running text and not made of any eleven digits', () => {
    expect(findDocument('PIX ANA LIMA 529.982.247-25 NU').document).toBe(CPF);
    expect(findDocument('TED 52998224725').document).toBe(CPF);
    expect(findDocument('TED 11987654321 341.0001').document).toBeNull();
    expect(findDocument('doc 152998224725').document).toBeNull();
  });
  it('shows by its mask whom it cannot be', () => {
    expect([mayBe('***982247**', CPF), mayBe('***982248**', CPF)]).toEqual([true, false]);
  });
});

describe("a payer's name", () => {
  it.each(['João da Silva', 'JOAO DA SILVA', 'Silva, João da', ' joão  da   SILVA '])('%s is one person', (name) =>
    expect(normaliseName(name)).toBe('DA JOAO SILVA'),
  );
  it.each(['João Silva', 'João da Silva Jr', 'Joana da Silva', 'JOAO DA SILV'])('%s is another', (name) =>
    expect(normaliseName(name)).not.toBe('DA JOAO SILVA'),
  );
  it.each(['Maria', '', ' - ', '李'])('"%s" is nobody\'s full name', (name) => expect(normaliseName(name)).toBeNull());
  it.each([
    [
      'Transferência recebida pelo Pix - ANA LIMA SOUZA - •••.982.247-•• - NU PAGAMENTOS (0260) Agência: 1 Conta: 123-4',
      'ANA LIMA SOUZA',
      '***982247**',
    ],
    ['PIX RECEBIDO - ANA LIMA', 'ANA LIMA', null],
    ['Pix recebido de Ana Lima', 'Ana Lima', null],
    ['TED RECEBIDA 341.0001.12345 ANA LIMA CPF 529.982.247-25', 'ANA LIMA', CPF],
    ['Demo Silva CPF *.111.222-', 'Demo Silva', null],
    ['Demo Silva, CPF XXX.111.222-XX', 'Demo Silva', '***111222**'],
    ['TED-RECEBIDA ANA LIMA', 'ANA LIMA', null],
    ['Pix recebido: "Cp :60701190-ANA LIMA"', null, null],
    ['RENDIMENTO', null, null],
  ])('of "%s" is %s', (description, name, document) => expect(findPayer(description)).toEqual({ name, document }));
});

describe('what a payer is known by', () => {
  it('is the document when it is whole, and the full name otherwise', () => {
    expect(payerKey({ document: CPF, name: 'x' })).toBe(`document ${CPF}`);
    expect(payerKey({ document: '***982247**', name: 'Ana Lima' })).toBe('name ANA LIMA');
    expect(payerKey({ document: null, name: 'Ana' })).toBeNull();
    expect(claimKeys({ document: CPF, name: 'Ana Lima' })).toEqual([`document ${CPF}`, 'name ANA LIMA']);
  });
  it('makes two words about one person the same, different or neither', () => {
    const ana = { document: CPF, name: 'Ana Lima' };
    expect(comparePayers(ana, { document: CPF, name: 'Other Name' })).toBe('same');
    expect(comparePayers(ana, { document: OTHER_CPF, name: 'Ana Lima' })).toBe('different');
    expect(comparePayers(ana, { document: null, name: 'LIMA ANÁ' })).toBe('same');
    expect(comparePayers(ana, { document: '***982247**', name: 'ana lima' })).toBe('same');
    expect(comparePayers(ana, { document: '***000000**', name: 'ana lima' })).toBe('different');
    expect(comparePayers(ana, { document: null, name: 'Ana' })).toBe('unknown');
    expect(comparePayers(ana, { document: null, name: null })).toBe('unknown');
  });
});

describe('money whose payer is known', () => {
  const claim = (parts: Partial<BankClaim> = {}): BankClaim => ({
    paymentId: 'p1',
    amountMinor: 155_700,
    currency: 'BRL',
    document: CPF,
    createdAt: '2026-06-12T15:00:00.000Z',
    isOpen: true,
    ...parts,
  });
  const credit = (parts: Partial<BankCredit> = {}): BankCredit => ({
    amountMinor: 155_700,
    currency: 'BRL',
    document: CPF,
    arrivedBy: '2026-06-13T02:59:59.999Z',
    ...parts,
  });
  it("is its one open payment's", () =>
    expect(decideBankTransfer(credit(), [claim()])).toEqual({ type: 'match', paymentId: 'p1' }));
  it.each([155_699, 155_701])("of %i centavos is not the payment's of 155700", (amountMinor) =>
    expect(decideBankTransfer(credit({ amountMinor }), [claim()])).toEqual({ type: 'wait' }),
  );
  it("is nobody's in another currency, with another document or another's mask", () => {
    expect(decideBankTransfer(credit({ currency: 'USD' }), [claim()])).toEqual({ type: 'wait' });
    expect(decideBankTransfer(credit({ document: OTHER_CPF }), [claim()])).toEqual({ type: 'wait' });
    expect(decideBankTransfer(credit({ document: '***444777**' }), [claim()])).toEqual({ type: 'wait' });
    expect(decideBankTransfer(credit({ document: '***982247**' }), [claim()])).toEqual({
      type: 'match',
      paymentId: 'p1',
    });
    expect(decideBankTransfer(credit({ document: null }), [claim()])).toEqual({ type: 'match', paymentId: 'p1' });
  });
  it("is a person's to give where two open payments fit", () =>
    expect(decideBankTransfer(credit(), [claim(), claim({ paymentId: 'p2' })])).toEqual({
      type: 'review',
      reason: 'ambiguous_payer',
    }));
  it("is the open payment's beside a closed one, and the closed one's to answer where none is open", () => {
    expect(decideBankTransfer(credit(), [claim({ isOpen: false }), claim({ paymentId: 'p2' })])).toEqual({
      type: 'match',
      paymentId: 'p2',
    });
    expect(decideBankTransfer(credit(), [claim({ isOpen: false })])).toEqual({ type: 'match', paymentId: 'p1' });
    expect(decideBankTransfer(credit(), [claim({ isOpen: false }), claim({ paymentId: 'p2', isOpen: false })])).toEqual(
      { type: 'wait' },
    );
    expect(decideBankTransfer(credit({ arrivedBy: '2026-06-19T15:00:00.000Z' }), [claim({ isOpen: false })])).toEqual({
      type: 'match',
      paymentId: 'p1',
    });
    expect(decideBankTransfer(credit({ arrivedBy: '2026-06-19T15:00:00.001Z' }), [claim({ isOpen: false })])).toEqual({
      type: 'wait',
    });
    expect(decideBankTransfer(credit({ arrivedBy: '2026-06-19T15:00:00.001Z' }), [claim()])).toEqual({
      type: 'match',
      paymentId: 'p1',
    });
  });
  it('came before the payment when more than ten minutes say so', () => {
    expect(decideBankTransfer(credit({ arrivedBy: '2026-06-12T14:50:00.000Z' }), [claim()]).type).toBe('match');
    expect(decideBankTransfer(credit({ arrivedBy: '2026-06-12T14:49:59.999Z' }), [claim()]).type).toBe('wait');
    expect(decideBankTransfer(credit({ arrivedBy: 'nonsense' }), [claim()]).type).toBe('wait');
  });
});
