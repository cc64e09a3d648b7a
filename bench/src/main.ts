// Runs benchmark scenarios: `npm run bench [scenario …]`, all when none is named.
// A scenario is a file `bench/src/<name>.bench.ts` that exports `run(): Promise<Report>`; nothing else has to be told of it.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describeTarget, isReached, type Report } from './report.js';

const SUFFIX = '.bench.js';

async function main(): Promise<void> {
  const known = readdirSync(__dirname)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : known;
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${known.join(', ')}`);
  for (const name of chosen) {
    console.log(`\n${name}`);
    const { run } = (await import(path.join(__dirname, `${name}${SUFFIX}`))) as { run(): Promise<Report> };
    const report = await run();
    for (const line of report.lines) console.log(`  ${line}`);
    for (const target of report.targets) {
      console.log(`  ${describeTarget(target)}`);
      if (!isReached(target)) process.exitCode = 1;
    }
  }
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
