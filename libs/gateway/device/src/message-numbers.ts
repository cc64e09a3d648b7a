import type { NumberRange } from '@paymatch/gateway-receiving';

export interface NumbersRead {
  readonly lastSeq: number | null;
  /** Numbers that were passed over. */
  readonly missing: readonly NumberRange[];
}

/** No phone loses that many messages between two others: its numbers began anew somewhere higher. */
export const renumberedBeyond = 10_000;

/**
 * Which numbers a phone passed over, given the highest one known before (`null` = none yet) and those of one upload in
 * any order. Numbers at or below the highest are repeats or fill an earlier gap; neither opens one.
 */
export function readNumbers(lastSeq: number | null, seqs: readonly number[]): NumbersRead {
  const missing: NumberRange[] = [];
  let last = lastSeq;
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    if (last !== null && seq <= last) continue;
    const passedOver = last === null ? 0 : seq - last - 1;
    if (passedOver > 0 && passedOver <= renumberedBeyond) missing.push({ from: last! + 1, to: seq - 1 });
    last = seq;
  }
  return { lastSeq: last, missing };
}

/** The ranges as PostgreSQL reads them (`int8multirange`). */
export function multirange(ranges: readonly NumberRange[]): string {
  return `{${ranges.map(({ from, to }) => `[${from},${to}]`).join(',')}}`;
}
