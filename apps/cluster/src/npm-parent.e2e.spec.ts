import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

const helper = path.resolve(__dirname, '../../../scripts/npm-parent.mjs');

/** What a script does: says that it runs, and when it notices that npm has ended, says so and ends. */
const script = `
  import { whenNpmEnds } from '${helper}';
  setInterval(() => undefined, 1_000);
  whenNpmEnds(() => { console.log('npm has ended'); process.exit(0); });
  console.log('running');
`;

// Only there can a process ask for its ancestors.
const itHere = existsSync('/proc/self/cmdline') ? it : it.skip;

describe('a script that npm runs', () => {
  itHere.each([
    ['at once', ''],
    ['through a shell', '; true'],
  ])('%s notices that npm was ended by a signal npm does not pass on', async (_name, after) => {
    // Stands for npm: starts a shell with the command, and knows nothing of SIGHUP.
    const npm = spawn(
      process.execPath,
      ['-e', `require('child_process').spawn('/bin/sh', ['-c', process.env.COMMAND], { stdio: 'inherit' })`],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        detached: true,
        env: {
          PATH: process.env.PATH,
          npm_lifecycle_event: 'cluster',
          SCRIPT: script,
          COMMAND: `"${process.execPath}" --input-type=module -e "$SCRIPT"${after}`,
        },
      },
    );
    // Whatever goes wrong, nothing stays behind: the whole group is ended, and with it the stream.
    const limit = setTimeout(() => process.kill(-npm.pid!, 'SIGKILL'), 20_000);
    let output = '';
    for await (const chunk of npm.stdout as AsyncIterable<Buffer>) {
      output += chunk.toString();
      if (output === 'running\n') npm.kill('SIGHUP');
    }
    clearTimeout(limit);
    // The stream ends with the last process that held it.
    expect(output).toBe('running\nnpm has ended\n');
    if (npm.exitCode === null && npm.signalCode === null) await once(npm, 'exit');
  });
});
