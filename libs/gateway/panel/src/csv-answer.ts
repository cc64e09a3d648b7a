import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { validationProblem } from '@paymatch/gateway-edge';

/** What a cell may hold. */
type Cell = string | number | null;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

interface CsvExport<Item> {
  readonly fileName: string;
  readonly columns: readonly string[];
  /** Asked for one after another, so that no more than one page is held. */
  readonly page: (after: string | null) => Promise<Page<Item>>;
  readonly line: (item: Item) => readonly Cell[];
}

/** More than any shop has: an export that goes on for ever is a fault, and ends as one. */
const PAGES_MAX = 20_000;

/**
 * Sends a table as it is read (RFC 4180, UTF-8 with a mark for spreadsheets). The first page is read before anything
 * is sent, so that what is refused is refused as a problem; a fault after that breaks the answer off.
 */
export async function streamCsv<Item>(reply: FastifyReply, table: CsvExport<Item>): Promise<void> {
  const first = await table.page(null);
  const lines = async function* (): AsyncGenerator<string> {
    yield `\ufeff${csvLine(table.columns)}`;
    let page = first;
    for (let count = 1; ; count += 1) {
      if (page.items.length > 0) yield page.items.map((item) => csvLine(table.line(item))).join('');
      if (page.next === null) return;
      if (count === PAGES_MAX) throw new Error(`an export has more than ${PAGES_MAX} pages`);
      page = await table.page(page.next);
    }
  };
  await reply
    .status(200)
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${table.fileName}.csv"`)
    .send(Readable.from(lines()));
}

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula is marked as text (OWASP, CSV Injection). */
function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The name of a time zone; UTC unless said. */
export function readZone(query: Readonly<Record<string, unknown>>): string {
  const { zone = 'UTC' } = query;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone as string }).resolvedOptions().timeZone;
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw validationProblem({ zone: ['Send the name of a time zone, e.g. Asia/Dhaka.'] });
  }
}

/** `2026-06-12 14:30:00` of that zone, which the column's head names. */
export function csvTime(moment: string | null, zone: string): string | null {
  if (moment === null) return null;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    new Date(moment),
  );
}
