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

/** Processor time so far of one process by itself, and of everything it has started, in microseconds; `null` where there is no /proc. */
export function treeMicroseconds(pid: number): { readonly own: number; readonly started: number } | null {
  if (process.platform !== 'linux') return null;
  const stats = new Map(
    readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .flatMap((entry) => {
        const fields = statOf(entry);
        return fields === null
          ? []
          : [
              [
                Number(entry),
                {
                  parent: Number(fields[1]),
                  ticks: Number(fields[11]) + Number(fields[12]),
                  ended: Number(fields[13]) + Number(fields[14]),
                },
              ] as const,
            ];
      }),
  );
  const isBelow = (each: number): boolean => {
    const parent = stats.get(each)?.parent;
    return parent === pid || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  const started = [...stats]
    .filter(([each]) => isBelow(each))
    .reduce((sum, [, { ticks, ended }]) => sum + ticks + ended, 0);
  const own = stats.get(pid);
  return own === undefined
    ? null
    : { own: own.ticks * TICK_MICROSECONDS, started: (started + own.ended) * TICK_MICROSECONDS };
}
