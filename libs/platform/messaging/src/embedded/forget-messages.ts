import type { Database } from '@paymatch/platform-postgres';
import { BUS_LOG } from './log-store.js';

const PAGES_A_STEP = 256;

/**
 * Walks through the whole log, some pages a step: messages that name one of these texts go where every group of their
 * topic has taken them. `false`: one was left, for somebody has yet to take it.
 */
export async function forgetMessages(
  database: Database,
  texts: readonly string[],
  kept: { readonly type: string },
): Promise<boolean> {
  if (texts.length === 0) return true;
  const { rows } = await database.query<{ pages: number }>(
    `SELECT ceil(pg_relation_size($1::regclass) / current_setting('block_size')::numeric)::int AS pages`,
    [BUS_LOG],
  );
  const needles = texts.map((text) => Buffer.from(text, 'utf8'));
  let isComplete = true;
  for (let page = 0; page < rows[0]!.pages; page += PAGES_A_STEP) {
    const { rows: found } = await database.query<{ is_taken: boolean }>(
      `WITH named AS MATERIALIZED (
         SELECT l.ctid, NOT EXISTS (
             SELECT FROM bus.reader_checkpoints AS o WHERE o.log = '${BUS_LOG}'
                AND split_part(o.reader, ' ', 2) = l.topic AND (o.xid, o.pos) < (l.xid, l.pos)) AS is_taken
           FROM ${BUS_LOG} l
          WHERE l.ctid >= $1::tid AND l.ctid < $2::tid AND l.headers ->> 'ce_type' IS DISTINCT FROM $4
            AND EXISTS (SELECT FROM unnest($3::bytea[]) AS needle WHERE position(needle IN l.value) > 0)
       ), gone AS (DELETE FROM ${BUS_LOG} WHERE ctid = ANY (ARRAY(SELECT ctid FROM named WHERE is_taken)))
       SELECT is_taken FROM named`,
      [`(${page},0)`, `(${page + PAGES_A_STEP},0)`, needles, kept.type],
    );
    isComplete &&= found.every((row) => row.is_taken);
  }
  return isComplete;
}
