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
    if (entry === String(pid)) ticks += Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
  }
  return ticks * TICK_MICROSECONDS;
}

/** The fields of /proc/<pid>/stat after the name: state, parent, …; `null` when the process ended meanwhile. */
function statOf(pid: string): readonly string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  } catch {
    return null;
  }
}
