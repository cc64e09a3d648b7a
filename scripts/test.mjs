// `npm test`: installs what is missing and runs every test, ending with the line `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, install, root, run } from './prepare.mjs';

install();
build();
run(process.execPath, [path.join(root, 'scripts/check.mjs'), '--no-tests']);

const tiers = ['unit', 'int', 'bus', 'e2e'];
/** Minutes, longer than each tier takes on a slow machine; past them something hangs, and the run says so instead of waiting. */
const limits = { unit: 8, int: 15, bus: 15, e2e: 22 };
/** How long a tier whose report is written may take to end. */
const endLimitMs = 30_000;

/** Runs Jest in a process group of its own; ends with its exit code, or `null` after the whole group was killed at a limit. */
async function jest(args, output, limitMinutes) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  const end = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  const forward = (signal) => {
    end(signal);
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  const startedMs = Date.now();
  let reportedMs = 0;
  const watch = setInterval(() => {
    if (reportedMs === 0 && existsSync(output)) reportedMs = Date.now();
    const isLeft = reportedMs > 0 && Date.now() - reportedMs > endLimitMs;
    const isTooLong = Date.now() - startedMs > limitMinutes * 60_000;
    if (!isLeft && !isTooLong) return;
    console.error(
      isLeft
        ? 'paymatch: every test has ended, and something that one of them started still runs; it is ended now'
        : `paymatch: the tests did not end within ${limitMinutes} minutes and are ended now`,
    );
    end('SIGKILL');
  }, 1_000);
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  clearInterval(watch);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, forward);
  return status;
}

/** What a suite adds up to; a file that could not run at all counts as one failure. */
function count(suite) {
  const of = (...statuses) => suite.assertionResults.filter((test) => statuses.includes(test.status)).length;
  const isBroken = suite.status === 'failed' && suite.assertionResults.length === 0;
  return { passed: of('passed'), failed: isBroken ? 1 : of('failed'), skipped: of('pending', 'todo', 'skipped') };
}

/** One run of Jest: its suites by file, or `null` when it ended without a report. Its own failures are those of its suites. */
async function runJest(tier, name, more) {
  const output = path.join(folder, `${name}.json`);
  const args = [path.join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', tier, '--passWithNoTests'];
  const status = await jest([...args, '--json', `--outputFile=${output}`, ...more], output, limits[tier]);
  try {
    const report = JSON.parse(readFileSync(output, 'utf8'));
    // Killed after its report was written (null): the report says whether the tests passed.
    if (status !== 0 && status !== null && report.success) throw new Error(`exit ${status} though every test passed`);
    return new Map(report.testResults.map((suite) => [suite.name, suite]));
  } catch (error) {
    console.error(`paymatch: the ${tier} tests ended without a report (exit ${status}, ${error.message})`);
    return null;
  }
}

/**
 * A file that failed runs once more, alone: what fails again is a fault, what passes then is unsteady, and named at the
 * end, so that it is mended rather than forgotten. Where more files failed than this, the change broke them.
 */
const secondTriesMax = 3;
const unsteady = [];

async function secondTry(tier, suites) {
  const failed = [...suites.values()].filter((suite) => count(suite).failed > 0);
  if (failed.length === 0 || failed.length > secondTriesMax) return;
  const files = failed.map((suite) => suite.name);
  console.error(`paymatch: ${files.length} file(s) failed and run once more, alone`);
  const again = await runJest(tier, `${tier}-again`, ['--runInBand', '--runTestsByPath', ...files]);
  for (const suite of failed) {
    const second = again?.get(suite.name);
    if (second === undefined || count(second).failed > 0) continue;
    suites.set(suite.name, second);
    const names = suite.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
    unsteady.push(`${path.relative(root, suite.name)}: ${names.join('; ') || 'the file itself'}`);
  }
}

const wanted = process.argv.slice(2).filter((argument) => tiers.includes(argument));
const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-tests-'));
const total = { passed: 0, failed: 0, skipped: 0 };
let isBroken = false;
for (const tier of wanted.length > 0 ? wanted : tiers) {
  const startedMs = Date.now();
  // Whole-system tests start servers of their own: one file at a time on a small machine.
  const suites = await runJest(tier, tier, [tier === 'e2e' || tier === 'bus' ? '--runInBand' : '--maxWorkers=2']);
  if (suites === null) {
    isBroken = true;
    continue;
  }
  await secondTry(tier, suites);
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites.values()) for (const [kind, number] of Object.entries(count(suite))) sum[kind] += number;
  for (const kind of Object.keys(total)) total[kind] += sum[kind];
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  console.log(`${tier}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped in ${seconds} s`);
}
rmSync(folder, { recursive: true, force: true });
for (const file of unsteady) console.log(`unsteady, failed once and passed alone: ${file}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || isBroken || total.passed === 0 ? 1 : 0);
