import { existsSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Signals those that are still there. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
}

/** The process and those it started itself: PostgreSQL's sessions are processes of their own. */
export function withChildren(pid: number): readonly number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  return [pid, ...children.map(Number)];
}

function parentOf(pid: string): number {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return Number(stat.replace(/^.*\) /s, '').split(' ')[1]);
}

/** The number in the first line of a file; `null` without the file or that process. */
export function pidIn(file: string): number | null {
  const pid = Number(readOrEmpty(file).split('\n')[0]);
  return pid > 0 && existsSync(`/proc/${pid}`) ? pid : null;
}

/** Resolves when that process has ended, and somebody has asked for it or it waits for that. */
export async function untilGone(pid: number, timeoutMs: number): Promise<void> {
  const isThere = (): boolean => {
    const stat = readOrEmpty(`/proc/${pid}/stat`);
    return stat !== '' && !/^\) [ZX]/.test(stat.slice(stat.lastIndexOf(')')));
  };
  for (const deadlineMs = Date.now() + timeoutMs; isThere(); await sleep(20))
    if (Date.now() > deadlineMs) throw new Error(`process ${pid} has not ended after ${timeoutMs} ms`);
}

/** PostgreSQL's own file: its port stands in the fourth line (miscadmin.h, LOCK_FILE_LINE_PORT). */
export function postmasterOf(folder: string): { readonly pid: number | null; readonly port: number } {
  const file = path.join(folder, 'cluster/postmaster.pid');
  return { pid: pidIn(file), port: Number(readOrEmpty(file).split('\n')[3]) };
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

/** The port may not be known before there is somebody. */
export async function untilListening(portNow: () => number, timeoutMs: number): Promise<void> {
  for (const deadlineMs = Date.now() + timeoutMs; Date.now() < deadlineMs; await sleep(50)) {
    const port = portNow();
    if (!(port > 0)) continue;
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', timeout: 500 });
      const answer = (isOpen: boolean): void => {
        socket.destroy();
        resolve(isOpen);
      };
      socket.once('connect', () => answer(true));
      socket.once('error', () => answer(false));
      socket.once('timeout', () => answer(false));
    });
    if (isThere) return;
  }
  throw new Error(`nothing listens on port ${portNow()} after ${timeoutMs} ms`);
}

/** A folder on a disk of its own, in memory, that can be made full and given room again. */
export class SmallDisk {
  private constructor(
    private readonly folder: string,
    private readonly size: string,
  ) {}

  /** Mounts it; says why where that cannot be had. */
  static mount(folder: string, size: string): SmallDisk | string {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      return 'a small disk is mounted by root on Linux alone';
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      return `a small disk cannot be mounted here: ${(error as Error).message.split('\n').join(' ')}`;
    }
    return new SmallDisk(folder, size);
  }

  /** As large as what is on it. */
  fill(): void {
    const { blocks, bfree, bsize } = statfsSync(this.folder);
    this.resize(String((blocks - bfree) * bsize));
  }

  makeRoom(): void {
    this.resize(this.size);
  }

  /** Lazily, so that nobody who still has a file open is in the way. */
  unmount(): void {
    execFileSync('umount', ['-l', this.folder], { stdio: 'pipe' });
  }

  private resize(size: string): void {
    execFileSync('mount', ['-o', `remount,size=${size}`, this.folder], { stdio: 'pipe' });
  }
}

/** Takes the disks of a folder away, and the folder with what is left in it. */
export function forget(folder: string, disks: readonly (SmallDisk | string)[]): void {
  for (const disk of disks) if (typeof disk !== 'string') disk.unmount();
  rmSync(folder, { recursive: true, force: true });
}
