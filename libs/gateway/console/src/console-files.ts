import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export const CONSOLE_FILES = Symbol('CONSOLE_FILES');

export type Encoding = 'br' | 'gzip';
export interface ConsoleAsset {
  readonly type: string;
  readonly identity: Buffer;
  /** Forms the build has made beside the file; small files have none. */
  readonly forms: Partial<Record<Encoding, Buffer>>;
}
export interface BuiltConsole {
  /** The page every address of the application is answered with; `__NONCE__` stands where each answer's own goes. */
  readonly page: string;
  readonly assets: ReadonlyMap<string, ConsoleAsset>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const endings: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** What the build made, read once: a few megabytes that everybody asks for. */
export class ConsoleFiles {
  private built: Promise<BuiltConsole | null> | undefined;

  constructor(private readonly folder: string) {}

  /** Null when it has not been built; it is looked for again at the next question then. */
  async load(): Promise<BuiltConsole | null> {
    this.built ??= this.read();
    const pending = this.built;
    const built = await pending.catch((error: unknown) => {
      if (this.built === pending) this.built = undefined;
      throw error;
    });
    if (built === null && this.built === pending) this.built = undefined;
    return built;
  }

  private async read(): Promise<BuiltConsole | null> {
    const page = await orNull(readFile(path.join(this.folder, 'index.html'), 'utf8'));
    const names = await orNull(readdir(path.join(this.folder, 'assets')));
    if (page === null || names === null) return null;
    const assets = new Map<string, ConsoleAsset>();
    for (const name of names.filter((each) => path.extname(each) in types)) assets.set(name, await this.asset(name));
    return { page, assets };
  }

  private async asset(name: string): Promise<ConsoleAsset> {
    const file = path.join(this.folder, 'assets', name);
    const forms: Partial<Record<Encoding, Buffer>> = {};
    for (const encoding of ['br', 'gzip'] as const) {
      const form = await orNull(readFile(`${file}${endings[encoding]}`));
      if (form !== null) forms[encoding] = form;
    }
    return { type: types[path.extname(name)]!, identity: await readFile(file), forms };
  }
}

/** Null where there is no such file. */
async function orNull<Found>(reading: Promise<Found>): Promise<Found | null> {
  return reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
