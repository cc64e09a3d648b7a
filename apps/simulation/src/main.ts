import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { simulate } from './simulate.js';
import { SimulatedDatabase } from './simulated-database.js';

const HELP = `npm run simulate -- [--seeds 1000] [--from 1] [--trace]
  --seeds  how many schedules, each with the seed after the one before
  --from   the first seed
  --trace  every step of each schedule, not only of one that breaks a promise`;

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
      trace: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${HELP}\n`);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'paymatch-simulation-'));
  // Leaving by way of `exit` ends the server, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  try {
    const database = await SimulatedDatabase.open(server.url);
    const { failed } = await simulate({
      database,
      seeds: numberOf(values.seeds, 'seeds'),
      from: numberOf(values.from, 'from'),
      showsTraces: values.trace,
      print: (line) => process.stdout.write(`${line}\n`),
    });
    await database.close();
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`simulate: ${(error as Error).stack}\n`);
  process.exitCode = 1;
});
