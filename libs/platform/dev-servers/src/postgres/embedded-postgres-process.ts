import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { writeWhole } from '@paymatch/platform-secrets';

const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 10;

/** The folders and files of one embedded server. */
export interface Layout {
  readonly dataDir: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly logFile: string;
  /** Which Node process the server belongs to. */
  readonly ownerFile: string;
}

export function layoutOf(dataDir: string): Layout {
  const root = path.resolve(dataDir);
  return {
    dataDir: root,
    cluster: path.join(root, 'cluster'),
    passwordFile: path.join(root, 'password'),
    logFile: path.join(root, 'server.log'),
    ownerFile: path.join(root, 'owner.json'),
  };
}

interface Owner {
  readonly pid: number;
  /** What tells this process from a later one with the same pid. */
  readonly bornAt: string;
}

function bornAt(pid: number): string | null {
  if (!isAlive(pid)) return null;
  // Field 22 of /proc/<pid>/stat is the start time in ticks since boot (proc(5)); the name in field 2 may hold spaces.
  if (process.platform === 'linux')
    return (
      readOrNull(`/proc/${pid}/stat`)
        ?.replace(/^.*\) /s, '')
        .split(' ')[19] ?? null
    );
  return commandOf('lstart', pid);
}

/** Refuses when a living process uses this folder; otherwise this process becomes its owner. */
export function takeOwnership(layout: Layout): void {
  const owner = livingOwner(layout);
  if (owner !== null) {
    throw new EmbeddedPostgresError(
      `The data folder ${layout.dataDir} is in use by process ${owner.pid}. Stop that one first, or choose ` +
        'another folder.',
    );
  }
  writeWhole(layout.ownerFile, JSON.stringify({ pid: process.pid, bornAt: bornAt(process.pid) }));
}

export function hasLivingOwner(layout: Layout): boolean {
  return livingOwner(layout) !== null;
}

/** A file that names nobody is what a crash left of it: whoever wrote it is gone. */
function livingOwner(layout: Layout): Owner | null {
  let owner: Partial<Owner> | null;
  try {
    owner = JSON.parse(readOrNull(layout.ownerFile) ?? 'null') as Partial<Owner> | null;
  } catch {
    return null;
  }
  if (typeof owner?.pid !== 'number' || typeof owner.bornAt !== 'string') return null;
  return bornAt(owner.pid) === owner.bornAt ? { pid: owner.pid, bornAt: owner.bornAt } : null;
}

export function releaseOwnership(layout: Layout): void {
  rmSync(layout.ownerFile, { force: true });
}

interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** What `postmaster.pid` says: line 1 is the pid, 4 the port, 8 the state (miscadmin.h, LOCK_FILE_LINE_*). */
export function readPostmaster(layout: Layout): Postmaster | null {
  const lines = readOrNull(path.join(layout.cluster, 'postmaster.pid'))?.split('\n');
  const pid = Number(lines?.[0]);
  if (lines === undefined || !(pid > 0)) return null;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Ends the server that a killed owner left behind. It is not taken over: its sessions belong to nobody and may hold
 * transactions and locks open, and its port and settings may not be the ones asked for.
 */
export async function stopAbandonedServer(layout: Layout): Promise<void> {
  if (!existsSync(layout.cluster)) return;
  const postmaster = readPostmaster(layout);
  const isNamed = postmaster !== null && isServerOf(layout, postmaster.pid);
  // Its file may be lost or torn while it runs; a second server on the same data is what must never be.
  const pid = isNamed ? postmaster.pid : findServer(layout);
  if (pid !== null) await stopServer(pid, 'fast');
  // Where nobody can be asked who works in a folder, PostgreSQL's own look at a dead process's file is the better one.
  if (process.platform !== 'linux' && postmaster !== null && !answersSignals(postmaster.pid)) return;
  // What is left names a stranger since a reboot, who must not be signalled, or a dead process that nobody has asked
  // for (the first process of a container may not), or nobody at all. PostgreSQL would take it for its own server and
  // not start.
  await untilBackendsEnded(layout);
  rmSync(path.join(layout.cluster, 'postmaster.pid'), { force: true });
  for (const name of readdirSync(layout.dataDir).filter((entry) => entry.startsWith('.s.PGSQL.')))
    rmSync(path.join(layout.dataDir, name), { force: true });
}

/** A fast stop ends sessions and writes a checkpoint; an immediate one leaves recovery to the next start. */
export async function stopServer(pid: number, mode: 'fast' | 'immediate'): Promise<void> {
  if (mode === 'fast' && (await signalAndWait(pid, 'SIGINT', STOP_TIMEOUT_MS))) return;
  if (await signalAndWait(pid, 'SIGQUIT', STOP_TIMEOUT_MS / 4)) return;
  if (await signalAndWait(pid, 'SIGKILL', STOP_TIMEOUT_MS / 4)) return;
  throw new EmbeddedPostgresError(`The PostgreSQL process ${pid} does not stop, not even by SIGKILL.`);
}

/** Backends of a killed server end when they notice; without `postmaster.pid` PostgreSQL cannot know of them. */
async function untilBackendsEnded(layout: Layout): Promise<void> {
  for (const deadline = Date.now() + STOP_TIMEOUT_MS; processesIn(layout).length > 0; await sleep(POLL_MS)) {
    if (Date.now() > deadline)
      throw new EmbeddedPostgresError(
        `Processes of a killed PostgreSQL still work in ${layout.cluster}; end them first.`,
      );
  }
}

/** The processes that have the cluster as their folder: servers and their backends. Only Linux tells. */
function processesIn(layout: Layout): readonly number[] {
  if (process.platform !== 'linux' || !existsSync(layout.cluster)) return [];
  const cluster = realpathSync(layout.cluster);
  const worksHere = (pid: string): boolean => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      return false; // It ended meanwhile, or is another user's, or dead: a dead process has no folder.
    }
  };
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && worksHere(entry))
    .map(Number);
}

/**
 * The server that runs on this cluster, whatever its file says. Backends name themselves otherwise, so the folder tells
 * it from them.
 */
function findServer(layout: Layout): number | null {
  if (process.platform === 'linux') return processesIn(layout).find((pid) => isServerOf(layout, pid)) ?? null;
  const line = listCommands()
    .split('\n')
    .find((command) => command.includes(`-D ${layout.cluster} `));
  return line === undefined ? null : Number.parseInt(line, 10);
}

function listCommands(): string {
  try {
    return execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 16_000_000 });
  } catch {
    return ''; // No `ps` here: only the file can tell.
  }
}

async function signalAndWait(pid: number, signal: NodeJS.Signals, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  signalQuietly(pid, signal);
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Sends a signal; a process that has gone meanwhile is what was wanted. */
export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A dead process answers signals too until its parent has asked for it. */
function isAlive(pid: number): boolean {
  return (
    answersSignals(pid) && (process.platform !== 'linux' || !/\) [ZX] /.test(readOrNull(`/proc/${pid}/stat`) ?? ') X '))
  );
}

function isServerOf(layout: Layout, pid: number): boolean {
  const command = process.platform === 'linux' ? readOrNull(`/proc/${pid}/cmdline`) : commandOf('command', pid);
  return command?.includes(layout.cluster) ?? false;
}

function commandOf(column: 'command' | 'lstart', pid: number): string | null {
  try {
    return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null; // `ps` exits 1 when there is no such process.
  }
}

export function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESRCH') return null;
    throw error;
  }
}
