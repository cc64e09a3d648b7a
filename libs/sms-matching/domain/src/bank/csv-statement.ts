import { CsvError, parse } from 'csv-parse/sync';
import { readDocument } from './printed-documents.js';
import { findPayer, type Payer } from './payer.js';
import {
  hasBadText,
  onlyFault,
  readStatementAmount,
  readStatementDay,
  statementLinesMax,
  type Statement,
  type StatementFault,
  type StatementLine,
} from './statement.js';

type Role =
  'date' | 'amount' | 'credit' | 'debit' | 'side' | 'description' | 'name' | 'document' | 'bankId' | 'balance';

/** What banks head their columns with, without accents, case and signs. */
const HEADS: Readonly<Record<Role, readonly string[]>> = {
  date: [
    'data',
    'date',
    'dt',
    'data lancamento',
    'data do lancamento',
    'data movimento',
    'data mov',
    'data movimentacao',
    'data transacao',
    'data da transacao',
    'data hora',
    'data contabil',
  ],
  amount: ['valor', 'amount', 'value', 'quantia', 'valor r', 'valor brl', 'valor da transacao', 'valor lancamento'],
  credit: ['credito', 'credito r', 'entrada', 'entradas', 'entrada r', 'entradas r', 'valor credito', 'credit'],
  debit: ['debito', 'debito r', 'saida', 'saidas', 'saida r', 'saidas r', 'valor debito', 'debit'],
  side: [
    'tipo',
    'natureza',
    'd c',
    'c d',
    'dc',
    'cd',
    'debito credito',
    'credito debito',
    'tipo lancamento',
    'entrada saida',
  ],
  description: [
    'descricao',
    'historico',
    'lancamento',
    'lancamentos',
    'description',
    'memo',
    'detalhes',
    'detalhe',
    'titulo',
    'complemento',
    'descricao do lancamento',
    'historico descricao',
    'observacao',
  ],
  name: [
    'nome',
    'pagador',
    'remetente',
    'nome do pagador',
    'nome pagador',
    'nome remetente',
    'nome do remetente',
    'contraparte',
    'razao social',
    'payer',
    'origem destino',
    'nome contraparte',
  ],
  document: [
    'cpf cnpj',
    'cpf',
    'cnpj',
    'cpf ou cnpj',
    'documento do pagador',
    'documento pagador',
    'cpf cnpj do pagador',
    'cpf cnpj pagador',
    'cpf cnpj remetente',
    'cpf cnpj do remetente',
    'payer document',
  ],
  bankId: [
    'identificador',
    'id',
    'fitid',
    'id transacao',
    'id da transacao',
    'codigo da transacao',
    'id end to end',
    'end to end id',
    'endtoendid',
  ],
  balance: ['saldo', 'saldo r', 'balance', 'saldo apos', 'saldo do dia'],
};
const ROLE_BY_HEAD = new Map(
  Object.entries(HEADS).flatMap(([role, heads]) => heads.map((head) => [head, role as Role] as const)),
);
const DELIMITERS = [';', ',', '\t'] as const;
/** Banks put the account's name, the period and the balance above the table. */
const PREAMBLE_RECORDS_MAX = 30;
const RECORD_LENGTH_MAX = 10_000;

interface CsvRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}
interface Layout {
  readonly delimiter: string;
  readonly headerIndex: number;
  readonly columns: Columns;
}
type Columns = ReadonlyMap<Role, readonly number[]>;

/** Reads a bank's CSV by its headings; separators, preambles and number formats as Brazilian banks write them. */
export function readCsvStatement(text: string): Statement {
  if (hasBadText(text)) return onlyFault('bad_text');
  const layout = findLayout(text);
  if ('problem' in layout) return { lines: [], faults: [layout] };
  const parsed = parseRecords(text, {
    delimiter: layout.delimiter,
    recordsMax: layout.headerIndex + statementLinesMax + 2,
  });
  if ('brokenAt' in parsed) return onlyFault('broken_quotes', parsed.brokenAt);
  const records = parsed.records.slice(layout.headerIndex + 1);
  if (records.length > statementLinesMax) return onlyFault('too_many_lines', statementLinesMax);
  const lines: StatementLine[] = [];
  const faults: StatementFault[] = [];
  for (const record of records) {
    const read = readRecord(record, layout.columns);
    if (read === null) continue;
    if ('problem' in read) faults.push(read);
    else lines.push(read);
  }
  return { lines, faults };
}

function findLayout(text: string): Layout | StatementFault {
  let fault: StatementFault = { lineNo: 1, problem: 'no_header' };
  for (const delimiter of DELIMITERS) {
    const head = parseRecords(text, { delimiter, recordsMax: PREAMBLE_RECORDS_MAX });
    if ('brokenAt' in head) {
      fault = { lineNo: head.brokenAt, problem: 'broken_quotes' };
      continue;
    }
    for (const [headerIndex, { record }] of head.records.entries()) {
      const columns = columnsOf(record);
      if (columns.has('date') && (columns.has('amount') || columns.has('credit')))
        return { delimiter, headerIndex, columns };
    }
  }
  return fault;
}

function columnsOf(heads: readonly string[]): Columns {
  const columns = new Map<Role, number[]>();
  for (const [index, head] of heads.entries()) {
    const role = ROLE_BY_HEAD.get(
      head
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[^a-z]+/g, ' ')
        .trim(),
    );
    if (role !== undefined) columns.set(role, [...(columns.get(role) ?? []), index]);
  }
  return columns;
}

function parseRecords(
  text: string,
  options: { readonly delimiter: string; readonly recordsMax: number },
): { readonly records: readonly CsvRecord[] } | { readonly brokenAt: number } {
  try {
    const records = parse(text, {
      delimiter: options.delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      info: true,
      raw: true,
      to: options.recordsMax,
      max_record_size: RECORD_LENGTH_MAX,
    }) as unknown as readonly CsvRecord[];
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { readonly lines?: unknown };
    return { brokenAt: typeof lines === 'number' ? lines : 1 };
  }
}

/** One row; `null` for rows that tell of no movement: empty ones, running balances, totals. */
function readRecord({ record, raw, info }: CsvRecord, columns: Columns): StatementLine | StatementFault | null {
  const text = raw.replace(/[\r\n]+$/, '');
  const lineNo = info.lines - (text.match(/\n/g)?.length ?? 0);
  const cells = (role: Role): string[] =>
    (columns.get(role) ?? []).map((index) => (record[index] ?? '').trim()).filter((cell) => cell !== '');
  const description = cells('description').join(' - ');
  const [date = ''] = cells('date');
  const printed = readSum(cells);
  if (
    printed === 'none' ||
    (date === '' && description === '') ||
    /^saldo\b/i.test(description) ||
    /^saldo\b/i.test(date)
  )
    return null;
  const postedOn = readStatementDay(date);
  if (postedOn === null) return { lineNo, problem: 'bad_date' };
  if (printed === 'bad') return { lineNo, problem: 'bad_amount' };
  const balance = cells('balance')[0];
  return {
    lineNo,
    text,
    postedOn,
    amountMinor: printed,
    description,
    payer: payerOf(cells, description),
    bankId: cells('bankId')[0] ?? null,
    balanceMinor: balance === undefined ? null : readStatementAmount(balance),
    account: null,
  };
}

function readSum(cells: (role: Role) => string[]): number | 'none' | 'bad' {
  const [amount] = cells('amount');
  if (amount !== undefined) {
    const minor = readStatementAmount(amount);
    if (minor === null) return 'bad';
    const [side = ''] = cells('side');
    return /^(?:d|deb|débito|debito|saída|saida)\b/i.test(side) ? -Math.abs(minor) : minor;
  }
  const [credit, debit] = [cells('credit')[0], cells('debit')[0]].map((cell) =>
    cell === undefined ? 0 : readStatementAmount(cell),
  );
  if (credit === null || debit === null) return 'bad';
  const total = Math.abs(credit!) - Math.abs(debit!);
  return cells('credit').length + cells('debit').length === 0 ? 'none' : total;
}

/** Columns of their own are plainer than running text. */
function payerOf(cells: (role: Role) => string[], description: string): Payer {
  const found = findPayer(description);
  const [name = found.name] = cells('name');
  const [document] = cells('document');
  return { name, document: (document === undefined ? null : readDocument(document)) ?? found.document };
}
