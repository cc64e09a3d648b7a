import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second (USER_HZ, proc(5)). */
const TICK_MICROSECONDS = 10_000;

/**
 * Processor time of a server's processes so far, in microseconds; `null` where there is no /proc. Processes that ended
 * count with their parent. On a busy machine this says more than throughput: work waits, but it does not grow.
 */
export function serverMicroseconds(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  let ticks = 0;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = statOf(entry);
    if (fields === null) continue;
    if (fields[1] === String(pid)) ticks += Number(fields[11]) + Number(fields[12]);
    if (entry === String(pid))
      ticks += Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
  }
  return ticks * TICK_MICROSECONDS;
}

/** The fields of /proc/<pid>/stat after the name: state, parent, …; `null` when the process ended meanwhile. */
function statOf(pid: string): readonly string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return null;
  }
}

export interface TreeTime {
  readonly node: number;
  readonly postgres: number;
}

/**
 * Processor time so far of a process and everything below it, in microseconds: PostgreSQL (a server and its backends,
 * ended ones with it) apart from the rest. `null` where there is no /proc.
 */
export function treeMicroseconds(pid: number): TreeTime | null {
  if (process.platform !== 'linux') return null;
  const total = { node: 0, postgres: 0 };
  for (const each of treeOf(pid)) {
    const fields = statOf(String(each));
    if (fields === null) continue;
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    total[isPostgres(each) ? 'postgres' : 'node'] += ticks * TICK_MICROSECONDS;
  }
  return total;
}

/** The process that does the work of an `npm start`: whoever started PostgreSQL. */
export function serverPidOf(pid: number): number {
  const owner = treeOf(pid).find((each) => isPostgres(each) && !isPostgres(parentOf(each)));
  if (owner === undefined) throw new Error(`process ${pid} has started no PostgreSQL`);
  return parentOf(owner);
}

/** A process and everything below it. */
function treeOf(pid: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .map((entry) => [Number(entry), parentOf(Number(entry))]),
  );
  const isBelow = (each: number): boolean => {
    const parent = parents.get(each);
    return parent === pid || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [pid, ...[...parents.keys()].filter(isBelow)];
}

function parentOf(pid: number): number {
  return Number(statOf(String(pid))?.[1] ?? 0);
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false; // It ended meanwhile: its time is its parent's now.
  }
}
