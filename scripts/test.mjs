// `npm test`: installs what is missing and runs every test, ending with the line `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, install, root, run } from './prepare.mjs';

install();
build();
run(process.execPath, [path.join(root, 'scripts/check.mjs'), '--no-tests']);

const tiers = ['unit', 'int', 'bus', 'e2e'];
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
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  let report;
  try {
    report = JSON.parse(readFileSync(output, 'utf8'));
  } catch (error) {
    console.error(`paymatch: the ${tier} tests ended without a report (exit ${result.status}, ${error.message})`);
    isBroken = true;
    continue;
  }
  const brokenSuites = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + brokenSuites;
  total.skipped += report.numPendingTests + report.numTodoTests;
  if (result.status !== 0 && report.numFailedTests + brokenSuites === 0) isBroken = true;
  console.log(
    `${tier}: ${report.numPassedTests} passed, ${report.numFailedTests + brokenSuites} failed, ${report.numPendingTests} skipped in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`,
  );
}
rmSync(folder, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || isBroken || total.passed === 0 ? 1 : 0);
