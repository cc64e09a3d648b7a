/*
 * `npm run chaos -- --minutes 10 --seed 7`: the cluster and the single process under load, with faults that follow from
 * the seed, judged by what clients were told and what is there at the end. Exit code 1 when a promise was broken.
 */
import { execFileSync } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { missingForCluster } from '../running-cluster.js';
import type { Target } from './fault-kinds.js';
import { of } from './history.js';
import { DRAIN_MAX_MS, runLeg } from './leg.js';
import { commandOf, figuresByKind, markdownOf, putReport, violationsOf, type Leg, type Run } from './report.js';
import { promises } from './verdict.js';

const root = path.resolve(__dirname, '../../..');

const usage = `npm run chaos -- [options]

  --minutes 10     how long faults are made, half of it on each target
  --seed 7         which faults; the same seed and minutes give the same list
  --target both    cluster, single or both
  --recovery 10    seconds in which a fresh payment has to go all the way again after a fault; more on a slow machine
  --out .chaos     folder for the histories (JSON lines), the report as JSON and as Markdown
  --report <page>  also puts the report between the marks of that page`;

interface Chosen {
  readonly minutes: number;
  readonly recoveryMaxMs: number;
  readonly seed: number;
  readonly targets: readonly Target[];
  readonly outDir: string;
  readonly page: string | undefined;
}

function choose(): Chosen | 'help' {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '7' },
      target: { type: 'string', default: 'both' },
      recovery: { type: 'string', default: '10' },
      out: { type: 'string', default: '.chaos' },
      report: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0 && minutes <= 600)) throw new Error(`--minutes takes a number up to 600, got ${values.minutes}`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed takes a whole number, got ${values.seed}`);
  if (!['cluster', 'single', 'both'].includes(values.target))
    throw new Error(`--target takes cluster, single or both, got ${values.target}`);
  const targets: readonly Target[] = values.target === 'both' ? ['single', 'cluster'] : [values.target as Target];
  const recoveryMaxMs = Number(values.recovery) * 1_000;
  if (!(recoveryMaxMs > 0)) throw new Error(`--recovery takes seconds, got ${values.recovery}`);
  return { minutes, seed, targets, recoveryMaxMs, outDir: path.resolve(values.out), page: values.report };
}

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
}

async function main(): Promise<number> {
  const chosen = choose();
  if (chosen === 'help') {
    console.log(usage);
    return 0;
  }
  const { minutes, seed, targets, recoveryMaxMs, outDir, page } = chosen;
  const missing = targets.includes('cluster') ? missingForCluster() : null;
  if (missing !== null) throw new Error(`${missing}; --target single needs none`);
  mkdirSync(outDir, { recursive: true });
  const stopping = new AbortController();
  // Each fault waits for it.
  setMaxListeners(0, stopping.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (!stopping.signal.aborted) say('ending what was started');
      stopping.abort();
    });
  // A fault of ours must not leave anything behind either: what was started is ended first.
  let failure: unknown = null;
  process.on('unhandledRejection', (error) => {
    failure ??= error;
    stopping.abort();
  });
  say(
    `seed ${seed}, ${minutes} minutes; each target is started, and given ${DRAIN_MAX_MS / 1_000} s at most to ` +
      'come to rest',
  );
  const startedAt = new Date().toISOString();
  const legs: Leg[] = [];
  for (const target of targets) {
    if (stopping.signal.aborted) break;
    const historyFile = path.join(outDir, `history-${target}-${seed}.jsonl`);
    writeFileSync(historyFile, '');
    const durationMs = (minutes * 60_000) / targets.length;
    const leg = await runLeg({ target, seed, durationMs, recoveryMaxMs, historyFile, say, stopping: stopping.signal });
    if (leg !== null) legs.push(leg);
  }
  if (failure !== null) throw failure;
  if (stopping.signal.aborted) return 130;
  const run: Run = { seed, minutes, recoveryMaxMs, commit: commit(), machine: machine(), startedAt, legs };
  tell(run);
  writeFileSync(path.join(outDir, `report-${seed}.json`), `${JSON.stringify(asJson(run), null, 2)}\n`);
  writeFileSync(path.join(outDir, `report-${seed}.md`), `${markdownOf(run)}\n`);
  if (page !== undefined) writeFileSync(page, putReport(readFileSync(page, 'utf8'), markdownOf(run)));
  return violationsOf(run) > 0 || legs.some(({ unrest }) => unrest !== null) ? 1 : 0;
}

/** The table, and of what was broken enough to look for it. */
function tell(run: Run): void {
  console.log(`\n${markdownOf(run)}\n`);
  for (const { target, verdicts, unrest } of run.legs) {
    if (unrest !== null) console.log(`${target} did not come to rest: ${unrest}`);
    for (const { promise, violations } of verdicts)
      for (const { text, paymentIds } of violations.slice(0, 10))
        console.log(
          `BROKEN ${promise} (${target}): ${text}${paymentIds.length > 0 ? ` [${paymentIds.join(' ')}]` : ''}`,
        );
  }
  console.log(violationsOf(run) === 0 ? 'Every promise was kept.' : `The same faults again: ${commandOf(run)}`);
}

function asJson({ legs, ...run }: Run): unknown {
  return {
    ...run,
    legs: legs.map(({ history, verdicts, ...leg }) => ({
      ...leg,
      verdicts: verdicts.map((verdict) => ({ title: promises[verdict.promise], ...verdict })),
      faults: figuresByKind({ history, verdicts, ...leg }, run.recoveryMaxMs),
      missed: of(history, 'fault').flatMap(({ fault, missed }) => (missed === null ? [] : [{ ...fault, missed }])),
    })),
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    // Without git the program is a copy, and says so.
    return 'unknown';
  }
}

function machine(): string {
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} processors, ${gigabytes} GB, ${os.type()} ${os.arch()}, Node ${process.versions.node}`;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error('paymatch chaos:', error);
    process.exit(2);
  },
);
