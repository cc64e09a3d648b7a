import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@paymatch/platform-dev-servers';
import type { Demo } from './running-gateway.js';

const root = path.resolve(__dirname, '../..');
const main = path.join(root, 'apps/cluster/dist/main.js');
const startDeadlineMs = 150_000;

/** `cluster.json` as the cluster writes it. */
export interface ClusterState {
  readonly proxyUrl: string;
  readonly postgres: { readonly pid: number; readonly port: number };
  readonly kafka: { readonly pid: number; readonly port: number };
  readonly instances: readonly {
    readonly service: string;
    readonly index: number;
    readonly host: string;
    readonly port: number;
    readonly pid: number | null;
    readonly logFile: string;
  }[];
}

/** Why the cluster cannot run here, in one line; `null` when it can. */
export function missingForCluster(): string | null {
  for (const command of ['java', 'mvn']) {
    const found = (process.env.PATH ?? '').split(':').some((folder) => existsSync(path.join(folder, command)));
    if (!found) return `${command} is not installed, so no Kafka broker can run here`;
  }
  return null;
}

/** docker-compose.yml executed as processes: two of everything that scales, over a real Kafka broker. */
export class RunningCluster {
  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
    readonly demo: Demo,
    private readonly output: string[],
  ) {}

  static async start(
    scale: Readonly<Record<string, number>>,
    env: Readonly<Record<string, string>> = {},
    more: { readonly dataDir?: string; readonly args?: readonly string[] } = {},
  ): Promise<RunningCluster> {
    const dataDir = more.dataDir ?? mkdtempSync(path.join(tmpdir(), 'paymatch-cluster-'));
    const port = await freePort();
    const args = Object.entries(scale).flatMap(([name, count]) => ['--scale', `${name}=${count}`]);
    const output: string[] = [];
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', main, '--data', dataDir, '--port', String(port), ...args, ...(more.args ?? [])],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, HOME: process.env.HOME, PAYMATCH_LOG_LEVEL: 'warn', ...env },
      },
    );
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output.push(chunk.toString());
        if (output.length > 2_000) output.shift();
      });
    for (
      const deadlineMs = Date.now() + startDeadlineMs;
      Date.now() < deadlineMs && child.exitCode === null;
      await sleep(100)
    ) {
      if (!output.join('').includes('Paymatch cluster is running at')) continue;
      return new RunningCluster(
        child,
        dataDir,
        JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8')) as Demo,
        output,
      );
    }
    child.kill('SIGTERM');
    throw new Error(`the cluster did not start (exit ${child.exitCode}):\n${output.join('').slice(-5_000)}`);
  }

  get log(): string {
    return this.output.join('');
  }

  state(): ClusterState {
    return JSON.parse(readFileSync(path.join(this.dataDir, 'cluster.json'), 'utf8')) as ClusterState;
  }

  /** Process ids of a service's instances that run now. */
  pids(service: string): readonly number[] {
    return this.state()
      .instances.filter((instance) => instance.service === service && instance.pid !== null)
      .map((instance) => instance.pid!);
  }

  /** Resolves when every instance serves: one that was started again may still be on its way. */
  async becomesReady(): Promise<void> {
    let waitsFor: readonly string[] = [];
    for (const deadlineMs = Date.now() + 60_000; Date.now() < deadlineMs; await sleep(100)) {
      const answers = this.state()
        .instances.filter(({ port }) => port > 0)
        .map(async ({ service, index, host, port }) => {
          const answer = await fetch(`http://${host}:${port}/health/ready`, {
            signal: AbortSignal.timeout(5_000),
          }).catch(() => null);
          return answer?.ok === true ? [] : [`${service} ${index}`];
        });
      waitsFor = (await Promise.all(answers)).flat();
      if (waitsFor.length === 0) return;
    }
    throw new Error(`not ready: ${waitsFor.join(', ')}\n${this.log.slice(-3_000)}`);
  }

  /** One instance after the other is stopped and started anew; resolves when all are healthy again. */
  async rollingRestart(): Promise<void> {
    const seen = this.output.length;
    const asked = spawnSync(process.execPath, [main, '--restart', '--data', this.dataDir], { encoding: 'utf8' });
    if (asked.status !== 0) throw new Error(`a rolling restart could not be asked for: ${asked.stderr}`);
    for (const deadlineMs = Date.now() + 180_000; Date.now() < deadlineMs; await sleep(100)) {
      const said = this.output.slice(Math.max(0, seen - 1)).join('');
      if (said.includes('rolling restart done')) return;
      if (said.includes('rolling restart failed')) break;
    }
    throw new Error(`the rolling restart did not end:\n${this.log.slice(-3_000)}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  async stopAndForget(): Promise<number | null> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
    return this.child.exitCode;
  }
}
