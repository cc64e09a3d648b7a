import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const BUILD_TIMEOUT_MS = 600_000;

export interface GoProgram {
  /** Its package, e.g. `github.com/caddyserver/caddy/v2/cmd/caddy`; the program has the name of its last folder. */
  readonly package: string;
  readonly version: string;
  readonly cacheDir: string;
}

/** A program that is there, or why it cannot be had here, in one line. */
export type Built = { readonly binary: string } | { readonly missing: string };

/** Where it is once it was built. */
export function binaryOf(program: GoProgram): string {
  return path.join(program.cacheDir, program.version, path.basename(program.package));
}

/** Built once from its Go module, at that very version. */
export async function buildOnce(program: GoProgram, say: (line: string) => void): Promise<Built> {
  const binary = binaryOf(program);
  if (existsSync(binary)) return { binary };
  say(`building ${program.package} ${program.version}, once…`);
  const folder = path.dirname(binary);
  // Built beside its place: neither an interrupted nor a second build leaves half a folder.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const problem = await build(program, unfinished);
  if (problem === null && !existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return problem === null ? { binary } : { missing: problem };
}

function build(program: GoProgram, folder: string): Promise<string | null> {
  const name = `${program.package}@v${program.version}`;
  return new Promise((resolve) => {
    const go = spawn('go', ['install', '-trimpath', '-ldflags', '-s -w', name], {
      env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: BUILD_TIMEOUT_MS,
    });
    let output = '';
    go.stderr.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-2_000);
    });
    go.on('error', (error) => resolve(`Go is needed to build ${name}: ${error.message}`));
    go.on('exit', (code) =>
      resolve(
        code === 0 ? null : `${name} could not be built: ${output.trim().split('\n').at(-1) ?? 'no reason given'}`,
      ),
    );
  });
}
