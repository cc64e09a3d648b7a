import { countsUpwards, judgeBalance, judgeCounter, type HistoryEntry } from './message-history.js';

/** Money that moved on one wallet, as one or more messages told of it. */
export interface Movement extends HistoryEntry {
  /** The same for every message about this one event. */
  readonly key: string;
}

export type ChainDoubt = 'balance_contradicted' | 'counter_contradicted';

/** How many neighbours on either side a verdict may rest on, and so how many must be at hand. */
export const chainNeighboursMax = 8;

/** Ids are given out when a transfer begins and printed when it ends: those of nearly the same moment prove nothing. */
const COUNTER_APART_MIN_MS = 5 * 60_000;
/** So many ids must count upwards among themselves before they may speak against another: fewer may do so by chance. */
const COUNTER_WITNESSES_MIN = 8;

/**
 * Holds the new movements of one wallet against those around them, and each one that was last before a new one against
 * that one. `around` holds the new ones too; what is not doubted is not proven either. Printed times have minutes:
 * movements of one minute have no order, and say nothing about each other.
 */
export function judgeMovements(
  provider: string,
  around: readonly Movement[],
  fresh: readonly Movement[],
): ReadonlyMap<string, ChainDoubt> {
  const moments = byMoment(around);
  const counted = countsUpwards(provider)
    ? around.map((movement) => ({ movement, ms: Date.parse(movement.atUtc) }))
    : [];
  const doubts = new Map<string, ChainDoubt>();
  for (const movement of fresh) {
    const at = moments.findIndex(([moment]) => moment === movement.atUtc);
    for (const [suspect, place] of [
      [movement, at],
      [alone(moments[at - 1]), at - 1],
    ] as const) {
      if (suspect !== null && alone(moments[place]) !== null && isContradicted(moments, suspect, place))
        doubts.set(suspect.key, 'balance_contradicted');
    }
    if (!doubts.has(movement.key) && isOutOfOrder(provider, movement, counted))
      doubts.set(movement.key, 'counter_contradicted');
  }
  return doubts;
}

type Moment = readonly [string, readonly Movement[]];

function byMoment(movements: readonly Movement[]): readonly Moment[] {
  const moments = new Map<string, Map<string, Movement>>();
  for (const movement of movements) {
    const known = moments.get(movement.atUtc) ?? new Map<string, Movement>();
    moments.set(movement.atUtc, known.set(movement.key, movement));
  }
  return [...moments]
    .map(([moment, known]): Moment => [moment, [...known.values()]])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The one movement of a moment, where there is but one. */
function alone(moment: Moment | undefined): Movement | null {
  return moment?.[1].length === 1 ? moment[1][0]! : null;
}

function isContradicted(moments: readonly Moment[], suspect: Movement, place: number): boolean {
  return judgeBalance(alone(moments[place - 1]), suspect, alone(moments[place + 1])) === 'contradicted';
}

function isOutOfOrder(
  provider: string,
  suspect: Movement,
  around: readonly { readonly movement: Movement; readonly ms: number }[],
): boolean {
  const suspectMs = Date.parse(suspect.atUtc);
  const apart = around
    .filter(
      ({ movement, ms }) =>
        Math.abs(ms - suspectMs) >= COUNTER_APART_MIN_MS && movement.trxId?.length === suspect.trxId?.length,
    )
    .map(({ movement }) => movement);
  if (apart.length < COUNTER_WITNESSES_MIN || judgeCounter(provider, suspect, apart) !== 'out_of_order') return false;
  return apart.every((witness) => judgeCounter(provider, witness, apart) === 'in_order');
}
