import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { shareOf, simulate } from './simulate.js';
import { startSimulatedServer } from './simulated-server.js';
import { Tally, type ScheduleSummary } from './tally.js';
import { runInWorkers } from './workers.js';

const HELP = `npm run simulate -- [--seeds 1000] [--from 1] [--workers 2] [--trace]
  --seeds    how many schedules, each with the seed after the one before
  --from     the first seed
  --workers  processes that share the seeds, each with a database of its own; one more than processors when absent
  --trace    every step of each schedule, not only of one that breaks a promise`;
const REPORT_EVERY = 500;

function numberOf(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} must be a whole number, not ${text}`);
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism() + 1) },
      trace: { type: 'boolean', default: false },
      share: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${HELP}\n`);
  // Leaving by way of `exit` ends the server, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const range = { from: numberOf(values.from, 'from'), count: numberOf(values.seeds, 'seeds') };
  if (values.share !== undefined) return runShare(range, values.share, values.trace);
  const tally = new Tally();
  await runInWorkers({
    program: __filename,
    workers: Math.max(1, Math.min(numberOf(values.workers, 'workers'), range.count)),
    args: process.argv.slice(2),
    onSummary: (summary) => {
      tally.add(summary);
      if (summary.story !== '') process.stdout.write(`${summary.story}\n`);
      if (tally.schedules % REPORT_EVERY === 0) process.stdout.write(`${tally}\n`);
    },
  });
  process.stdout.write(`${tally}\nall traces together: ${tally.digest}\n`);
  if (tally.broken > 0) process.exitCode = 1;
}

/** A worker's part: tells the one that started it. */
async function runShare(range: { readonly from: number; readonly count: number }, share: string, showsTraces: boolean) {
  const [index = 0, of = 1] = share.split('/').map(Number);
  // Whoever started it is gone.
  process.once('disconnect', () => process.exit(1));
  const server = await startSimulatedServer();
  const onSummary = (summary: ScheduleSummary): void => void process.send?.(summary);
  await simulate({ database: server.database, seeds: shareOf(range, index, of), showsTraces, onSummary });
  await server.stop();
  process.removeAllListeners('disconnect');
  process.disconnect();
}

main().catch((error: unknown) => {
  process.stderr.write(`simulate: ${(error as Error).stack}\n`);
  process.exitCode = 1;
});
