import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingForCluster } from '../running-cluster.js';

const main = path.resolve(__dirname, '../../dist/chaos/main.js');
const missing = missingForCluster();
if (missing !== null && process.env.REQUIRE_KAFKA === '1') throw new Error(missing);

jest.setTimeout(400_000);

interface Report {
  readonly legs: readonly {
    readonly unrest: string | null;
    readonly payments: number;
    readonly verdicts: readonly {
      readonly promise: string;
      readonly tries: number;
      readonly violations: readonly unknown[];
    }[];
  }[];
}

describe('a minute of faults', () => {
  let outDir: string;
  let running: ChildProcess | undefined;
  beforeAll(() => {
    outDir = mkdtempSync(path.join(tmpdir(), 'paymatch-chaos-out-'));
  });
  afterAll(async () => {
    if (running?.exitCode === null && running.signalCode === null) {
      running.kill('SIGTERM');
      await once(running, 'exit');
    }
    rmSync(outDir, { recursive: true, force: true });
  });

  it('breaks no promise', async () => {
    // A slow machine is not what is tried here: how long it takes to come back is judged by longer runs.
    const args = ['--minutes', missing === null ? '1' : '0.5', '--seed', '7', '--recovery', '60', '--out', outDir];
    const target = missing === null ? 'both' : 'single';
    const child = spawn(process.execPath, [main, ...args, '--target', target], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running = child;
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    const report = JSON.parse(readFileSync(path.join(outDir, 'report-7.json'), 'utf8')) as Report;
    const broken = report.legs.flatMap(({ verdicts }) => verdicts.flatMap(({ violations }) => violations));
    expect(broken).toEqual([]);
    expect(report.legs.map(({ unrest }) => unrest)).toEqual(report.legs.map(() => null));
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Every promise was kept.') });
    for (const { payments } of report.legs) expect(payments).toBeGreaterThan(10);
  });
});
