import type { PaymentEventData, PaymentSnapshot } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import { decodeEvent } from './payment-event.codec.js';
import { evolveSnapshot, publishedFact } from './payment.snapshot.js';

const EVENTS_READ_MAX = 5_000;

/** One payment as all its events leave it, and the facts of its refunds, each with the payment as it stood after it. */
export interface PaymentHistory {
  readonly payment: PaymentSnapshot;
  readonly refunds: readonly PaymentEventData[];
}

/** How far a reading of all histories has come. */
export interface HistoriesRead {
  readonly histories: readonly PaymentHistory[];
  /** Events read since the start, these included. */
  readonly eventCount: number;
}

interface Row {
  readonly stream_id: string;
  readonly stream_version: number;
  readonly message_id: string;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
}

/**
 * Every payment there is, once, in the order of ids, some at a time: for read models that are made anew. What happens
 * to a payment after its page was read is not told; whoever reads must hear of that in another way.
 */
export async function* allPaymentHistories(database: Database): AsyncGenerator<HistoriesRead> {
  let open: { payment: PaymentSnapshot; refunds: PaymentEventData[] } | null = null;
  let eventCount = 0;
  for (let next = page(database, null); ;) {
    const rows: readonly Row[] = await next;
    const last = rows.at(-1);
    if (last === undefined) break;
    // The server looks for the next page while this one is folded.
    next = page(database, last);
    next.catch(() => undefined);
    eventCount += rows.length;
    const histories: PaymentHistory[] = [];
    for (const row of rows) {
      const isSame: boolean = open?.payment.id === row.stream_id;
      if (open !== null && !isSame) histories.push(open);
      open = after(isSame ? open : null, row);
    }
    yield { histories, eventCount };
  }
  if (open !== null) yield { histories: [open], eventCount };
}

async function page(database: Database, after: Row | null): Promise<readonly Row[]> {
  const { rows } = await database.query<Row & Record<string, unknown>>({
    name: `payment histories${after === null ? '' : ' after'}`,
    text: `SELECT stream_id, stream_version, message_id, type, version, data FROM payments.events
           ${after === null ? '' : 'WHERE (stream_id, stream_version) > ($2, $3)'} ORDER BY stream_id, stream_version
             LIMIT $1`,
    values: after === null ? [EVENTS_READ_MAX] : [EVENTS_READ_MAX, after.stream_id, after.stream_version],
  });
  return rows;
}

function after(
  open: { readonly payment: PaymentSnapshot; readonly refunds: PaymentEventData[] } | null,
  row: Row,
): { payment: PaymentSnapshot; refunds: PaymentEventData[] } {
  const place = { streamId: row.stream_id, streamVersion: row.stream_version };
  const event = decodeEvent({
    ...place,
    messageId: row.message_id,
    type: row.type,
    version: row.version,
    data: row.data,
  });
  const payment = evolveSnapshot(open?.payment ?? null, event, { id: row.stream_id, version: row.stream_version });
  const refunds = open?.refunds ?? [];
  if (event.type === 'RefundRecorded') refunds.push(publishedFact(event, payment, row.message_id));
  return { payment, refunds };
}
