import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@paymatch/platform-dev-servers';
import { blocksOf, PageShell, root, type PageBlock } from './page-shell.js';

jest.setTimeout(400_000);

const page = 'docs/how-to/operate.md';
const ops = path.join(root, 'apps/ops/dist/main.js');

/**
 * What the reader types as `npm start` and `npm run -s ops --` without npm before it, which would look each time
 * whether everything is built.
 */
const withoutNpm = `
npm() {
  if [ "$1" = start ]; then exec node --enable-source-maps '${root}/apps/standalone/dist/main.js'; fi
  [ "$1 $2 $3 $4" = 'run -s ops --' ]; shift 4; node '${ops}' "$@"
}
`;

describe('the manual for operators', () => {
  let folder: string;
  let shell: PageShell;
  let port: number;
  let own: ChildProcess | null = null;
  const said = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paymatch-operate-'));
    port = await freePort();
    shell = new PageShell(folder, { PORT: String(port) });
    await shell.run(withoutNpm);
  });
  afterAll(async () => {
    shell?.end();
    if (own !== null && own.exitCode === null && own.signalCode === null) {
      own.kill('SIGTERM');
      await once(own, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** A gateway in the foreground goes to the background here, and the page goes on when it is ready. */
  async function follow({ heading, text }: PageBlock): Promise<void> {
    const isStart = /^npm start$/m.test(text);
    const printed = await shell.run(text.replace(/^npm start$/m, 'npm start > gateway.log 2>&1 & GATEWAY=$!'));
    said.set(heading, `${said.get(heading) ?? ''}${printed}`);
    if (!isStart) return;
    for (const deadlineMs = Date.now() + 120_000; ;) {
      const health = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
      if (health?.ok === true) {
        said.set(`log of ${heading}`, readFileSync(path.join(folder, 'gateway.log'), 'utf8'));
        return;
      }
      if (Date.now() > deadlineMs)
        throw new Error(`the gateway did not start:\n${readFileSync(path.join(folder, 'gateway.log'), 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A PostgreSQL that does not belong to any gateway. */
  async function startOwnPostgres(): Promise<string> {
    const script = `const { startEmbeddedPostgres } = require(process.argv[1]);
      startEmbeddedPostgres({ dataDir: process.argv[2], durable: false }).then((server) => {
        console.log(server.url);
        process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
        setInterval(() => undefined, 60_000);
      });`;
    const library = path.join(root, 'libs/platform/dev-servers/dist/index.js');
    own = spawn(process.execPath, ['-e', script, library, path.join(folder, 'own')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(own.stdout!, 'data')) as [Buffer];
    return line.toString().trim();
  }

  it('holds commands that work as they stand, in order, on an installation in production', async () => {
    for (const block of blocksOf(page).filter(({ language }) => language === 'sh')) {
      if (block.heading === 'With a PostgreSQL of your own' && own === null)
        await shell.run(`kill "$GATEWAY"; wait "$GATEWAY"\nexport DATABASE_URL='${await startOwnPostgres()}'`);
      await follow(block);
    }
    expect(said.get('log of First start')).toMatch(
      /nobody runs this installation yet.*npm run ops -- operator invite --email/,
    );
    expect(said.get('People')).toMatch(/https:\/\/pay\.example\.com\//);
    expect(said.get('Merchants and keys')).toContain('shop server');
    expect(said.get('Merchants and keys')).toMatch(/is suspended\n.*\tsuspended\t.*\tKarim Store\n.*is active\n/);
    expect(said.get('Plans')).toContain('standard, 1000 payments a month, 3 wallets, 2 phones, BDT 500 a month');
    expect(said.get('Each day')).toContain('nothing is held up');
    expect(said.get('Decide a case')).toContain('the text sent to prove the phone');
    expect(said.get('Parked messages')).toContain('nothing is parked');
    expect(said.get('Rates')).toContain('one USD costs 5.19 BRL');
    expect(said.get('Lists that disagree')).toContain('payments in the new read model');
    expect(said.get('Back up')).toMatch(/restored/);
    expect(said.get('With a PostgreSQL of your own')).toContain('payments: schema payments is up to date');
    expect(said.get('Every command')).toMatch(/"trx_id":"DHE0000001"[\s\S]*You have received Tk 500\.00/);
  });

  it('tells of every command there is, and of no other', () => {
    const text = readFileSync(path.join(root, page), 'utf8');
    const documented = [...text.matchAll(/^\| (`ops .+?) \|/gm)].flatMap(([, cell]) =>
      [...cell!.matchAll(/`ops ([\w-]+)`/g)].map(([, name]) => name!),
    );
    const asked = (...args: readonly string[]): string =>
      execFileSync(process.execPath, [ops, ...args], { encoding: 'utf8' });
    const help = asked('--help');
    const there = [...help.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name!);
    expect(documented.sort()).toEqual(there.sort());
    expect(asked('parked', '--help')).toContain('discard <id> --service <name>');
    expect(asked('merchant', 'suspend', '--help')).toContain('merchant suspend --merchant <id> --reason <text>');
  });
});
