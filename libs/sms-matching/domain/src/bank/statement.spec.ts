import fc from 'fast-check';
import { readCsvStatement } from './csv-statement.js';
import { readOfxStatement } from './ofx-statement.js';
import { lineIdentities } from './same-money.js';
import { decodeStatement, readStatementAmount, readStatementDay, statementLinesMax } from './statement.js';

const CPF = '52998224725';
const short = (statement: ReturnType<typeof readCsvStatement>) =>
  statement.lines.map(({ lineNo, postedOn, amountMinor, payer }) => [
    lineNo,
    postedOn,
    amountMinor,
    payer.document,
    payer.name,
  ]);

describe('a printed sum', () => {
  it.each([
    ['1.234,56', 123_456],
    ['1234,56', 123_456],
    ['1234.56', 123_456],
    ['1,234.56', 123_456],
    ['R$ 1.234,56', 123_456],
    ['-1.234,56', -123_456],
    ['1.234,56-', -123_456],
    ['−10,00', -1_000],
    ['(10,00)', -1_000],
    ['10,00 D', -1_000],
    ['10,00 C', 1_000],
    ['+ 10', 1_000],
    ['10,5', 1_050],
    ['0,01', 1],
    ['0', 0],
    ['1.234', 123_400],
    ['12.345.678,90', 1_234_567_890],
  ])('%s is %i', (text, minor) => expect(readStatementAmount(text)).toBe(minor));
  it.each([
    '1,234',
    '1.23.4',
    '12,345,6',
    '1.234.56',
    '',
    '-',
    'R$',
    'dez',
    '1e3',
    '10,000',
    '-10-',
    '10,00 X',
    '99999999999999,00',
  ])('"%s" is none', (text) => expect(readStatementAmount(text)).toBeNull());
  it('comes back as it was written, in either style', () =>
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }), (minor) => {
        const value = minor / 100;
        expect(readStatementAmount(new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 2 }).format(value))).toBe(
          minor,
        );
        expect(readStatementAmount(value.toFixed(2))).toBe(minor);
      }),
    ));
});

describe('a printed day', () => {
  it.each([
    ['12/06/2026', '2026-06-12'],
    ['12-06-26', '2026-06-12'],
    ['1.6.2026', '2026-06-01'],
    ['2026-06-12', '2026-06-12'],
    ['12/06/2026 14:33', '2026-06-12'],
    ['29/02/2028', '2028-02-29'],
  ])('%s is %s', (text, day) => expect(readStatementDay(text)).toBe(day));
  it.each(['31/06/2026', '29/02/2026', '06/13/2026', '12/06', '', 'SALDO', '12/06/1890', '12/06/20266'])(
    '"%s" is none',
    (text) => expect(readStatementDay(text)).toBeNull(),
  );
});

describe("a bank's CSV", () => {
  it('is read by its headings, below what stands above the table, without balances and empty rows', () => {
    const text = [
      'Extrato Conta Corrente',
      'Conta ;123456-7',
      'Período ;01/06/2026 a 30/06/2026',
      '',
      'Data Lançamento;Histórico;Descrição;Valor;Saldo',
      '12/06/2026;Pix recebido;"ANA ""A."" LIMA; SOUZA";1.557,00;2.000,00',
      '12/06/2026;Pix enviado;LOJA X;-10,00;1.990,00',
      '12/06/2026;SALDO DO DIA;;1.990,00;',
      ';;;;',
      '',
    ].join('\r\n');
    const { lines, faults } = readCsvStatement(text);
    expect(faults).toEqual([]);
    expect(
      lines.map(({ lineNo, postedOn, amountMinor, description, balanceMinor }) => [
        lineNo,
        postedOn,
        amountMinor,
        description,
        balanceMinor,
      ]),
    ).toEqual([
      [6, '2026-06-12', 155_700, 'Pix recebido - ANA "A." LIMA; SOUZA', 200_000],
      [7, '2026-06-12', -1_000, 'Pix enviado - LOJA X', 199_000],
    ]);
  });
  it('with commas, dots and an identifier', () => {
    const text =
      'Data,Valor,Identificador,Descrição\n12/06/2026,1557.00,6669f2a1-0001,Transferência recebida pelo Pix - ANA LIMA - •••.982.247-•• - NU PAGAMENTOS\n';
    expect(short(readCsvStatement(text))).toEqual([[2, '2026-06-12', 155_700, '***982247**', 'ANA LIMA']]);
    expect(readCsvStatement(text).lines[0]!.bankId).toBe('6669f2a1-0001');
  });
  it('with payer, credit and debit in columns of their own', () => {
    const text =
      'DATA;NOME;CPF/CNPJ;CRÉDITO (R$);DÉBITO (R$);SALDO (R$)\n12/06/2026;Ana Lima;529.982.247-25;1.557,00;;1,00\n12/06/2026;Luz;;;35,10;1,00\n';
    expect(short(readCsvStatement(text))).toEqual([
      [2, '2026-06-12', 155_700, CPF, 'Ana Lima'],
      [3, '2026-06-12', -3_510, null, 'Luz'],
    ]);
  });
  it('with the side in a column of its own', () => {
    const text = 'Data;Valor;Tipo;Descrição\n12/06/2026;10,00;D;TARIFA\n12/06/2026;10,00;C;PIX RECEBIDO - ANA LIMA\n';
    expect(readCsvStatement(text).lines.map(({ amountMinor }) => amountMinor)).toEqual([-1_000, 1_000]);
  });
  it('in Latin-1 or UTF-8, with a mark or without', () => {
    const text = 'Data;Descrição;Valor\n12/06/2026;PIX RECEBIDO - JOÃO MUÑOZ;10,00\n';
    for (const bytes of [
      Buffer.from(text, 'utf8'),
      Buffer.from(text, 'latin1'),
      Buffer.from(`\ufeff${text}`, 'utf8'),
    ]) {
      expect(short(readCsvStatement(decodeStatement(bytes)))).toEqual([[2, '2026-06-12', 1_000, null, 'JOÃO MUÑOZ']]);
    }
  });
  it('names every line it cannot read', () => {
    const text =
      'Data;Descrição;Valor\n12/06/2026;a;10,00\n32/06/2026;b;10,00\n12/06/2026;c;dez reais\n12/06/2026;d;1,234\n';
    expect(readCsvStatement(text).faults).toEqual([
      { lineNo: 3, problem: 'bad_date' },
      { lineNo: 4, problem: 'bad_amount' },
      { lineNo: 5, problem: 'bad_amount' },
    ]);
  });
  it.each([
    ['', 'no_header'],
    ['hello', 'no_header'],
    ['Data;Valor\n12/06/2026;"10,00\n', 'broken_quotes'],
    ['D\0ata;Valor\n', 'bad_text'],
  ])('"%s" is refused whole: %s', (text, problem) =>
    expect(readCsvStatement(text)).toMatchObject({ lines: [], faults: [{ problem }] }),
  );
  it('holds no more lines than are read, and one less is read', () => {
    const rows = (count: number): string => `Data;Descrição;Valor\n${'12/06/2026;x;1,00\n'.repeat(count)}`;
    expect(readCsvStatement(rows(statementLinesMax)).lines).toHaveLength(statementLinesMax);
    expect(readCsvStatement(rows(statementLinesMax + 1)).faults).toEqual([
      { lineNo: statementLinesMax, problem: 'too_many_lines' },
    ]);
  });
});

const ofx = (
  movements: string,
  changes: { readonly currency?: string; readonly end?: string } = {},
): string => `OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX>
<BANKMSGSRSV1><STMTTRNRS><STMTRS>
<CURDEF>${changes.currency ?? 'BRL'}
<BANKACCTFROM><BANKID>0341<ACCTID>0001-12345<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
<DTSTART>20260601<DTEND>20260630
${movements}
${changes.end ?? '</BANKTRANLIST><LEDGERBAL><BALAMT>1.00<DTASOF>20260630</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>'}`;
const movement = (fields: string): string => `<STMTTRN>\n${fields}\n</STMTTRN>`;

describe('an OFX statement', () => {
  it('of version 1 is read without closing marks, with its account', () => {
    const text = ofx(
      [
        movement(
          '<TRNTYPE>CREDIT\n<DTPOSTED>20260612120000[-03:EST]\n<TRNAMT>1557.00\n<FITID>N10\n<MEMO>PIX RECEBIDO - ANA &amp; LIMA LTDA',
        ),
        movement('<TRNTYPE>DEBIT\n<DTPOSTED>20260613\n<TRNAMT>-10,50\n<FITID>N11\n<NAME>TARIFA'),
      ].join('\n'),
    );
    const { lines, faults } = readOfxStatement(text);
    expect(faults).toEqual([]);
    expect(
      lines.map(({ lineNo, postedOn, amountMinor, bankId, account, payer }) => [
        lineNo,
        postedOn,
        amountMinor,
        bankId,
        account,
        payer.name,
      ]),
    ).toEqual([
      [13, '2026-06-12', 155_700, 'N10', '0341/0001-12345', 'ANA & LIMA LTDA'],
      [20, '2026-06-13', -1_050, 'N11', '0341/0001-12345', null],
    ]);
    expect(lines[0]!.text).toContain('<FITID>N10');
    expect(lines[0]!.text).not.toContain('N11');
  });
  it('of version 2 is read as XML, also on one line', () => {
    const text =
      '<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX><STMTRS><CURDEF>BRL</CURDEF><ACCTID>1</ACCTID><BANKTRANLIST><STMTTRN><DTPOSTED>20260612</DTPOSTED><TRNAMT>10.00</TRNAMT><FITID>a</FITID><NAME>ANA LIMA</NAME><MEMO>529.982.247-25</MEMO></STMTTRN></BANKTRANLIST></STMTRS></OFX>';
    expect(readOfxStatement(text).lines).toMatchObject([
      { lineNo: 1, amountMinor: 1_000, bankId: 'a', account: '1', payer: { document: CPF, name: 'ANA LIMA' } },
    ]);
  });
  it.each([
    ['2&#0;', '2\ufffd'],
    ['2&#55296;', '2\ufffd'],
    ['2&#9;3', '2 3'],
    ['2&#233;', '2é'],
    ['2&#999999;', '2\u{f423f}'],
  ])('of the account %s has no character that cannot be kept', (account, kept) => {
    const text = `<OFX><STMTRS><CURDEF>BRL</CURDEF><ACCTID>${account}</ACCTID><BANKTRANLIST><STMTTRN><DTPOSTED>20260612</DTPOSTED><TRNAMT>10.00</TRNAMT></STMTTRN></BANKTRANLIST></STMTRS></OFX>`;
    expect(readOfxStatement(text).lines[0]!.account).toBe(kept);
  });
  it('names movements it cannot read, cut ones too', () => {
    const text = ofx(
      [movement('<DTPOSTED>20260231\n<TRNAMT>1.00'), movement('<DTPOSTED>20260612\n<TRNAMT>x')].join('\n'),
      { end: '<STMTTRN><DTPOSTED>20260612<TRN' },
    );
    expect(readOfxStatement(text).faults.map(({ lineNo, problem }) => [lineNo, problem])).toEqual([
      [13, 'bad_date'],
      [17, 'bad_amount'],
      [21, 'bad_amount'],
    ]);
  });
  it('in another currency, of a card, or no OFX at all is refused whole', () => {
    expect(readOfxStatement(ofx('', { currency: 'USD' })).faults).toEqual([{ lineNo: 1, problem: 'not_in_brl' }]);
    expect(
      readOfxStatement(
        '<OFX><CREDITCARDMSGSRSV1><CCSTMTRS><BANKTRANLIST><STMTTRN><DTPOSTED>20260612<TRNAMT>1.00</STMTTRN></OFX>',
      ).faults[0]!.problem,
    ).toBe('not_a_bank_account');
    expect(readOfxStatement('Data;Valor\n').faults[0]!.problem).toBe('not_a_statement');
  });
  it('is answered for any bytes, in bounded time', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = decodeStatement(bytes);
        for (const read of [readOfxStatement, readCsvStatement]) expect(Array.isArray(read(text).faults)).toBe(true);
        expect(Array.isArray(readOfxStatement(`<OFX><STMTTRN><MEMO>${text}`).lines)).toBe(true);
      }),
    );
    const startedAt = performance.now();
    readOfxStatement(`<OFX>${'<STMTTRN>\n<'.repeat(90_000)}`);
    readCsvStatement(`Data;Valor;Descrição\n12/06/2026;1,00;${'PIX '.repeat(2_000)}\n`.repeat(100));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe("a line's identity", () => {
  const csv = (...rows: readonly string[]): readonly string[] =>
    lineIdentities(readCsvStatement(`Data;Descrição;Valor\n${rows.join('\n')}\n`).lines);
  const [a, b] = ['12/06/2026;PIX RECEBIDO - ANA LIMA;50,00', '12/06/2026;PIX RECEBIDO - BIA LIMA;50,00'];
  it('is the same in an overlapping file, and every equal line counts', () => {
    const early = csv(a, b);
    const late = csv('11/06/2026;X Y;1,00', b, a, a);
    expect(early.every((identity) => late.includes(identity))).toBe(true);
    expect(new Set(late).size).toBe(4);
  });
  it.each([
    [
      'balance printed on another row',
      '12/06/2026;PIX RECEBIDO - ANA LIMA;50,00;',
      '12/06/2026;PIX RECEBIDO - ANA LIMA;50,00;99,00',
    ],
    ['spaces', '12/06/2026;PIX RECEBIDO - ANA LIMA;50,00;', '12/06/2026;  PIX  RECEBIDO - ANA   LIMA ;50,00;'],
    [
      'accents, case and signs',
      '12/06/2026;PIX RECEBIDO - JOÃO LIMA;50,00;',
      '12/06/2026;Pix recebido: joao lima;50,00;',
    ],
  ])('is the same with other %s', (_what, one, other) => {
    const withBalance = (row: string): readonly string[] =>
      lineIdentities(readCsvStatement(`Data;Descrição;Valor;Saldo\n${row}\n`).lines);
    expect(withBalance(one)).toEqual(withBalance(other));
  });
  it("with the bank's id does not count, and an id used again for other money is other money", () => {
    const of = (...rows: readonly (readonly [string, string, string])[]): readonly string[] =>
      lineIdentities(
        readOfxStatement(
          ofx(
            rows
              .map(([id, amount, memo]) =>
                movement(`<DTPOSTED>20260612\n<TRNAMT>${amount}\n<FITID>${id}\n<MEMO>${memo}`),
              )
              .join('\n'),
          ),
        ).lines,
      );
    expect(new Set(of(['N1', '5.00', 'PIX ANA LIMA'], ['N1', '5.00', 'PIX ANA LIMA'])).size).toBe(1);
    expect(
      new Set(of(['N1', '5.00', 'PIX ANA LIMA'], ['N1', '6.00', 'PIX ANA LIMA'], ['N1', '5.00', 'PIX BIA LIMA'])).size,
    ).toBe(3);
    expect(new Set(of(['000', '5.00', 'PIX ANA LIMA'], ['000', '5.00', 'PIX ANA LIMA'])).size).toBe(2);
  });
});
