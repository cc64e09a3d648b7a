// `npm run simulate -- --seeds 1000 --from 1`: builds the simulation and runs one schedule for each seed.
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

const folder = path.join(root, 'apps', 'simulation');
install();
run(process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', folder]);
run(process.execPath, [path.join(folder, 'dist', 'main.js'), ...process.argv.slice(2)]);
