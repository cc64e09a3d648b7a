// The Node of the image (`FROM node:…` in the Dockerfile), fetched once from npm, so that it is tested as well as this
// one.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './prepare.mjs';

const fetchLimitMs = 120_000;

/**
 * Its version, and where it is: `binary` is `null`, and `problem` says why, where it cannot be had or does not run
 * here.
 */
export function imageNode() {
  const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
  const version = /^FROM node:(\d+\.\d+\.\d+)-/m.exec(dockerfile)[1];
  if (process.versions.node === version) return { version, binary: process.execPath };
  // What the package `node` fetches when it is installed; without that step, and nowhere near node_modules/.bin.
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(root, '.cache', `node-${version}`);
  const binary = path.join(folder, 'node_modules', name, 'bin', 'node');
  if (!existsSync(binary)) {
    const problem = fetchInto(folder, `${name}@${version}`);
    if (problem !== null) return { version, binary: null, problem };
  }
  const { error, stdout, stderr } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (stdout?.trim() === `v${version}`) return { version, binary };
  return { version, binary: null, problem: `${binary} does not run: ${error?.message ?? stderr.trim()}` };
}

function fetchInto(folder, what) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--fetch-retries=1',
  ];
  const { status, error, stderr } = spawnSync(npm, ['install', '--prefix', folder, ...options, what], {
    encoding: 'utf8',
    timeout: fetchLimitMs,
  });
  if (status === 0) return null;
  const said = stderr?.split('\n').find((line) => line.startsWith('npm error'));
  return `npm does not give ${what}: ${error?.message ?? said ?? `exit ${status}`}`;
}
