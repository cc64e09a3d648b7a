import {
  byteaArray,
  int4Array,
  jsonArray,
  textArray,
  timestamptzArray,
  uuidArray,
  type SqlRunner,
} from '@paymatch/platform-postgres';
import type { FinishedAttempt } from './recorded-attempt.js';

export interface Finished {
  /** Deliveries that were still under the caller's lease. */
  readonly finishedIds: ReadonlySet<string>;
  /** Others that became due by it. */
  readonly releasedCount: number;
}

/**
 * Writes down attempts that were delivered and all that follows, in one statement. `null`, and nothing written: one of
 * the receivers has failed lately, so that its health has to be judged first; `isJudged`: the caller does, and holds
 * the locks.
 */
export async function finishDelivered(
  runner: SqlRunner,
  attempts: readonly FinishedAttempt[],
  { nowMs, isJudged }: { readonly nowMs: number; readonly isJudged: boolean },
): Promise<Finished | null> {
  const { rows } = await runner.query<{ delivery_id: string; is_finished: boolean; released: number }>({
    name: 'webhook-attempts-delivered',
    text: 'SELECT * FROM webhook_dispatch.finish_delivered($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values: [
      uuidArray(attempts.map(({ delivery }) => delivery.id)),
      uuidArray(attempts.map(({ delivery }) => delivery.leaseId)),
      textArray(attempts.map(({ delivery }) => delivery.receiver)),
      uuidArray(attempts.map(({ delivery }) => delivery.paymentId)),
      timestamptzArray(attempts.map(({ startedAtMs }) => new Date(startedAtMs).toISOString())),
      textArray(attempts.map(({ delivery }) => delivery.url)),
      int4Array(attempts.map(httpStatusOf)),
      int4Array(attempts.map(({ durationMs }) => Math.round(durationMs))),
      jsonArray(attempts.map(({ requestHeaders }) => requestHeaders ?? null)),
      byteaArray(attempts.map(({ answer }) => (answer === undefined ? null : Buffer.from(answer, 'utf8')))),
      new Date(nowMs),
      isJudged,
    ],
  });
  const [first] = rows;
  if (first === undefined) return null;
  return {
    finishedIds: new Set(rows.filter(({ is_finished: isFinished }) => isFinished).map((row) => row.delivery_id)),
    releasedCount: first.released,
  };
}

function httpStatusOf({ delivery, result }: FinishedAttempt): number {
  if (result.kind !== 'answered') throw new Error(`delivery ${delivery.id} was delivered without an answer`);
  return result.httpStatus;
}
