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

const wanted = process.argv.slice(2).filter((argument) => tiers.includes(argument));
const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-tests-'));
const total = { passed: 0, failed: 0, skipped: 0 };
let isBroken = false;
for (const tier of wanted.length > 0 ? wanted : tiers) {
  const output = path.join(folder, `${tier}.json`);
  const args = [
    path.join(root, 'node_modules/jest/bin/jest.js'),
    '--selectProjects',
    tier,
    '--passWithNoTests',
    '--json',
    `--outputFile=${output}`,
  ];
  // Whole-system tests start servers of their own: one file at a time on a small machine.
  args.push(tier === 'e2e' || tier === 'bus' ? '--runInBand' : '--maxWorkers=2');
  const startedMs = Date.now();
  const status = await jest(args, output, limits[tier]);
  let report;
  try {
    report = JSON.parse(readFileSync(output, 'utf8'));
  } catch (error) {
    console.error(`paymatch: the ${tier} tests ended without a report (exit ${status}, ${error.message})`);
    isBroken = true;
    continue;
  }
  const brokenSuites = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + brokenSuites;
  total.skipped += report.numPendingTests + report.numTodoTests;
  // Killed after its report was written (null): the report says whether the tests passed.
  if (status !== 0 && status !== null && report.numFailedTests + brokenSuites === 0) isBroken = true;
  console.log(
    `${tier}: ${report.numPassedTests} passed, ${report.numFailedTests + brokenSuites} failed, ${report.numPendingTests} skipped in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`,
  );
}
rmSync(folder, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || isBroken || total.passed === 0 ? 1 : 0);
