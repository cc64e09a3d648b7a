// `npm run check`: types, formatting, lint with module boundaries and size limits, circles of files, unit tests.
import path from 'node:path';
import { build, install, root, run } from './prepare.mjs';

install();
build();
// The boundary rule reads Nx's picture of the projects; without a fresh one it would silently check nothing.
run(
  process.execPath,
  [path.join(root, 'node_modules/nx/dist/bin/nx.js'), 'graph', '--file', path.join(root, '.nx', 'project-graph.json')],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
run(process.execPath, [
  path.join(root, 'node_modules/prettier/bin/prettier.cjs'),
  '--check',
  '--log-level',
  'warn',
  '.',
]);
run(process.execPath, [path.join(root, 'node_modules/eslint/bin/eslint.js'), '.', '--max-warnings', '0']);
run(process.execPath, [
  path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
  ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'libs', 'apps', 'e2e', 'bench'],
]);
if (!process.argv.includes('--no-tests'))
  run(process.execPath, [path.join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', 'unit']);
