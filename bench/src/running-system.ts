import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@paymatch/platform-dev-servers';
import { startProcess, stopProcess } from './child-process.js';

/** What a stranger finds in `demo.json`. */
export interface Demo {
  readonly baseUrl: string;
  readonly merchant: { readonly id: string; readonly liveKey: string };
  readonly device: { readonly id: string; readonly secret: string };
  readonly wallets: readonly { readonly id: string; readonly provider: string; readonly number: string }[];
}

/** The whole system at work, however it is run, with its demo merchant. */
export interface RunningSystem {
  readonly demo: Demo;
  /** Address of each gateway instance itself, past any proxy. */
  readonly gateways: readonly string[];
  /** The process that was started; its database (and, in a cluster, everything) is below it. */
  readonly pid: number;
  /** Where its data lies. */
  readonly dataDir: string;
  /** The services' processes in a cluster. */
  readonly instances: readonly Instance[];
}

interface Instance {
  readonly service: string;
  readonly host: string;
  readonly port: number;
  /** `null` for those that ended when their work was done. */
  readonly pid: number | null;
}

interface StartOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it prints when it is up. */
  readonly says: string;
  readonly startMs: number;
}

const root = path.resolve(__dirname, '../..');
/** Thousands of payments are made from one address here; a customer makes a few. */
const limits = { PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX: '100000' };

/**
 * All services in one process, on a durable embedded PostgreSQL with a data folder of its own, which may be prepared
 * before the start.
 */
export function withStandalone<T>(
  env: Readonly<Record<string, string>>,
  work: (system: RunningSystem) => Promise<T>,
  prepare: (dataDir: string) => Promise<void> = () => Promise.resolve(),
): Promise<T> {
  return withDataDir(async (dataDir) => {
    await prepare(dataDir);
    return withStandaloneIn(dataDir, env, work);
  });
}

/** The same in a folder of the caller's, which stays. */
export function withStandaloneIn<T>(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  work: (system: RunningSystem) => Promise<T>,
): Promise<T> {
  const start = {
    file: 'scripts/start.mjs',
    args: [],
    env: { PORT: '0', PAYMATCH_DATA: dataDir, ...limits, ...env },
    says: 'Paymatch is running at',
    startMs: 60_000,
  };
  return withProcess(start, (pid) => {
    const demo = readJson<Demo>(dataDir, 'demo.json');
    return work({ demo, gateways: [demo.baseUrl], pid, dataDir, instances: [] });
  });
}

/** docker-compose.yml as processes of this machine over a real Kafka broker. */
export function withCluster<T>(
  scale: Readonly<Record<string, number>>,
  work: (system: RunningSystem) => Promise<T>,
): Promise<T> {
  return withDataDir(async (dataDir) => {
    const args = [
      '--quiet',
      '--data',
      dataDir,
      '--port',
      String(await freePort()),
      ...Object.entries(scale).flatMap(([name, count]) => ['--scale', `${name}=${count}`]),
    ];
    const start = {
      file: 'apps/cluster/dist/main.js',
      args,
      env: { PAYMATCH_LOG_LEVEL: 'warn', ...limits },
      says: 'Paymatch cluster is running at',
      startMs: 180_000,
    };
    return withProcess(start, (pid) => {
      const { instances } = readJson<{ readonly instances: readonly Instance[] }>(dataDir, 'cluster.json');
      const gateways = instances
        .filter(({ service }) => service === 'api-gateway')
        .map(({ host, port }) => `http://${host}:${port}`);
      return work({ demo: readJson<Demo>(dataDir, 'demo.json'), gateways, pid, dataDir, instances });
    });
  });
}

async function withProcess<T>(
  { file, args, env, says, startMs }: StartOptions,
  work: (pid: number) => Promise<T>,
): Promise<T> {
  const child = startProcess(path.join(root, file), { args, env });
  try {
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      if (!output.includes(says)) output += chunk.toString();
    });
    for (const deadlineMs = Date.now() + startMs; !output.includes(says); await sleep(50)) {
      if (child.exitCode !== null || Date.now() > deadlineMs)
        throw new Error(`${file} did not start (exit ${child.exitCode}):\n${output}`);
    }
    return await work(child.pid!);
  } finally {
    await stopProcess(child);
  }
}

/** A folder that is gone afterwards. */
export async function withDataDir<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  // BENCH_DIR puts the data on the disk in question when the temporary folder is in memory.
  const dataDir = mkdtempSync(path.join(process.env.BENCH_DIR ?? os.tmpdir(), 'paymatch-bench-'));
  try {
    return await work(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function readJson<T>(dataDir: string, name: string): T {
  return JSON.parse(readFileSync(path.join(dataDir, name), 'utf8')) as T;
}
