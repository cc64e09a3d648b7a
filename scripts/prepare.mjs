// What every command does first: install what is missing, build what is old. Prints only when there is something to do.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs a command to its end with our standard streams; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) {
    console.error(`paymatch: cannot run ${command}: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `paymatch: Node 20.19 or newer is needed, this is ${process.versions.node}. Install a current LTS from your ` +
        'package manager or nodejs.org.',
    );
    process.exit(1);
  }
}

/** `npm ci` unless node_modules is as new as the lockfile. */
export function install() {
  checkNode();
  const lockfile = path.join(root, 'package-lock.json');
  const marker = path.join(root, 'node_modules', '.package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lockfile).mtimeMs) return;
  console.log('paymatch: installing packages (once)…');
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
}

/**
 * `tsc -b` of one project with all it rests on (of every project when none is named), and the console: nothing when
 * nothing changed.
 */
export function build(project = '.') {
  run(process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', path.join(root, project)]);
  run(process.execPath, [path.join(root, 'scripts', 'console.mjs')]);
}
