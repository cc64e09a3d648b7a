import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

/** A fenced block of a page, with the heading it stands under. */
export interface PageBlock {
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** What a reader of the page would copy, in order. */
export function blocksOf(page: string): readonly PageBlock[] {
  const text = readFileSync(path.join(root, page), 'utf8');
  const blocks: PageBlock[] = [];
  let heading = '';
  for (const match of text.matchAll(/^#+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (match[1] !== undefined) heading = match[1];
    else blocks.push({ heading, language: match[2]!, text: match[3]! });
  }
  return blocks;
}

const END = '--end-of-block--';
const blockLimitMs = 150_000;

/** One shell in which a page's blocks run one after the other, as its reader's would; it ends at the first failure. */
export class PageShell {
  private output = '';
  private readonly child: ChildProcess;

  constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.child = spawn('bash', [], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own, so that what a block leaves in the background ends with it.
      detached: true,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    this.child.stdin!.on('error', () => undefined); // The shell has ended; `run` says so with what it printed.
    this.child.stdin!.write('set -euo pipefail\n');
  }

  /** Resolves with what the block printed. */
  async run(text: string): Promise<string> {
    this.output = '';
    this.child.stdin!.write(`${text}\necho '${END}'\n`);
    for (const deadlineMs = Date.now() + blockLimitMs; !this.output.includes(`${END}\n`);) {
      const isOver = this.child.exitCode !== null || this.child.signalCode !== null;
      if (isOver || Date.now() > deadlineMs)
        throw new Error(`${isOver ? 'this failed' : 'this did not end'}:\n${text}\nIt printed:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.output.slice(0, this.output.indexOf(END));
  }

  end(): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
