import { chownSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { flushFolder } from '@paymatch/platform-secrets';
import { checkFiles, readBackup, type Backup } from './embedded-backup.js';
import { copyDurably, copyFolders } from './embedded-files.js';
import { findBinaries, type Binaries } from './embedded-postgres-binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { prepareFolder } from './embedded-postgres-folder.js';
import { layoutOf, readOrNull, releaseOwnership, takeOwnership, type Layout } from './embedded-postgres-process.js';

export interface RestoreOptions {
  /** The folder of one backup. */
  readonly from: string;
  /** Where the gateway shall run on it; must hold no database. */
  readonly dataDir: string;
  readonly onProgress?: (copiedFiles: number, ofFiles: number) => void;
}

/**
 * Puts a backup where a gateway can start on it. Every file is compared with what the backup says of it before the data
 * folder is touched; a restore that is interrupted leaves no database, and can be run again.
 */
export async function restoreEmbeddedPostgres(options: RestoreOptions): Promise<Backup> {
  const backup = readBackup(options.from);
  const binaries = await findBinaries();
  if (backup.major !== binaries.major)
    throw new EmbeddedPostgresError(`The backup is of PostgreSQL ${backup.major}, this is ${binaries.major}.`);
  await checkFiles(options.from, backup.files, 'nothing was restored');
  const layout = layoutOf(options.dataDir);
  prepareFolder(layout, binaries);
  takeOwnership(layout);
  try {
    refuseUsedFolder(layout, options.from);
    await copyBack(options, layout, backup);
    giveAway(layout, binaries);
    return backup;
  } finally {
    releaseOwnership(layout);
  }
}

function refuseUsedFolder(layout: Layout, from: string): void {
  if (existsSync(layout.cluster))
    throw new EmbeddedPostgresError(
      `${layout.dataDir} holds a database. Move that folder away first, or restore into another one; nothing was ` +
        'restored.',
    );
  const secret = readOrNull(path.join(layout.dataDir, 'secret'));
  if (secret !== null && secret !== readOrNull(path.join(from, 'secret')))
    throw new EmbeddedPostgresError(
      `${path.join(layout.dataDir, 'secret')} is not the one of the backup. Move it away first; nothing was restored.`,
    );
}

async function copyBack(options: RestoreOptions, layout: Layout, backup: Backup): Promise<void> {
  const unfinished = `${layout.cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await copyFolders(path.join(options.from, 'cluster'), unfinished, () => true);
  for (const [index, file] of backup.files.entries()) {
    const inCluster = file.path.startsWith('cluster/');
    const target = inCluster
      ? path.join(unfinished, file.path.slice('cluster/'.length))
      : path.join(layout.dataDir, file.path);
    if (!inCluster) rmSync(target, { force: true });
    const copied = await copyDurably(path.join(options.from, file.path), target);
    if (copied?.sha256 !== file.sha256) throw new EmbeddedPostgresError(`${file.path} changed while it was restored.`);
    options.onProgress?.(index + 1, backup.files.length);
  }
  for (const folder of [unfinished, ...foldersIn(unfinished)]) flushFolder(folder);
  renameSync(unfinished, layout.cluster);
  flushFolder(layout.dataDir);
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Where PostgreSQL runs as another user than this process, the files are that user's. */
function giveAway(layout: Layout, { launch: { uid, gid } }: Binaries): void {
  if (uid === undefined || gid === undefined) return;
  const entries = readdirSync(layout.cluster, { withFileTypes: true, recursive: true });
  for (const entry of entries) chownSync(path.join(entry.parentPath, entry.name), uid, gid);
  chownSync(layout.cluster, uid, gid);
  chownSync(layout.passwordFile, uid, gid);
}
