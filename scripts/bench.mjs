// `npm run bench [scenario …]`: builds bench/ and runs its scenarios, all when none is named.
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

install();
run(process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', path.join(root, 'bench')]);
run(process.execPath, [path.join(root, 'bench', 'dist', 'main.js'), ...process.argv.slice(2)]);
