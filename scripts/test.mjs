// `npm test`: installs what is missing and runs every test, ending with the line `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { imageNode } from './image-node.mjs';
import { build, install, root } from './prepare.mjs';

install();
build();

/** Tests of code alone come first: quick, and what they find is found at once. */
const quickTiers = ['unit'];
/** Tests on real servers run together: most of their time they wait, each for something else. */
const serverTiers = ['int', 'bus', 'e2e'];
/** Tests that measure how soon a whole system recovers: one after the other. */
const aloneTiers = ['alone'];
/** What shows that the image's Node runs it too is the part `image`. */
const parts = [...quickTiers, ...serverTiers, ...aloneTiers, 'image'];
/**
 * How many test files of real servers run at once: with as many as there are processors, these have nothing to do a
 * third of the time.
 */
const serverLanes = Math.max(2, Math.ceil(1.5 * availableParallelism()));
/**
 * Minutes, longer than it takes on a slow machine; past them something hangs, and the run says so instead of waiting.
 */
const limits = { check: 10, quick: 8, servers: 45, demo: 2 };
/** How long a tier whose report is written may take to end. */
const endLimitMs = 30_000;

/** What runs in groups of their own just now: whoever ends this ends them, too. */
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    for (const child of running) signalGroup(child, signal);
    process.exit(1);
  });

function signalGroup({ pid }, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Runs a script in a process group of its own; ends with its exit code, or `null` after the whole group was killed at a
 * limit. `output` is the report that it writes when its work is done.
 */
async function inGroup([node, ...args], { output = null, limitMinutes, env = {}, stdout = 'ignore' }) {
  const child = spawn(node, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit'],
    detached: true,
  });
  running.add(child);
  const startedMs = Date.now();
  let reportedMs = 0;
  const watch = setInterval(() => {
    if (reportedMs === 0 && output !== null && existsSync(output)) reportedMs = Date.now();
    const isLeft = reportedMs > 0 && Date.now() - reportedMs > endLimitMs;
    const isTooLong = Date.now() - startedMs > limitMinutes * 60_000;
    if (!isLeft && !isTooLong) return;
    console.error(
      isLeft
        ? 'paymatch: every test has ended, and something that one of them started still runs; it is ended now'
        : `paymatch: the tests did not end within ${limitMinutes} minutes and are ended now`,
    );
    signalGroup(child, 'SIGKILL');
  }, 1_000);
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  clearInterval(watch);
  running.delete(child);
  return status;
}

/** What a suite adds up to; a file that could not run at all counts as one failure. */
function count(suite) {
  const of = (...statuses) => suite.assertionResults.filter((test) => statuses.includes(test.status)).length;
  const isBroken = suite.status === 'failed' && suite.assertionResults.length === 0;
  return { passed: of('passed'), failed: isBroken ? 1 : of('failed'), skipped: of('pending', 'todo', 'skipped') };
}

/** A file with the names of its tests that failed. */
function failedTests(suite) {
  const names = suite.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
  return `${path.relative(root, suite.name)}: ${names.join('; ') || 'the file itself'}`;
}

/**
 * One run of Jest: its suites by file, or `null` when it ended without a report. Its own failures are those of its
 * suites.
 */
async function runJest({ tiers, node, limitMinutes }, name, more) {
  const output = path.join(folder, `${name}.json`);
  const command = [
    node,
    path.join(root, 'node_modules/jest/bin/jest.js'),
    '--selectProjects',
    ...tiers,
    '--passWithNoTests',
  ];
  const args = ['--json', `--outputFile=${output}`, ...more];
  const status = await inGroup([...command, ...args], { output, limitMinutes });
  try {
    const report = JSON.parse(readFileSync(output, 'utf8'));
    // Killed after its report was written (null): the report says whether the tests passed.
    if (status !== 0 && status !== null && report.success) throw new Error(`exit ${status} though every test passed`);
    return new Map(report.testResults.map((suite) => [suite.name, suite]));
  } catch (error) {
    console.error(`paymatch: the ${tiers.join(', ')} tests ended without a report (exit ${status}, ${error.message})`);
    return null;
  }
}

/**
 * A file that failed runs once more, alone: what fails again is a fault, what passes then is unsteady, and named at the
 * end, so that it is mended rather than forgotten. Where more files failed than this, the change broke them.
 */
const secondTriesMax = 3;
const unsteady = [];
const failures = [];

async function secondTry(turn, suites) {
  const failed = [...suites.values()].filter((suite) => count(suite).failed > 0);
  if (failed.length === 0 || failed.length > secondTriesMax) return;
  const files = failed.map((suite) => suite.name);
  console.error(`paymatch: ${files.length} file(s) failed and run once more, alone`);
  const again = await runJest(turn, `${turn.name}-again`, ['--runInBand', '--runTestsByPath', ...files]);
  for (const suite of failed) {
    const second = again?.get(suite.name);
    if (second === undefined || count(second).failed > 0) continue;
    suites.set(suite.name, second);
    unsteady.push(failedTests(suite));
  }
}

const tierOf = (suite) => /\.(alone(?=\.e2e)|int|bus|e2e)(?:\.e2e)?\.spec\.ts$/.exec(suite.name)?.[1] ?? 'unit';

/** What the tiers of a turn add up to, told of each, or `null` when they ended without a report. */
async function runTurn(turn) {
  const startedMs = Date.now();
  const suites = await runJest(turn, turn.name, [`--maxWorkers=${turn.lanes}`]);
  if (suites === null) return null;
  await secondTry(turn, suites);
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const tier of turn.tiers) {
    const ofTier = [...suites.values()].filter((suite) => tierOf(suite) === tier);
    const counts = ofTier.map(count);
    const [passed, failed, skipped] = Object.keys(sum).map((kind) => counts.reduce((all, one) => all + one[kind], 0));
    console.log(`${turn.label ?? tier}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    for (const suite of ofTier) if (count(suite).failed > 0) failures.push(failedTests(suite));
    Object.assign(sum, { passed: sum.passed + passed, failed: sum.failed + failed, skipped: sum.skipped + skipped });
  }
  console.log(`${turn.name}: ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  return sum;
}

const quickly = (more) => ({
  tiers: quickTiers,
  lanes: 2,
  limitMinutes: limits.quick,
  node: process.execPath,
  ...more,
});
const onServers = (more) => ({ lanes: serverLanes, limitMinutes: limits.servers, node: process.execPath, ...more });

/** With the image's Node: the unit tests, and one payment at the built gateway. Each is one test of the sum. */
async function runImage() {
  const { version, binary, problem } = imageNode();
  if (binary === null) {
    console.log(`image: skipped, Node ${version} is not here: ${problem}`);
    return { passed: 0, failed: 0, skipped: 2 };
  }
  const name = `unit with Node ${version}`;
  const unit = await runTurn(quickly({ name, label: name, node: binary }));
  const startedMs = Date.now();
  // A folder without a gateway, so that it starts one of its own.
  const env = { PAYMATCH_DATA: path.join(folder, 'demo') };
  const status = await inGroup([binary, path.join(root, 'e2e/dist/demo.js')], { limitMinutes: limits.demo, env });
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  console.log(`demo with Node ${version}: ${status === 0 ? 'paid' : `failed (exit ${status})`} in ${seconds} s`);
  const failed = [unit === null || unit.failed > 0, status !== 0].filter(Boolean).length;
  return { passed: 2 - failed, failed, skipped: 0 };
}

const wanted = process.argv.slice(2).filter((argument) => parts.includes(argument));
const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-tests-'));
const total = { passed: 0, failed: 0, skipped: 0 };
let isBroken = false;
const asked = wanted.length > 0 ? wanted : parts;
// Form, lint and circles keep one processor busy: tests of code alone go on beside them.
const checking = inGroup([process.execPath, path.join(root, 'scripts/check.mjs'), '--no-tests'], {
  limitMinutes: limits.check,
  stdout: 'inherit',
});
/** Nothing slow is begun where the form is wrong. */
async function runCheck() {
  const status = await checking;
  if (status !== 0) {
    console.error(`paymatch: the check of types, form and lint failed (exit ${status}); no further test is run`);
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  }
  return { passed: 0, failed: 0, skipped: 0 };
}
const servers = serverTiers.filter((tier) => asked.includes(tier));
const turns = [
  ...(asked.includes('unit') ? [() => runTurn(quickly({ name: 'unit' }))] : []),
  ...(asked.includes('image') ? [runImage] : []),
  runCheck,
  ...(servers.length > 0 ? [() => runTurn(onServers({ tiers: servers, name: servers.join('+') }))] : []),
  ...(asked.includes('alone') ? [() => runTurn(onServers({ tiers: aloneTiers, name: 'alone', lanes: 1 }))] : []),
];
for (const turn of turns) {
  const sum = await turn();
  if (sum === null) isBroken = true;
  else for (const kind of Object.keys(total)) total[kind] += sum[kind];
}
rmSync(folder, { recursive: true, force: true });
for (const file of failures) console.log(`failed: ${file}`);
for (const file of unsteady) console.log(`unsteady, failed once and passed alone: ${file}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || isBroken || total.passed === 0 ? 1 : 0);
