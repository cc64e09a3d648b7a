import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

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
  const owner = JSON.parse(readOrNull(layout.ownerFile) ?? 'null') as Owner | null;
  if (owner !== null && bornAt(owner.pid) === owner.bornAt) {
    throw new EmbeddedPostgresError(
      `The data folder ${layout.dataDir} is in use by process ${owner.pid}. Stop that one first, or choose another folder.`,
    );
  }
  writeFileSync(layout.ownerFile, JSON.stringify({ pid: process.pid, bornAt: bornAt(process.pid) }), { mode: 0o600 });
}

export function hasLivingOwner(layout: Layout): boolean {
  const owner = JSON.parse(readOrNull(layout.ownerFile) ?? 'null') as Owner | null;
  return owner !== null && bornAt(owner.pid) === owner.bornAt;
}

export function releaseOwnership(layout: Layout): void {
  rmSync(layout.ownerFile, { force: true });
}

/** What `postmaster.pid` says: line 1 is the pid, line 8 the state (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*). */
export function readPostmaster(layout: Layout): { readonly pid: number; readonly isReady: boolean } | null {
  const lines = readOrNull(path.join(layout.cluster, 'postmaster.pid'))?.split('\n');
  const pid = Number(lines?.[0]);
  return lines === undefined || !(pid > 0) ? null : { pid, isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Ends the server that a killed owner left behind. It is not taken over: its sessions belong to nobody and may hold
 * transactions and locks open, and its port and settings may not be the ones asked for.
 */
export async function stopAbandonedServer(layout: Layout): Promise<void> {
  const postmaster = readPostmaster(layout);
  if (postmaster === null || !answersSignals(postmaster.pid)) return;
  if (isServerOf(layout, postmaster.pid)) return stopServer(postmaster.pid, 'fast');
  // The pid belongs to a stranger since a reboot, who must not be signalled, or to a dead process that nobody has asked for
  // (the first process of a container may not). PostgreSQL would take either for its own server and not start.
  await untilBackendsEnded(layout);
  rmSync(path.join(layout.cluster, 'postmaster.pid'), { force: true });
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
  if (process.platform !== 'linux') return;
  const worksHere = (pid: string): boolean => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(layout.cluster);
    } catch {
      return false; // It ended meanwhile, or is another user's, or dead: a dead process has no folder.
    }
  };
  for (
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && worksHere(entry));
    await sleep(POLL_MS)
  ) {
    if (Date.now() > deadline)
      throw new EmbeddedPostgresError(
        `Processes of a killed PostgreSQL still work in ${layout.cluster}; end them first.`,
      );
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
