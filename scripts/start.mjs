// `npm start`: installs and builds what is missing, then runs the whole gateway in one process.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, install, root } from './prepare.mjs';

install();
build();
const child = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'apps/standalone/dist/main.js'), ...process.argv.slice(2)], { stdio: 'inherit', cwd: process.cwd() });
// The terminal sends ^C to the whole group; a supervisor's SIGTERM comes to us alone and is passed on.
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => undefined);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
