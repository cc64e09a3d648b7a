import { fork } from 'node:child_process';
import type { ScheduleSummary } from './tally.js';

export interface WorkersOptions {
  /** The program, which runs its share when it is told so by `--share`. */
  readonly program: string;
  readonly workers: number;
  readonly args: readonly string[];
  readonly onSummary: (summary: ScheduleSummary) => void;
}

/** Seeds are dealt out like cards; each worker has a database server of its own. Resolves when all have run theirs. */
export async function runInWorkers({ program, workers, args, onSummary }: WorkersOptions): Promise<void> {
  await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const child = fork(program, [...args, '--share', `${index}/${workers}`], {
        execArgv: ['--max-semi-space-size=64'],
      });
      child.on('message', (message) => onSummary(message as ScheduleSummary));
      return new Promise<void>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code, signal) => {
          if (code === 0) resolve();
          else reject(new Error(`worker ${index} ended with ${signal ?? code}`));
        });
      });
    }),
  );
}
