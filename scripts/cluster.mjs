// `npm run cluster`: executes docker-compose.yml as local processes, with a real Kafka broker.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { whenNpmEnds } from './npm-parent.mjs';
import { build, install, root } from './prepare.mjs';

install();
build();
const child = spawn(
  process.execPath,
  ['--enable-source-maps', path.join(root, 'apps/cluster/dist/main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => undefined);
whenNpmEnds(() => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
