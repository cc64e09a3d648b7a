import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killLeftGateways, RunningGateway } from './running-gateway.js';
import { bkashSms, Shop } from './shop.js';
import { Traffic, type Customer } from './traffic.js';

const root = path.resolve(__dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-e2e-'));
const dataDir = path.join(folder, 'data');
const backups = path.join(folder, 'backups');

jest.setTimeout(180_000);
afterAll(() => {
  killLeftGateways();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly output: string;
}

function ops(...args: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PAYMATCH_DATA: dataDir };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(root, 'apps/ops/dist/main.js'), ...args],
      { cwd: root, env, timeout: 120_000 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: `${stdout}${stderr}`.trim() }),
    );
  });
}

const finished = (): readonly string[] => readdirSync(backups).filter((name) => !name.endsWith('.unfinished'));

describe('a backup', () => {
  let gateway: RunningGateway;
  /** Paid and acknowledged before the last backup began. */
  let owed: readonly Customer[];

  it('is made while payments go on, and holds everything acknowledged before it', async () => {
    gateway = await RunningGateway.start({ dataDir });
    const traffic = new Traffic(new Shop(gateway.demo), 4);
    try {
      await traffic.untilPaid(20, 60_000);
      expect(await ops('backup', '--to', backups)).toMatchObject({ code: 0 });
      await traffic.untilPaid(20, 60_000);
      owed = traffic.customers.filter((customer) => customer.isPaid);
      const { code, output } = await ops('backup', '--to', backups, '--keep', '1');
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringMatching(/ files, .* MB; holds all .*\nremoved paymatch-/s),
      });
      await traffic.untilPaid(5, 60_000);
    } finally {
      await traffic.end();
    }
    expect(finished()).toHaveLength(1);
    const noted = JSON.parse(readFileSync(path.join(dataDir, 'backups.json'), 'utf8')) as { verifiedAt: string }[];
    expect(noted.map(({ verifiedAt }) => Date.parse(verifiedAt) > 0)).toEqual([true, true]);
  });

  it('is restored over nothing that is there', async () => {
    const before = readFileSync(path.join(dataDir, 'secret'), 'utf8');
    const whileRunning = await ops('restore', '--from', path.join(backups, finished()[0]!));
    expect(whileRunning).toEqual({ code: 1, output: expect.stringContaining('is in use by process') });
    await gateway.kill();
    const { code, output } = await ops('restore', '--from', path.join(backups, finished()[0]!));
    expect([code, output]).toEqual([1, expect.stringContaining('holds a database. Move that folder away first')]);
    expect(readFileSync(path.join(dataDir, 'secret'), 'utf8')).toBe(before);
  });

  it('that was changed or cut off is refused before anything is written', async () => {
    const torn = path.join(folder, 'torn');
    cpSync(path.join(backups, finished()[0]!), torn, { recursive: true });
    rmSync(dataDir, { recursive: true });
    appendFileSync(path.join(torn, 'cluster/global/pg_control'), 'x');
    expect(await ops('restore', '--from', torn)).toEqual({
      code: 1,
      output: expect.stringMatching(/pg_control is not what was backed up; nothing was restored/),
    });
    rmSync(path.join(torn, 'backup.json'));
    expect(await ops('restore', '--from', torn)).toEqual({
      code: 1,
      output: expect.stringMatching(/is no finished backup/),
    });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('brings every acknowledged payment back after the data folder was lost, and the gateway goes on', async () => {
    const { code, output } = await ops('restore', '--from', path.join(backups, finished()[0]!));
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/is as it was at .*: \d+ payments, the last event of 20/),
    ]);
    gateway = await RunningGateway.start({ dataDir });
    const shop = new Shop(gateway.demo);
    for (const { id, trxId } of owed)
      expect(await shop.becomes(id, 'completed', 30_000)).toMatchObject({ trx_id: trxId });

    const { id } = (await shop.create({ amount: 500 })).body.data;
    const sms = bkashSms('500.00');
    await shop.submitTrx(id, { provider: 'bkash', trxId: sms.trxId });
    await shop.forward(sms);
    await shop.becomes(id, 'completed', 30_000);
    expect(await ops('doctor')).toEqual({ code: 0, output: 'nothing is held up' });
    await gateway.stop();
  });
});

describe('the operators’ shell', () => {
  it('says in one line that no gateway runs, and what to do', async () => {
    expect(await ops('doctor')).toEqual({
      code: 2,
      output:
        `paymatch ops: no gateway runs on the data folder ${dataDir}: start it (npm start), name its folder in ` +
        'PAYMATCH_DATA, or set DATABASE_URL to a PostgreSQL of your own',
    });
  });

  it('explains each command, and an option it does not know', async () => {
    const { code, output } = await ops('--help');
    expect(code).toBe(0);
    const names = [...output.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name!);
    expect(names).toEqual(expect.arrayContaining(['backup', 'restore', 'doctor', 'merchant']));
    expect(await ops('backup', '--help')).toEqual({
      code: 0,
      output: expect.stringMatching(/^Usage: npm run ops -- backup --to/),
    });
    expect(await ops('backup', '--where', 'x')).toEqual({
      code: 2,
      output: expect.stringMatching(/^paymatch ops: Unknown option '--where'.*\n\nUsage: npm run ops -- backup/s),
    });
  });
});
