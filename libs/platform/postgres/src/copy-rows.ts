import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Sends lines of `copyLine` to `COPY target FROM STDIN`, over one connection, as one statement. */
export async function copyRows(
  client: ClientBase,
  copy: { readonly target: string; readonly rows: readonly string[]; readonly timeoutMs: number },
): Promise<void> {
  const sink = client.query(copyFrom(`COPY ${copy.target} FROM STDIN`));
  await pipeline(Readable.from([Buffer.from(copy.rows.join(''))]), sink, {
    signal: AbortSignal.timeout(copy.timeoutMs),
  });
}

/**
 * One row in the text format of COPY (PostgreSQL's manual, "COPY", Text Format): columns apart by tabs, NULL as `\N`.
 */
export function copyLine(columns: readonly (string | number | boolean | null)[]): string {
  return `${columns.map((value) => (value === null ? '\\N' : escapeText(String(value)))).join('\t')}\n`;
}

function escapeText(value: string): string {
  return /[\\\t\n\r]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : value;
}
