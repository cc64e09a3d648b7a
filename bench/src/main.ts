// Runs benchmark scenarios: `npm run bench [scenario …]`, all when none is named; `--help` tells the options. A
// scenario is a file `bench/src/<name>.bench.ts` that exports `run(options): Promise<Report>`; nothing else has to be
// told of it.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chosenBy, usage, type RunOptions } from './bench-options.js';
import { describeTarget, isReached, type Report } from './report.js';

const SUFFIX = '.bench.js';

async function main(): Promise<void> {
  const known = readdirSync(__dirname)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
  const asked = chosenBy(process.argv.slice(2));
  if (asked === 'help') {
    console.log(`${usage}\n\nScenarios: ${known.join(', ')}`);
    return;
  }
  const { scenarios, options } = asked;
  const unknown = scenarios.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${known.join(', ')}`);
  for (const name of scenarios.length > 0 ? scenarios : known) await runOne(name, options);
}

async function runOne(name: string, options: RunOptions): Promise<void> {
  console.log(`\n${name}`);
  const scenario = (await import(path.join(__dirname, `${name}${SUFFIX}`))) as {
    run(options: RunOptions): Promise<Report>;
  };
  const startedAt = new Date().toISOString();
  const loadBefore = os.loadavg()[0];
  const report = await scenario.run(options);
  for (const line of report.lines) console.log(`  ${line}`);
  for (const target of report.targets) {
    console.log(`  ${describeTarget(target)}`);
    if (!isReached(target)) process.exitCode = 1;
  }
  const machine = { cores: os.cpus().length, node: process.version, loadBefore, loadAfter: os.loadavg()[0] };
  mkdirSync(options.outDir, { recursive: true });
  const { figures = {}, targets, lines } = report;
  const json = JSON.stringify({ scenario: name, startedAt, machine, figures, targets, lines }, undefined, 2);
  writeFileSync(path.join(options.outDir, `${name}.json`), `${json}\n`);
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
