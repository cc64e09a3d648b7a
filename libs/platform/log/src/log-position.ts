/** A place in a log: the writing transaction's id, then the row's own number. Both are needed (see `LogReader`). */
export interface LogPosition {
  /** xid8 as decimal text: the number has 64 bits, which a double cannot hold. */
  readonly xid: string;
  readonly pos: number;
}

/** Before the first row of any log. */
export const LOG_START: LogPosition = { xid: '0', pos: 0 };

/** Below zero when `a` comes before `b`: transactions first, then rows. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
  if (a.xid !== b.xid) return a.xid.length - b.xid.length || (a.xid < b.xid ? -1 : 1);
  return a.pos - b.pos;
}
