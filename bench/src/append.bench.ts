import { emmett, groupCommit, singleRowCommits, type Contender } from './append-contenders.js';
import { withDurablePostgres } from './durable-postgres.js';
import { serverMicroseconds } from './processor-time.js';
import { median, percentile, spread, type Report } from './report.js';

const CALLERS = 32;
/** Many short rounds: what else the machine does then changes between turns and hardly within one. */
const ROUNDS = 31;
const ROUND_MS = 400;
const WARM_UP_MS = 1_500;
const BATCHES_IN_FLIGHT = 4;

interface Round {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
  /** Processor time of one event here and in the server; `null` where it cannot be told. */
  readonly microseconds: { readonly node: number; readonly server: number } | null;
}

/**
 * 32 callers that each append one event and wait for its commit, over and over: batches that commit together against
 * one commit an event, and against Emmett's store. Rounds take turns (A B C A B C …), so that what else the machine
 * does meets all alike; the ratios are taken within a turn.
 */
export async function run(): Promise<Report> {
  return withDurablePostgres(async (url, { pid }) => {
    const contenders = [
      await groupCommit(url, BATCHES_IN_FLIGHT),
      await singleRowCommits(url, CALLERS),
      await emmett(url),
    ];
    for (const contender of contenders) await checked(contender, { pid, durationMs: WARM_UP_MS });
    const rounds = new Map<Contender, Round[]>(contenders.map((contender) => [contender, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const contender of contenders)
        rounds.get(contender)!.push(await checked(contender, { pid, durationMs: ROUND_MS }));
    }
    for (const contender of contenders) await contender.close();
    return report(contenders, rounds);
  });
}

interface RoundOptions {
  /** The server's process. */
  readonly pid: number;
  readonly durationMs: number;
}

/** A round that stored fewer events than it was told of would be no measurement. */
async function checked(contender: Contender, options: RoundOptions): Promise<Round> {
  const before = await contender.count();
  const round = await runRound(contender, options);
  const stored = (await contender.count()) - before;
  if (stored !== round.latenciesMs.length)
    throw new Error(`${contender.name} acknowledged ${round.latenciesMs.length} events and stored ${stored}`);
  return round;
}

async function runRound(contender: Contender, { pid, durationMs }: RoundOptions): Promise<Round> {
  const latenciesMs: number[] = [];
  const nodeBefore = process.cpuUsage();
  const serverBefore = serverMicroseconds(pid);
  const beganAt = performance.now();
  const caller = async (): Promise<void> => {
    for (let now = performance.now(); now - beganAt < durationMs;) {
      await contender.append();
      const after = performance.now();
      latenciesMs.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const perSecond = (latenciesMs.length / (performance.now() - beganAt)) * 1_000;
  const node = process.cpuUsage(nodeBefore);
  const server = serverMicroseconds(pid);
  const microseconds =
    server === null || serverBefore === null
      ? null
      : { node: (node.user + node.system) / latenciesMs.length, server: (server - serverBefore) / latenciesMs.length };
  return { perSecond, latenciesMs, microseconds };
}

function report(contenders: readonly Contender[], rounds: ReadonlyMap<Contender, readonly Round[]>): Report {
  const speeds = contenders.map((contender) => rounds.get(contender)!.map((round) => round.perSecond));
  const [ours, single, emmettSpeeds] = speeds as [number[], number[], number[]];
  const againstSingle = ours.map((speed, round) => speed / single[round]!);
  const againstEmmett = ours.map((speed, round) => speed / emmettSpeeds[round]!);
  const lines = contenders.map((contender, index) => {
    const latencies = rounds.get(contender)!.flatMap((round) => round.latenciesMs);
    return (
      `${contender.name.padEnd(24)} events/s ${spread(speeds[index]!)}   latency ms p50 ` +
      `${percentile(latencies, 0.5).toFixed(1)} p99 ` +
      `${percentile(latencies, 0.99).toFixed(1)}${processorTime(rounds.get(contender)!)}`
    );
  });
  return {
    lines: [
      `${CALLERS} callers, one event each, ${ROUNDS} rounds of ${ROUND_MS} ms in turn, median (min–max); fsync ` +
        'and synchronous_commit on',
      ...lines,
      `group commit / single-row commits: ${spread(againstSingle, 2)}`,
      `group commit / emmett:             ${spread(againstEmmett, 1)}`,
    ],
    targets: [
      { name: 'times single-row commits', value: median(againstSingle), atLeast: 1.5 },
      { name: 'times emmett', value: median(againstEmmett), atLeast: 10 },
    ],
  };
}

function processorTime(rounds: readonly Round[]): string {
  const known = rounds.flatMap((round) => round.microseconds ?? []);
  if (known.length === 0) return '';
  return (
    `   processor µs/event ${median(known.map((each) => each.node)).toFixed(0)} Node + ` +
    `${median(known.map((each) => each.server)).toFixed(0)} PostgreSQL`
  );
}
