import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { withDurablePostgres } from './durable-postgres.js';
import { median, spread, type Report } from './report.js';

const CONNECTIONS = 64;
const ROUNDS = 7;
const WARM_UP_S = 4;
const ROUND_S = 3;
const START_MS = 60_000;
const BODY = JSON.stringify({ amount: 500, metadata: { channel: 'web' } });

interface Contender { readonly name: string; readonly url: string; readonly key: string }
interface Round { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

/**
 * `POST /api/v1/payments` the whole way (key, validation, decision, commit, read model, answer; the relay, the log and its
 * consumers run beside it) at 64 connections, against a bare Fastify handler doing one INSERT. Each in a process of its own on a
 * PostgreSQL of its own with fsync and synchronous_commit on; rounds take turns, ratios are taken within a turn.
 */
export async function run(): Promise<Report> {
  return withDurablePostgres(async (databaseUrl) => {
    const dataDir = mkdtempSync(path.join(process.env.BENCH_DIR ?? os.tmpdir(), 'paymatch-bench-'));
    const gateway = startProcess(path.resolve(__dirname, '../../apps/standalone/dist/main.js'), { PORT: '0', PAYMATCH_DATA: dataDir });
    const bare = startProcess(path.join(__dirname, 'bare-handler.js'), { DATABASE_URL: databaseUrl });
    try {
      const contenders = [await findGateway(gateway, dataDir), await findBare(bare)] as const;
      for (const contender of contenders) await runRound(contender, WARM_UP_S);
      const rounds: [Round, Round][] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push([await runRound(contenders[0], ROUND_S), await runRound(contenders[1], ROUND_S)]);
      return report(contenders, rounds);
    } finally {
      await stopProcess(gateway);
      await stopProcess(bare);
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
}

function startProcess(file: string, env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), file], { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } });
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function findGateway(child: ChildProcess, dataDir: string): Promise<Contender> {
  const demoFile = path.join(dataDir, 'demo.json');
  for (const deadline = Date.now() + START_MS; Date.now() < deadline && child.exitCode === null; await sleep(50)) {
    if (!existsSync(demoFile)) continue;
    const demo = JSON.parse(readFileSync(demoFile, 'utf8')) as { readonly baseUrl: string; readonly merchant: { readonly liveKey: string } };
    return { name: 'paymatch', url: demo.baseUrl, key: demo.merchant.liveKey };
  }
  throw new Error('the gateway did not start');
}

async function findBare(child: ChildProcess): Promise<Contender> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { name: 'bare handler', url: line.toString().trim(), key: 'none' };
}

async function runRound(contender: Contender, seconds: number): Promise<Round> {
  const result = await autocannon({
    url: `${contender.url}/api/v1/payments`, method: 'POST', connections: CONNECTIONS, duration: seconds, body: BODY,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${contender.key}` },
  });
  // A refused request is no measurement.
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) throw new Error(`${contender.name}: ${result['2xx']} answered, ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result['2xx'] / result.duration, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

function report(contenders: readonly Contender[], rounds: readonly (readonly [Round, Round])[]): Report {
  const ratios = rounds.map(([ours, theirs]) => ours.perSecond / theirs.perSecond);
  const lines = contenders.map(({ name }, index) => {
    const own = rounds.map((round) => round[index]!);
    return `${name.padEnd(14)} ${spread(own.map((round) => round.perSecond))} creates/s, p50 ${median(own.map((round) => round.p50Ms))} ms, p99 ${median(own.map((round) => round.p99Ms))} ms`;
  });
  return { lines: [...lines, `ratio          ${spread(ratios, 2)}`], targets: [{ name: 'creates against the bare handler', value: median(ratios), atLeast: 0.5 }] };
}
