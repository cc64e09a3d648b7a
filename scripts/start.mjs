// `npm start`: installs and builds what is missing, then runs the whole gateway in one process.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { whenNpmEnds } from './npm-parent.mjs';
import { build, install, root } from './prepare.mjs';

// Requests live for a few milliseconds: room for a few thousand of them, so that the collector finds them dead.
const nodeArguments = ['--enable-source-maps', '--max-semi-space-size=64'];

install();
build('apps/standalone');
const child = spawn(
  process.execPath,
  [...nodeArguments, path.join(root, 'apps/standalone/dist/main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: process.cwd() },
);
// The terminal sends ^C to the whole group; a supervisor's SIGTERM comes to us alone and is passed on.
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => undefined);
whenNpmEnds(() => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
