import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const BUILD_TIMEOUT_MS = 600_000;

/** The real proxy of the compose file, or why it cannot be had here, in one line. */
export type Caddy = { readonly binary: string } | { readonly missing: string };

/**
 * The version that the compose file pins, built once from its Go module into `cacheDir`. Instances of a service share a
 * port and differ by address, as containers do: that takes a loopback network with more than one address.
 */
export async function prepareCaddy(image: string, cacheDir: string, say: (line: string) => void): Promise<Caddy> {
  const version = /^caddy:(\d+\.\d+\.\d+)$/.exec(image)?.[1];
  if (version === undefined) return { missing: `${image} names no version that can be built` };
  if (process.platform !== 'linux') return { missing: `loopback has one address on ${process.platform}` };
  const folder = path.join(cacheDir, version);
  const binary = path.join(folder, 'caddy');
  if (existsSync(binary)) return { binary };
  say(`proxy | building Caddy ${version} from its Go module, once…`);
  // Built beside its place: neither an interrupted nor a second build leaves half a folder.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const problem = await build(version, unfinished);
  if (problem === null && !existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return problem === null ? { binary } : { missing: problem };
}

function build(version: string, folder: string): Promise<string | null> {
  return new Promise((resolve) => {
    const go = spawn(
      'go',
      ['install', '-trimpath', '-ldflags', '-s -w', `github.com/caddyserver/caddy/v2/cmd/caddy@v${version}`],
      {
        env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: BUILD_TIMEOUT_MS,
      },
    );
    let output = '';
    go.stderr.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-2_000);
    });
    go.on('error', (error) => resolve(`Go is needed to build Caddy: ${error.message}`));
    go.on('exit', (code) =>
      resolve(code === 0 ? null : `Caddy could not be built: ${output.trim().split('\n').at(-1) ?? 'no reason given'}`),
    );
  });
}
