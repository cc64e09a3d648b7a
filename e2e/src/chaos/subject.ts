import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Demo } from '../running-gateway.js';
import type { Part, Target } from './fault-kinds.js';
import type { Link } from './link.js';
import type { SmallDisk } from './processes.js';

const root = path.resolve(__dirname, '../../..');

/** A way as a fault names it: a proxy, and which of its clients is meant. */
export interface LinkOfClient {
  readonly link: Link;
  readonly client: string;
}

/** The system under test, with everything that can be done to it. */
export interface Subject {
  readonly target: Target;
  /** Its address is that of the proxy before the gateway. */
  readonly demo: Demo;
  /** A live key of somebody else. */
  readonly strangersKey: string;
  /** As somebody who may read everything; past every proxy. */
  readonly databaseUrl: string;
  /** `null` where topics are tables. */
  readonly broker: string | null;
  /** Empty while the part is not there. */
  pidsOf(part: Part): readonly number[];
  /** After a signal that ends it: resolves when the part runs again and can be used by those that need it. */
  isBack(part: Part): Promise<void>;
  linkOf(part: Part): LinkOfClient;
  /** Why there is none, instead. */
  diskOf(part: Part): SmallDisk | string;
  setClock(part: Part, aheadMs: number): void;
  /** The last lines that it said, for whoever looks for the cause of something. */
  log(): string;
  /** Whether the log of a process says that, however long ago. */
  hasLogged(words: string): boolean;
  stop(): Promise<void>;
}

/** Clocks of started processes, each of which can be moved on its own. */
export class Clocks {
  private readonly aheadMs: Record<string, number> = {};

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(path.join(root, 'e2e/src/chaos/stepped-clock.cjs'), this.hook);
    this.write();
  }

  /** For the environment of what is started. */
  get environment(): Readonly<Record<string, string>> {
    return { NODE_OPTIONS: `--require ${this.hook}` };
  }

  set(app: string, aheadMs: number): void {
    this.aheadMs[app] = aheadMs;
    this.write();
  }

  private get hook(): string {
    return path.join(this.folder, 'stepped-clock.cjs');
  }

  private write(): void {
    writeFileSync(path.join(this.folder, 'clock.json'), JSON.stringify(this.aheadMs));
  }
}

/** Makes a second merchant as an operator would; its live key. */
export async function makeStranger(env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(
    process.execPath,
    [path.join(root, 'apps/ops/dist/main.js'), 'merchant', '--name', 'A stranger'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  const key = /^live key +(\S+)$/m.exec(said)?.[1];
  if (key === undefined) throw new Error(`making a second merchant said: ${said}`);
  return key;
}
