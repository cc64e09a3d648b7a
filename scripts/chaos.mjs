// `npm run chaos`: installs and builds what is missing, then hurts the cluster and the single process and judges them.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { whenNpmEnds } from './npm-parent.mjs';
import { build, install, root } from './prepare.mjs';

install();
build();
const child = spawn(process.execPath, [path.join(root, 'e2e/dist/chaos/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
// The terminal sends ^C to the whole group.
process.on('SIGINT', () => undefined);
whenNpmEnds(() => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
