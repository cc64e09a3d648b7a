import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOptions } from './bench-options.js';
import { serverPidOf, treeMicroseconds } from './processor-time.js';
import type { Report, Target } from './report.js';
import { withCluster, withDataDir, withStandaloneIn } from './running-system.js';

const SERVICES = ['api-gateway', 'payments', 'sms-matching', 'webhook-dispatch'];
const SETTLE_MS = 5_000;
const IDLE_MS = 20_000;
const IDLE_QUICK_MS = 5_000;
const KILOBYTES_A_MEGABYTE = 1_024;

interface Idle {
  readonly name: string;
  /** Of one core. */
  readonly processorPercent: number;
  readonly megabytes: number;
}

/**
 * How long a built system takes from nothing to its first answer (with a new database, and with one that is there), and
 * what it costs while nobody asks anything of it: processor and memory of each Node process, in one process and in the
 * cluster.
 */
export async function run({ isQuick, progress }: RunOptions): Promise<Report> {
  const idleMs = isQuick ? IDLE_QUICK_MS : IDLE_MS;
  progress('one process');
  const alone = await startAlone(idleMs);
  progress('cluster');
  const services = await withCluster({}, async ({ instances }) => {
    await sleep(SETTLE_MS);
    return idle(
      instances.flatMap(({ service, pid }) => (SERVICES.includes(service) ? [{ name: service, pid: pid! }] : [])),
      idleMs,
    );
  });
  const all = [...alone.idle, ...services];
  return {
    lines: [
      `one process, built: up after ${alone.firstSeconds.toFixed(1)} s with a new database, ` +
        `${alone.againSeconds.toFixed(1)} s with one that is there`,
      ...all.map(
        ({ name, processorPercent, megabytes }) =>
          `${name.padEnd(18)} idle ${processorPercent.toFixed(2)} % of a core, ${megabytes.toFixed(0)} MB resident`,
      ),
    ],
    targets: [
      { name: 'cold start, s', value: alone.firstSeconds, atMost: 5 },
      ...all.flatMap(({ name, processorPercent, megabytes }): Target[] => [
        { name: `${name}, idle % of a core`, value: processorPercent, atMost: 1 },
        { name: `${name}, MB`, value: megabytes, atMost: 200 },
      ]),
    ],
    figures: { ...alone, services },
  };
}

async function startAlone(
  idleMs: number,
): Promise<{ readonly firstSeconds: number; readonly againSeconds: number; readonly idle: readonly Idle[] }> {
  return withDataDir(async (dataDir) => {
    const startedMs = performance.now();
    const first = await withStandaloneIn(dataDir, {}, async ({ pid }) => {
      const seconds = (performance.now() - startedMs) / 1_000;
      await sleep(SETTLE_MS);
      return { seconds, idle: await idle([{ name: 'one process', pid: serverPidOf(pid) }], idleMs) };
    });
    const againMs = performance.now();
    const againSeconds = await withStandaloneIn(dataDir, {}, () =>
      Promise.resolve((performance.now() - againMs) / 1_000),
    );
    return { firstSeconds: first.seconds, againSeconds, idle: first.idle };
  });
}

async function idle(
  processes: readonly { readonly name: string; readonly pid: number }[],
  idleMs: number,
): Promise<readonly Idle[]> {
  const before = processes.map(({ pid }) => nodeMicroseconds(pid));
  const beganAt = performance.now();
  await sleep(idleMs);
  const tookMicroseconds = (performance.now() - beganAt) * 1_000;
  return processes.map(({ name, pid }, index) => ({
    name,
    processorPercent: (100 * (nodeMicroseconds(pid) - before[index]!)) / tookMicroseconds,
    megabytes: residentKilobytes(pid) / KILOBYTES_A_MEGABYTE,
  }));
}

function nodeMicroseconds(pid: number): number {
  return treeMicroseconds(pid)?.node ?? Number.NaN;
}

function residentKilobytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
