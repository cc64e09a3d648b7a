// Before `npm pack`: the same sources once as ES modules and once as CommonJS, and which is which.
const { execFileSync } = require('node:child_process');
const { copyFileSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const tsc = require.resolve('typescript/bin/tsc');
for (const [folder, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
]) {
  rmSync(path.join(__dirname, 'dist', folder), { recursive: true, force: true });
  execFileSync(process.execPath, [tsc, '-p', path.join(__dirname, `tsconfig.${folder}.json`)], { stdio: 'inherit' });
  mkdirSync(path.join(__dirname, 'dist', folder), { recursive: true });
  writeFileSync(path.join(__dirname, 'dist', folder, 'package.json'), `${JSON.stringify({ type })}\n`);
}
copyFileSync(path.join(__dirname, '../../LICENSE'), path.join(__dirname, 'LICENSE'));
