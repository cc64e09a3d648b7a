import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverPidOf } from './processor-time.js';

const WRITTEN_MS = 30_000;
const LINES = 45;

/** Takes processor profiles of a running server that was started with `environment`. */
export class ProfiledServer {
  private readonly file: string;

  constructor(private readonly outDir: string) {
    this.file = path.resolve(outDir, `.profile-${process.pid}`);
  }

  get environment(): Readonly<Record<string, string>> {
    return { NODE_OPTIONS: `--require ${path.join(__dirname, 'server-profile.js')}`, BENCH_PROFILE: this.file };
  }

  /** The profile of what the server does during `work`: kept as `<name>.cpuprofile`, and as lines. */
  async during<T>(
    pid: number,
    name: string,
    work: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
    const server = serverPidOf(pid);
    process.kill(server, 'SIGUSR2');
    const result = await work();
    process.kill(server, 'SIGUSR2');
    for (const deadline = Date.now() + WRITTEN_MS; !existsSync(this.file); await sleep(50))
      if (Date.now() > deadline) throw new Error('the server wrote no profile');
    const kept = path.join(this.outDir, `${name.replace(/\W+/g, '-')}.cpuprofile`);
    renameSync(this.file, kept);
    rmSync(`${this.file}.part`, { force: true });
    const profile = JSON.parse(readFileSync(kept, 'utf8')) as Profiler.Profile;
    return { result, lines: [`profile: ${kept}`, ...summaryOf(profile)] };
  }
}

/** Functions by the share of samples in which they themselves ran, and files by theirs. */
function summaryOf({ nodes, samples = [] }: Profiler.Profile): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const functions = new Map<string, number>();
  const files = new Map<string, number>();
  const add = (to: Map<string, number>, key: string): void => {
    to.set(key, (to.get(key) ?? 0) + 1);
  };
  let busy = 0;
  for (const id of samples) {
    const { functionName, url, lineNumber } = byId.get(id)!.callFrame;
    if (functionName === '(idle)') continue;
    busy += 1;
    const file = shortened(url);
    add(functions, `${functionName || '(anonymous)'} ${file}${url === '' ? '' : `:${lineNumber + 1}`}`);
    add(files, file === '' ? functionName : file);
  }
  const share = (count: number): string => `${((100 * count) / busy).toFixed(1).padStart(5)} %`;
  const top = (of: Map<string, number>): readonly string[] =>
    [...of]
      .sort((a, b) => b[1] - a[1])
      .slice(0, LINES)
      .map(([name, count]) => `${share(count)} ${name}`);
  return [
    `busy in ${((100 * busy) / samples.length).toFixed(0)} % of ${samples.length} samples; by function (of busy ` +
      'samples):',
    ...top(functions),
    'by file:',
    ...top(files),
  ];
}

function shortened(url: string): string {
  return url.replace(/^file:\/\//, '').replace(/^.*\/(node_modules|libs|apps)\//, '$1/');
}
