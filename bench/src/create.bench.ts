import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import autocannon from 'autocannon';
import { startProcess, stopProcess } from './child-process.js';
import { withDurablePostgres } from './durable-postgres.js';
import { withStandalone } from './running-system.js';
import { median, spread, type Report } from './report.js';

const CONNECTIONS = 64;
const ROUNDS = 7;
const WARM_UP_S = 4;
const ROUND_S = 3;
const BODY = JSON.stringify({ amount: 500, metadata: { channel: 'web' } });

interface Contender {
  readonly name: string;
  readonly url: string;
  readonly key: string;
}
interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * `POST /api/v1/payments` the whole way (key, validation, decision, commit, read model, answer; the relay, the log and
 * its consumers run beside it) at 64 connections, against a bare Fastify handler doing one INSERT. Each in a process of
 * its own on a PostgreSQL of its own with fsync and synchronous_commit on; rounds take turns, ratios are taken within a
 * turn.
 */
export async function run(): Promise<Report> {
  return withDurablePostgres((databaseUrl) =>
    withStandalone({}, async ({ demo }) => {
      const bare = startProcess(path.join(__dirname, 'bare-handler.js'), { env: { DATABASE_URL: databaseUrl } });
      try {
        const contenders = [
          { name: 'paymatch', url: demo.baseUrl, key: demo.merchant.liveKey },
          await findBare(bare),
        ] as const;
        for (const contender of contenders) await runRound(contender, WARM_UP_S);
        const rounds: [Round, Round][] = [];
        for (let round = 0; round < ROUNDS; round += 1)
          rounds.push([await runRound(contenders[0], ROUND_S), await runRound(contenders[1], ROUND_S)]);
        return report(contenders, rounds);
      } finally {
        await stopProcess(bare);
      }
    }),
  );
}

async function findBare(child: ChildProcess): Promise<Contender> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { name: 'bare handler', url: line.toString().trim(), key: 'none' };
}

async function runRound(contender: Contender, seconds: number): Promise<Round> {
  const result = await autocannon({
    url: `${contender.url}/api/v1/payments`,
    method: 'POST',
    connections: CONNECTIONS,
    duration: seconds,
    body: BODY,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${contender.key}` },
  });
  // A refused request is no measurement.
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0)
    throw new Error(`${contender.name}: ${result['2xx']} answered, ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result['2xx'] / result.duration, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

function report(contenders: readonly Contender[], rounds: readonly (readonly [Round, Round])[]): Report {
  const ratios = rounds.map(([ours, theirs]) => ours.perSecond / theirs.perSecond);
  const lines = contenders.map(({ name }, index) => {
    const own = rounds.map((round) => round[index]!);
    return (
      `${name.padEnd(14)} ${spread(own.map((round) => round.perSecond))} creates/s, p50 ` +
      `${median(own.map((round) => round.p50Ms))} ms, p99 ${median(own.map((round) => round.p99Ms))} ms`
    );
  });
  return {
    lines: [...lines, `ratio          ${spread(ratios, 2)}`],
    targets: [{ name: 'creates against the bare handler', value: median(ratios), atLeast: 0.5 }],
  };
}
