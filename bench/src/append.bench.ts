import { emmett, groupCommit, singleRowCommits, type Contender } from './append-contenders.js';
import { withDurablePostgres } from './durable-postgres.js';
import { median, percentile, spread, type Report } from './report.js';

const CALLERS = 32;
const ROUNDS = 9;
const WARM_UP_MS = 1_500;
const ROUND_MS = 1_500;

interface Round {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/**
 * 32 callers that each append one event and wait for its commit, over and over: batches that commit together against
 * one commit an event, and against Emmett's store. Rounds take turns (A B C A B C …), so that what else the machine does meets all
 * alike; the ratios are taken within a turn.
 */
export async function run(): Promise<Report> {
  return withDurablePostgres(async (url) => {
    const contenders = [await groupCommit(url), await singleRowCommits(url, CALLERS), await emmett(url)];
    for (const contender of contenders) await checked(contender, WARM_UP_MS);
    const rounds = new Map<Contender, Round[]>(contenders.map((contender) => [contender, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const contender of contenders) rounds.get(contender)!.push(await checked(contender, ROUND_MS));
    }
    for (const contender of contenders) await contender.close();
    return report(contenders, rounds);
  });
}

/** A round that stored fewer events than it was told of would be no measurement. */
async function checked(contender: Contender, durationMs: number): Promise<Round> {
  const before = await contender.count();
  const round = await runRound(contender, durationMs);
  const stored = (await contender.count()) - before;
  if (stored !== round.latenciesMs.length) throw new Error(`${contender.name} acknowledged ${round.latenciesMs.length} events and stored ${stored}`);
  return round;
}

async function runRound(contender: Contender, durationMs: number): Promise<Round> {
  const latenciesMs: number[] = [];
  const beganAt = performance.now();
  const caller = async (): Promise<void> => {
    for (let now = performance.now(); now - beganAt < durationMs; ) {
      await contender.append();
      const after = performance.now();
      latenciesMs.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { perSecond: (latenciesMs.length / (performance.now() - beganAt)) * 1_000, latenciesMs };
}

function report(contenders: readonly Contender[], rounds: ReadonlyMap<Contender, readonly Round[]>): Report {
  const speeds = contenders.map((contender) => rounds.get(contender)!.map((round) => round.perSecond));
  const [ours, single, emmettSpeeds] = speeds as [number[], number[], number[]];
  const againstSingle = ours.map((speed, round) => speed / single[round]!);
  const againstEmmett = ours.map((speed, round) => speed / emmettSpeeds[round]!);
  const lines = contenders.map((contender, index) => {
    const latencies = rounds.get(contender)!.flatMap((round) => round.latenciesMs);
    return `${contender.name.padEnd(24)} events/s ${spread(speeds[index]!)}   latency ms p50 ${percentile(latencies, 0.5).toFixed(1)} p99 ${percentile(latencies, 0.99).toFixed(1)}`;
  });
  return {
    lines: [
      `${CALLERS} callers, one event each, ${ROUNDS} rounds of ${ROUND_MS} ms in turn, median (min–max); fsync and synchronous_commit on`,
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
