// npm passes on some signals only, and not through the shell it may have put in between: when it is gone, what it runs
// must end, too.
import { readFileSync } from 'node:fs';

const watchIntervalMs = 500;

/**
 * Calls `end` once when the npm that runs this process has ended. Where nobody can be asked (no /proc, or not run by
 * npm): never.
 */
export function whenNpmEnds(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = findNpm(process.ppid);
  if (npm === null) return;
  const timer = setInterval(() => {
    if (commandOf(npm.pid) === npm.command) return;
    clearInterval(timer);
    end();
  }, watchIntervalMs);
  timer.unref();
}

/** The nearest ancestor, past the shells that npm starts commands with. */
function findNpm(pid) {
  const command = commandOf(pid);
  if (command === null) return null;
  if (!/^(\S*\/)?(ba|da|)sh\0-c\0/.test(command)) return { pid, command };
  const parent = /\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  return parent === undefined ? null : findNpm(Number(parent));
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') || null;
  } catch {
    // It has ended.
    return null;
  }
}
