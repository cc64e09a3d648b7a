import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ProcessOptions {
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A script under this very Node with an environment of its own; BENCH_NODE_ARGS (e.g. `--cpu-prof`) go to each. Its
 * errors are ours to see.
 */
export function startProcess(file: string, { args = [], env }: ProcessOptions): ChildProcess {
  return spawn(process.execPath, [...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
