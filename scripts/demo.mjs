// `npm run demo`: installs and builds what is missing, then pays one payment all the way.
import path from 'node:path';
import { build, install, root, run } from './prepare.mjs';

install();
build();
run(process.execPath, [path.join(root, 'e2e/dist/demo.js'), ...process.argv.slice(2)]);
