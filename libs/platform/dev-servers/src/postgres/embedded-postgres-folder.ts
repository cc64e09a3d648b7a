import { randomBytes } from 'node:crypto';
import { accessSync, chownSync, constants, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { lastLine, run, type Binaries } from './embedded-postgres-binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { readOrNull, type Layout } from './embedded-postgres-process.js';
import { flushFolder, writeWhole } from '@paymatch/platform-secrets';

/** The superuser of every embedded cluster. */
const EMBEDDED_USER = 'paymatch';

/**
 * One level at a time: Node's recursive way never ends where a file system answers "no such folder" for what it will
 * not make, as /proc does.
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}

export function prepareFolder(layout: Layout, binaries: Binaries): void {
  try {
    makeFolder(layout.dataDir);
    accessSync(layout.dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The data folder ${layout.dataDir} cannot be written: ${(error as Error).message}`,
      { cause: error },
    );
  }
  const { uid, gid } = binaries.launch;
  if (uid !== undefined && gid !== undefined) chownSync(layout.dataDir, uid, gid);
}

export function refuseOtherMajor(layout: Layout, binaries: Binaries): void {
  const major = readOrNull(path.join(layout.cluster, 'PG_VERSION'))?.trim();
  if (major === undefined || major === binaries.major) return;
  throw new EmbeddedPostgresError(
    `The data folder ${layout.dataDir} was written by PostgreSQL ${major}, this is ${binaries.major}. Dump it ` +
      'with the old version and restore the dump into a new folder.',
  );
}

/**
 * Makes the cluster beside its place and moves it there, so that an interrupted attempt is never mistaken for a
 * cluster.
 */
export async function initialise(layout: Layout, binaries: Binaries, durable: boolean): Promise<void> {
  const unfinished = `${layout.cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  writeWhole(layout.passwordFile, `${randomBytes(24).toString('base64url')}\n`);
  const { uid, gid } = binaries.launch;
  if (uid !== undefined && gid !== undefined) chownSync(layout.passwordFile, uid, gid);
  const args = [
    `--pgdata=${unfinished}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
    `--username=${EMBEDDED_USER}`,
    `--pwfile=${layout.passwordFile}`,
    '--auth=scram-sha-256',
    ...(durable ? [] : ['--no-sync']),
  ];
  const { code, output } = await run(binaries.initdb, args, { launch: binaries.launch });
  if (code !== 0)
    throw new EmbeddedPostgresError(
      `PostgreSQL could not make its data folder ${layout.cluster}: ` +
        `${lastLine(output.replace(/\ninitdb: (removing|data directory).*/g, ''))}`,
    );
  renameSync(unfinished, layout.cluster);
  flushFolder(layout.dataDir);
}

/** 108 with the zero at the end on Linux, 104 on macOS (`sun_path`, unix(7)). */
const SOCKET_PATH_BYTES_MAX = 103;

/**
 * A query over a socket file costs both sides a quarter less processor time than over the loopback address. Empty
 * where there can be none: on Windows, and where its path would be too long.
 */
export function socketFolder({ dataDir }: Layout): string {
  const isPossible = process.platform !== 'win32' && !/[,"\\]/.test(dataDir);
  return isPossible && Buffer.byteLength(`${dataDir}/.s.PGSQL.65535`) <= SOCKET_PATH_BYTES_MAX ? dataDir : '';
}

/** With the password in it: never to be logged. */
export function embeddedUrl(layout: Layout, port: number, password: string): string {
  const url = `postgres://${EMBEDDED_USER}:${password}@127.0.0.1:${port}/postgres`;
  const folder = socketFolder(layout);
  return folder === '' ? url : `${url}?host=${encodeURIComponent(folder)}`;
}

/** The cluster knows the password as a hash only, so a lost one must be put back by a person. */
export function readPassword(layout: Layout): string {
  const password = readOrNull(layout.passwordFile)?.trim() ?? '';
  if (password !== '') return password;
  throw new EmbeddedPostgresError(
    `${layout.passwordFile} is empty or missing, and without it nobody reaches the database beside it. Put the ` +
      `file back from a backup, or write a new password into it and set the same one for the role ${EMBEDDED_USER} ` +
      `(postgres --single -D ${layout.cluster} postgres, then: ALTER ROLE ${EMBEDDED_USER} PASSWORD '…').`,
  );
}
