// `npm run listen -- --to <url>`: installs and builds what is missing, then sends a test merchant's events to a local
// URL.
import path from 'node:path';
import { spawn } from 'node:child_process';
import { build, install, root } from './prepare.mjs';

install();
build();
const child = spawn(process.execPath, [path.join(root, 'apps/listen/dist/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// A terminal's Ctrl-C reaches both; this one waits for the other to end as it likes to.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
