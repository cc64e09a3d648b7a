import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries } from './embedded-postgres-binaries.js';
import { startEmbeddedPostgres, stopAbandonedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';

jest.setTimeout(60_000);

const COMPILED = path.resolve(__dirname, '../../dist/index.js');
let folder: string;
let servers: EmbeddedPostgres[];

beforeAll(() => {
  const root = path.resolve(__dirname, '../../../../..');
  execFileSync(process.execPath, [
    require.resolve('typescript/bin/tsc'),
    '-b',
    path.join(root, 'libs/platform/dev-servers'),
  ]);
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'paymatch-embedded-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await stopAbandonedPostgres(path.join(folder, 'data'));
  rmSync(folder, { recursive: true, force: true });
});

async function start(durable = true): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'data'), durable });
  servers.push(server);
  return server;
}

async function query(url: string, text: string): Promise<readonly unknown[][]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows as unknown[][];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A process of its own that starts the server and then waits; prints url and pid of the server. */
async function startOwner(
  dataDir: string,
): Promise<{ readonly owner: ChildProcess; readonly url: string; readonly serverPid: number }> {
  const script = `require(${JSON.stringify(COMPILED)}).startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: true })
    .then((server) => { process.once('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000); console.log(JSON.stringify({ url: server.url, serverPid: server.pid })); })`;
  const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(owner.stdout!, 'data')) as [Buffer];
  return { owner, ...(JSON.parse(line.toString()) as { url: string; serverPid: number }) };
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

async function untilEnded(pid: number): Promise<void> {
  for (let waited = 0; isRunning(pid); waited += 20) {
    if (waited > 10_000) throw new Error(`process ${pid} still runs`);
    await sleep(20);
  }
}

describe('an embedded PostgreSQL', () => {
  it('makes its folder, keeps data over a stop, and is durable by its settings', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)');
    const settings = [
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'autovacuum',
      'listen_addresses',
      'server_encoding',
    ];
    expect(await query(first.url, `SELECT ${settings.map((name) => `current_setting('${name}')`).join(', ')}`)).toEqual(
      [['on', 'on', 'on', 'on', '127.0.0.1', 'UTF8']],
    );
    const firstPid = first.pid;
    await first.stop();
    expect(isRunning(firstPid)).toBe(false);
    expect(await query((await start()).url, 'SELECT id FROM kept')).toEqual([[7]]);
  });

  it('lets nobody in without the password, which only its user can read', async () => {
    const server = await start();
    await expect(query(server.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    await expect(query(`postgres://paymatch@127.0.0.1:${server.port}/postgres`, 'SELECT 1')).rejects.toThrow();
    const dataDir = path.join(folder, 'data');
    expect([statSync(dataDir).mode & 0o777, statSync(path.join(dataDir, 'password')).mode & 0o777]).toEqual([
      0o700, 0o600,
    ]);
  });

  it('is reached over a socket file in its folder, and over the loopback address where its path would be too long', async () => {
    const overSocket = 'SELECT client_addr IS NULL FROM pg_stat_activity WHERE pid = pg_backend_pid()';
    const server = await start();
    expect(await query(server.url, overSocket)).toEqual([[true]]);
    expect(await query(server.url.replace(/\?.*/, ''), overSocket)).toEqual([[false]]);
    const far = path.join(folder, 'x'.repeat(100));
    const distant = await startEmbeddedPostgres({ dataDir: far, durable: true });
    servers.push(distant);
    expect(await query(distant.url, overSocket)).toEqual([[false]]);
  });

  it('serves a test faster and without promises', async () => {
    const server = await start(false);
    expect(await query(server.url, "SELECT current_setting('fsync'), current_setting('synchronous_commit')")).toEqual([
      ['off', 'off'],
    ]);
  });

  it('comes back by itself on the same port, with what was committed, when its process is killed', async () => {
    const server = await start();
    await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS id');
    const killedPid = server.pid;
    process.kill(killedPid, 'SIGKILL');
    await untilEnded(killedPid);
    for (let attempt = 1; ; attempt += 1) {
      const rows = await query(server.url, 'SELECT id FROM kept').catch((error: unknown) => {
        if (attempt > 100) throw error;
        return null;
      });
      if (rows !== null) {
        expect(rows).toEqual([[1]]);
        break;
      }
      await sleep(50);
    }
    expect(server.pid).not.toBe(killedPid);
  });

  it('makes the library links again that an install without scripts leaves out', async () => {
    const { postgres } = await findBinaries();
    const link = path.resolve(path.dirname(postgres), '../lib/libecpg.so'); // No server needs this one while it is away.
    unlinkSync(link);
    await findBinaries();
    expect(existsSync(link)).toBe(true);
  });
});

describe('after its owner was killed', () => {
  it('the server that lived on is ended and everything committed is found', async () => {
    const { owner, url, serverPid } = await startOwner(path.join(folder, 'data'));
    await query(url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(isRunning(serverPid)).toBe(true);
    const server = await start();
    expect(isRunning(serverPid)).toBe(false);
    expect(await query(server.url, 'SELECT count(*)::int FROM kept')).toEqual([[1000]]);
  });

  it('and the server too, everything committed is found', async () => {
    const { owner, url, serverPid } = await startOwner(path.join(folder, 'data'));
    await query(url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id');
    owner.kill('SIGKILL');
    process.kill(serverPid, 'SIGKILL');
    await untilEnded(serverPid);
    expect(await query((await start()).url, 'SELECT count(*)::int FROM kept')).toEqual([[1000]]);
  });

  it("a stranger who has the old server's process id now is left alone", async () => {
    await (await start()).stop();
    const stranger = spawn('sleep', ['60']);
    writeFileSync(
      path.join(folder, 'data/cluster/postmaster.pid'),
      `${stranger.pid}\n${path.join(folder, 'data/cluster')}\n1700000000\n5432\n\n127.0.0.1\n  1 2\nready   \n`,
    );
    expect(await query((await start()).url, 'SELECT 1')).toEqual([[1]]);
    expect(isRunning(stranger.pid!)).toBe(true);
    stranger.kill();
  });
});

describe('after a crash that left its files torn or took them', () => {
  it.each([
    ['owner.json', '{"pid":12'],
    ['cluster/postmaster.pid', ''],
    ['cluster/postmaster.pid', null],
  ])('starts with what was committed, the old server still running: %s is %j', async (file, content) => {
    const { owner, url, serverPid } = await startOwner(path.join(folder, 'data'));
    await query(url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const damaged = path.join(folder, 'data', file);
    if (content === null) unlinkSync(damaged);
    else writeFileSync(damaged, content);
    const server = await start();
    expect(isRunning(serverPid)).toBe(false);
    expect(await query(server.url, 'SELECT count(*)::int FROM kept')).toEqual([[1000]]);
  });

  it('starts with what was committed, the old server gone', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS id');
    await first.stop();
    for (const file of ['owner.json', 'cluster/postmaster.pid']) writeFileSync(path.join(folder, 'data', file), '');
    expect(await query((await start()).url, 'SELECT id FROM kept')).toEqual([[1]]);
  });
});

describe('when its owner ends by itself', () => {
  it('the server ends too, also without a call of stop', async () => {
    const { owner, serverPid } = await startOwner(path.join(folder, 'data'));
    owner.kill('SIGTERM');
    await once(owner, 'exit');
    await untilEnded(serverPid);
  });
});

describe('an embedded PostgreSQL that cannot start says why in one line', () => {
  const failure = async (attempt: Promise<unknown>): Promise<string> => {
    const error = await attempt.then(
      () => {
        throw new Error('it started');
      },
      (reason: Error) => reason,
    );
    expect([error.name, error.message.includes('\n')]).toEqual(['EmbeddedPostgresError', false]);
    return error.message;
  };

  it('when a file is in the place of its folder', async () => {
    writeFileSync(path.join(folder, 'data'), '');
    expect(await failure(start())).toMatch(/The data folder .*data cannot be written: EEXIST/);
  });

  it('when its user may not write there', async () => {
    chmodSync(folder, 0o555);
    if (process.getuid?.() === 0) {
      // Modes do not bind root, so somebody else tries.
      const script =
        `require(${JSON.stringify(COMPILED)}).startEmbeddedPostgres({ dataDir: ` +
        `${JSON.stringify(path.join(folder, 'data'))}, durable: true }).catch((error) => { console.log(error.name, ` +
        'error.message); })';
      const { stdout } = spawnSync(process.execPath, ['-e', script], {
        uid: 65_534,
        gid: 65_534,
        encoding: 'utf8',
        cwd: '/',
      });
      expect(stdout).toMatch(/^EmbeddedPostgresError The data folder .*data cannot be written: EACCES.*\n$/);
    } else {
      expect(await failure(start())).toMatch(/cannot be written: EACCES/);
    }
    chmodSync(folder, 0o755);
  });

  it('when another PostgreSQL wrote the data', async () => {
    mkdirSync(path.join(folder, 'data/cluster'), { recursive: true });
    writeFileSync(path.join(folder, 'data/cluster/PG_VERSION'), '15\n');
    expect(await failure(start())).toMatch(/was written by PostgreSQL 15, this is 18\. Dump it/);
  });

  it('when its port is taken', async () => {
    const { port } = await start();
    const dataDir = path.join(folder, 'other');
    expect(await failure(startEmbeddedPostgres({ dataDir, port, durable: true }))).toMatch(
      new RegExp(`did not start on port ${port}: .*could not bind.*more in .*server\\.log`),
    );
  });

  it.each(['', null])('when its password is lost: the file is %j', async (content) => {
    await (await start()).stop();
    const file = path.join(folder, 'data/password');
    if (content === null) unlinkSync(file);
    else writeFileSync(file, content);
    expect(await failure(start())).toMatch(/password is empty or missing.*Put the file back from a backup/);
  });

  it("when its data is damaged, with the server's own words", async () => {
    await (await start()).stop();
    rmSync(path.join(folder, 'data/cluster/global/pg_control'));
    expect(await failure(start())).toMatch(/did not start on port \d+: .*pg_control/);
  });

  it('when a living process uses the folder', async () => {
    const { owner } = await startOwner(path.join(folder, 'data'));
    expect(await failure(start())).toMatch(new RegExp(`is in use by process ${owner.pid}`));
    owner.kill('SIGTERM');
    await once(owner, 'exit');
  });

  it('when there are no binaries for the platform', async () => {
    expect(await failure(findBinaries('win32-x64'))).toMatch(/no embedded PostgreSQL for win32-x64\. Set DATABASE_URL/);
  });
});
