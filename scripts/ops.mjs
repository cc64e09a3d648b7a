// `npm run ops -- <command>`: installs and builds what is missing, then runs the operators' shell.
import path from 'node:path';
import { build, install, root, run } from './prepare.mjs';

install();
build();
run(process.execPath, [path.join(root, 'apps/ops/dist/main.js'), ...process.argv.slice(2)]);
