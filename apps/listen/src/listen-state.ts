import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '@paymatch/platform-secrets';
import { formatSecret, secretBytes } from '@paymatch/webhook-dispatch-domain';
import { UsageError, type ListenOptions } from './listen-options.js';

interface Remembered {
  /** The last event that was dealt with; absent before the first. */
  readonly after?: string | null;
  readonly secret: string;
}

/** How far each merchant and address has come, in a file that only its owner reads. */
export class ListenState {
  private readonly name: string;

  /** Keys are told apart by a hash: a file with keys in it would be one more to guard. */
  constructor(private readonly options: ListenOptions) {
    const key = createHash('sha256').update(options.key).digest('hex').slice(0, 16);
    this.name = `${options.gateway} ${key} ${options.to}`;
  }

  /** `undefined`: it never ran for these. */
  get after(): string | null | undefined {
    return this.read()[this.name]?.after;
  }

  /** The same one every time. */
  secret(): string {
    if (this.options.secret !== null) return this.options.secret;
    const known = this.read()[this.name]?.secret;
    if (known !== undefined) return known;
    const made = formatSecret(randomBytes(secretBytes));
    this.write({ secret: made });
    return made;
  }

  saveAfter(after: string | null): void {
    const secret = this.read()[this.name]?.secret ?? this.secret();
    this.write({ secret, after });
  }

  private write(remembered: Remembered): void {
    const { stateFile } = this.options;
    mkdirSync(path.dirname(stateFile), { recursive: true });
    writeWhole(stateFile, `${JSON.stringify({ ...this.read(), [this.name]: remembered }, null, 2)}\n`);
  }

  private read(): Readonly<Record<string, Remembered>> {
    const { stateFile } = this.options;
    if (!existsSync(stateFile)) return {};
    try {
      return JSON.parse(readFileSync(stateFile, 'utf8')) as Record<string, Remembered>;
    } catch (error) {
      throw new UsageError(`${stateFile} cannot be read (${(error as Error).message}); remove it to begin anew.`, {
        cause: error,
      });
    }
  }
}
