import { createHash } from 'node:crypto';

/** What happened, in order, in words that are the same whenever the same happens. */
export class Trace {
  readonly lines: string[] = [];

  constructor(private readonly nowMs: () => number) {}

  add(line: string): void {
    this.lines.push(`${String(this.nowMs()).padStart(7)} ${line}`);
  }

  get hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex').slice(0, 16);
  }
}
