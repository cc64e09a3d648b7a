import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { flushFolder, writeWhole } from '@paymatch/platform-secrets';
import { copyDurably, copyFolders, digestOf, type CopiedFile } from './embedded-files.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { findEmbeddedPostgres } from './embedded-postgres.js';
import { layoutOf, readOrNull, type Layout } from './embedded-postgres-process.js';

/** What a finished backup says of itself, in its `backup.json`. */
export interface Backup {
  readonly format: 1;
  /** When the copy was consistent: everything acknowledged before `startedAt` is in it. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** When every file had been read back and was what was copied; absent in backups of earlier versions. */
  readonly verifiedAt?: string;
  /** PostgreSQL's major version; another one cannot open it. */
  readonly major: string;
  readonly systemIdentifier: string;
  readonly startLsn: string;
  readonly stopLsn: string;
  readonly files: readonly CopiedFile[];
}

const BACKUP_FILE = 'backup.json';
const NOTES_FILE = 'backups.json';
const NOTED_MAX = 50;
/** Beside the cluster, and needed with it: the database's password, the secret that opens what is sealed, demo keys. */
const FILES_BESIDE = ['password', 'secret', 'demo.json'];

export interface BackupOptions {
  readonly dataDir: string;
  /** The folder that holds backups; a new folder is made in it. */
  readonly into: string;
  readonly onProgress?: (copiedFiles: number, ofFiles: number) => void;
}

/**
 * Copies a running cluster, its secrets and the log that makes the copy consistent into a new folder below `into`; the
 * gateway goes on meanwhile. The folder gets its name when it is whole, and has been read back. (PostgreSQL's
 * documentation, "Making a Base Backup Using the Low Level API".)
 */
export async function backUpEmbeddedPostgres(
  options: BackupOptions,
): Promise<{ readonly folder: string; readonly backup: Backup }> {
  const layout = layoutOf(options.dataDir);
  const url = findEmbeddedPostgres(options.dataDir);
  if (url === null) throw new EmbeddedPostgresError(`No gateway runs on the data folder ${layout.dataDir}.`);
  const client = new Client({ connectionString: url, application_name: 'paymatch backup' });
  client.on('error', () => undefined); // The query that waits for the connection rejects with it.
  await client.connect();
  try {
    const systemIdentifier = await prepareSession(client);
    const prefix = `paymatch-${systemIdentifier.slice(-6)}-`;
    removeUnfinished(options.into, prefix);
    const startedAt = new Date().toISOString();
    const folder = path.join(options.into, `${prefix}${startedAt.replace(/[:.]/g, '-')}`);
    await mkdir(`${folder}.unfinished`, { recursive: true, mode: 0o700 });
    const copied = await copyConsistently({ client, layout, target: `${folder}.unfinished`, options });
    const endedAt = new Date().toISOString();
    await checkFiles(`${folder}.unfinished`, copied.files, 'the backup is unfinished');
    const backup: Backup = {
      format: 1,
      startedAt,
      endedAt,
      verifiedAt: new Date().toISOString(),
      major: readFileSync(path.join(layout.cluster, 'PG_VERSION'), 'utf8').trim(),
      systemIdentifier,
      ...copied,
    };
    writeWhole(path.join(`${folder}.unfinished`, BACKUP_FILE), `${JSON.stringify(backup)}\n`);
    await rename(`${folder}.unfinished`, folder);
    flushFolder(options.into);
    noteBackup(layout.dataDir, { folder, backup });
    return { folder, backup };
  } finally {
    await client.end();
  }
}

/** A backup that was made, as the gateway's folder remembers it. */
export interface NotedBackup {
  readonly folder: string;
  readonly at: string;
  readonly endedAt: string;
  readonly verifiedAt?: string;
  readonly bytes: number;
  /** PostgreSQL's major version. */
  readonly major: string;
}

/** Where the gateway finds it again: backups themselves lie where it may not look. */
function noteBackup(dataDir: string, { folder, backup }: { readonly folder: string; readonly backup: Backup }): void {
  const { startedAt: at, endedAt, verifiedAt, major, files } = backup;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const note: NotedBackup = {
    folder: path.resolve(folder),
    at,
    endedAt,
    bytes,
    major,
    ...(verifiedAt !== undefined && { verifiedAt }),
  };
  const kept = [note, ...notedBackups(dataDir)].slice(0, NOTED_MAX);
  writeWhole(path.join(dataDir, NOTES_FILE), `${JSON.stringify(kept)}\n`);
}

/** The last ones, newest first, whatever became of them since. */
export function notedBackups(dataDir: string): readonly NotedBackup[] {
  const file = path.join(dataDir, NOTES_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly NotedBackup[]) : [];
}

/** Removes the oldest finished backups of one installation until `keep` are left; the names of those removed. */
export function pruneBackups(into: string, backup: Backup, keep: number): readonly string[] {
  const prefix = `paymatch-${backup.systemIdentifier.slice(-6)}-`;
  const finished = readdirSync(into).filter((name) => name.startsWith(prefix) && !name.endsWith('.unfinished'));
  const old = finished.toSorted().slice(0, -keep);
  for (const name of old) rmSync(path.join(into, name), { recursive: true });
  return old;
}

/** One backup at a time, and its log is kept until this session ends. */
async function prepareSession(client: Client): Promise<string> {
  const { rows: locks } = await client.query<{ isFree: boolean }>(
    `SELECT pg_try_advisory_lock(hashtext('paymatch backup')) AS "isFree"`,
  );
  if (locks[0]?.isFree !== true) throw new EmbeddedPostgresError('Another backup of this gateway runs.');
  await client.query(`SELECT pg_create_physical_replication_slot('paymatch_backup', true, true)`);
  const { rows } = await client.query<{ id: string }>(`SELECT system_identifier::text AS id FROM pg_control_system()`);
  return rows[0]!.id;
}

function removeUnfinished(into: string, prefix: string): void {
  if (!existsSync(into)) return;
  for (const name of readdirSync(into).filter((entry) => entry.startsWith(prefix) && entry.endsWith('.unfinished')))
    rmSync(path.join(into, name), { recursive: true });
}

interface Copy {
  readonly client: Client;
  readonly layout: Layout;
  readonly target: string;
  readonly options: BackupOptions;
}

async function copyConsistently(copy: Copy): Promise<Pick<Backup, 'startLsn' | 'stopLsn' | 'files'>> {
  const { client, layout, target } = copy;
  const { rows: starts } = await client.query<{ lsn: string }>(
    `SELECT pg_backup_start('paymatch', fast => true)::text AS lsn`,
  );
  const files = [...(await copyCluster(copy))];
  const { rows: stops } = await client.query<{ lsn: string; label: string; spaces: string }>(
    `SELECT lsn::text, labelfile AS label, spcmapfile AS spaces FROM pg_backup_stop(wait_for_archive => false)`,
  );
  const { lsn: startLsn } = starts[0]!;
  const { lsn: stopLsn, label } = stops[0]!;
  for (const segment of await segmentsBetween(copy, startLsn, stopLsn))
    files.push(await copyNeeded(copy, `cluster/pg_wal/${segment}`));
  const labelFile = path.join(target, 'cluster', 'backup_label');
  writeWhole(labelFile, label);
  files.push({ path: 'cluster/backup_label', ...(await digestOf(labelFile)) });
  for (const name of FILES_BESIDE)
    if (existsSync(path.join(layout.dataDir, name))) files.push(await copyNeeded(copy, name));
  return { startLsn, stopLsn, files };
}

/** What a copy must not have, or does not need (PostgreSQL's basebackup.c, `excludeDirContents`, `excludeFiles`). */
const EMPTIED = /^(pg_wal|pg_stat_tmp|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_subtrans)\/./;
const LEFT_OUT = /(^|\/)(pgsql_tmp[^/]*|pg_internal\.init[^/]*)(\/|$)/;
const LEFT_OUT_AT_TOP = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'postgresql.auto.conf.tmp',
  'current_logfiles.tmp',
  'backup_label',
  'backup_label.old',
  'tablespace_map',
  'backup_manifest',
]);
const CONTROL = 'global/pg_control';

async function copyCluster(copy: Copy): Promise<readonly CopiedFile[]> {
  const target = path.join(copy.target, 'cluster');
  const names = await copyFolders(
    copy.layout.cluster,
    target,
    (name) =>
      (!EMPTIED.test(name) || /^pg_wal\/[a-z_]+$/.test(name)) && !LEFT_OUT.test(name) && !LEFT_OUT_AT_TOP.has(name),
  );
  const copied: CopiedFile[] = [];
  for (const name of names.filter((candidate) => candidate !== CONTROL)) {
    const file = await copyDurably(path.join(copy.layout.cluster, name), path.join(target, name));
    if (file !== null) copied.push({ path: `cluster/${name}`, ...file });
    copy.options.onProgress?.(copied.length, names.length);
  }
  return [...copied, await copyControl(copy)];
}

const CONTROL_READS_MAX = 20;

/** Last, because it says where recovery begins; and only when two reads agree, because it may be written meanwhile. */
async function copyControl(copy: Copy): Promise<CopiedFile> {
  const source = path.join(copy.layout.cluster, CONTROL);
  for (let read = 0; read < CONTROL_READS_MAX; read += 1) {
    const before = readFileSync(source);
    if (!before.equals(readFileSync(source))) continue;
    const target = path.join(copy.target, 'cluster', CONTROL);
    const file = await copyDurably(source, target);
    if (file !== null && readFileSync(target).equals(before)) return { path: `cluster/${CONTROL}`, ...file };
    rmSync(target, { force: true });
  }
  throw new EmbeddedPostgresError(`${source} changed all the time and could not be copied.`);
}

async function copyNeeded(copy: Copy, name: string): Promise<CopiedFile> {
  const file = await copyDurably(path.join(copy.layout.dataDir, name), path.join(copy.target, name));
  if (file === null) throw new EmbeddedPostgresError(`${name} went away while the backup was made.`);
  return { path: name, ...file };
}

/** The names of the log's segments that recovery reads from start to stop; throws when one is missing. */
async function segmentsBetween(copy: Copy, startLsn: string, stopLsn: string): Promise<readonly string[]> {
  const { rows } = await copy.client.query<{ first: string; last: string; count: string }>(
    `SELECT pg_walfile_name($1::pg_lsn + 1) AS first, pg_walfile_name($2::pg_lsn) AS last,
       div(($2::pg_lsn - '0/1') , size) - div(($1::pg_lsn - '0/0'), size) + 1 AS count
     FROM (SELECT setting::numeric AS size FROM pg_settings WHERE name = 'wal_segment_size') AS segment`,
    [startLsn, stopLsn],
  );
  const { first, last, count } = rows[0]!;
  const names = readdirSync(path.join(copy.layout.cluster, 'pg_wal')).filter(
    (name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last,
  );
  if (names.length !== Number(count))
    throw new EmbeddedPostgresError(
      `Of the log from ${first} to ${last} only ${names.length} of ${count} segments are there.`,
    );
  return names;
}

/** Throws when a file is not what was copied, and says what follows from that. */
export async function checkFiles(folder: string, files: readonly CopiedFile[], consequence: string): Promise<void> {
  for (const file of files) {
    const copy = path.join(folder, file.path);
    const found = existsSync(copy) ? await digestOf(copy) : null;
    if (found?.sha256 !== file.sha256)
      throw new EmbeddedPostgresError(
        `${copy} ${found === null ? 'is missing' : 'is not what was backed up'}; ${consequence}. Take another backup.`,
      );
  }
}

/** The manifest of a backup's folder; throws when the folder is no finished backup. */
export function readBackup(folder: string): Backup {
  const text = readOrNull(path.join(folder, BACKUP_FILE));
  if (text === null) throw new EmbeddedPostgresError(`${folder} is no finished backup: it has no ${BACKUP_FILE}.`);
  const backup = JSON.parse(text) as Backup;
  if (backup.format !== 1)
    throw new EmbeddedPostgresError(`${folder} was made by a newer version of Paymatch; restore it with that one.`);
  return backup;
}
