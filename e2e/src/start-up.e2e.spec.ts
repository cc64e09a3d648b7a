import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killLeftGateways, RunningGateway } from './running-gateway.js';
import { bkashSms, Shop } from './shop.js';
import { WebhookReceiver } from './webhook-receiver.js';

const root = path.resolve(__dirname, '../..');

function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });
}

/** Starts the gateway where it must refuse to; resolves with what it said. */
function refusedStart(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return run(process.execPath, [path.join(root, 'apps/standalone/dist/main.js')], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
}

const folders: string[] = [];
const receivers: WebhookReceiver[] = [];
function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'paymatch-e2e-'));
  folders.push(made);
  return made;
}
afterAll(async () => {
  for (const receiver of receivers) await receiver.stop();
  killLeftGateways();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

describe('a start that cannot succeed says why in one line', () => {
  it('when the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, output } = await refusedStart({ PORT: String(port), PAYMATCH_DATA: folder() });
    server.close();
    expect([code, output.trim()]).toEqual([
      1,
      `paymatch: port ${port} is in use; stop what listens there or set PORT to another one`,
    ]);
  });

  it('when the data folder cannot be made', async () => {
    const file = path.join(folder(), 'a-file');
    writeFileSync(file, '');
    const { code, output } = await refusedStart({ PORT: '0', PAYMATCH_DATA: path.join(file, 'data') });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/^paymatch: The data folder .*a-file\/data cannot be written/),
    ]);
  });

  it('when the data folder is where nothing can be made', async () => {
    const { code, output } = await refusedStart({ PORT: '0', PAYMATCH_DATA: '/proc/paymatch/data' });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/^paymatch: The data folder \/proc\/paymatch\/data cannot be written/),
    ]);
  });

  it.each([
    ['PORT', 'http'],
    ['PAYMATCH_EXPIRY_SWEEP_INTERVAL_MS', '0'],
    ['PAYMATCH_PROFILE', 'staging'],
    ['PAYMATCH_PROT', '1'],
  ])('when %s is %s', async (name, value) => {
    const { code, output } = await refusedStart({ PAYMATCH_DATA: folder(), [name]: value });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(`paymatch: ${name} `)]);
  });

  it('when production is asked for without a secret', async () => {
    const { code, output } = await refusedStart({
      PAYMATCH_DATA: folder(),
      PAYMATCH_PROFILE: 'production',
      PAYMATCH_PUBLIC_URL: 'https://pay.example.com',
    });
    expect([code, output.includes('PAYMATCH_SECRET is not set')]).toEqual([1, true]);
  });

  it('when the data is of another PostgreSQL major', async () => {
    const gateway = await RunningGateway.start();
    await gateway.stop();
    folders.push(gateway.dataDir);
    const { output: found } = await run('find', [gateway.dataDir, '-maxdepth', '3', '-name', 'PG_VERSION'], {});
    writeFileSync(found.trim().split('\n')[0]!, '14\n');
    const { code, output } = await refusedStart({ PORT: '0', PAYMATCH_DATA: gateway.dataDir });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/^paymatch: The data folder .* was written by PostgreSQL 14, this is \d+/),
    ]);
  });
});

describe('a gateway that was started before', () => {
  it('stops with exit code 0 while a checkout page is open, and tells the page to come back', async () => {
    const gateway = await RunningGateway.start();
    const { checkout_url } = (await new Shop(gateway.demo).create({ amount: 500 })).body.data;
    const page = await fetch(`${checkout_url}/events`);
    expect(page.headers.get('content-type')).toContain('text/event-stream');
    const [text, code] = await Promise.all([page.text(), gateway.stop()]);
    // A stream that was cut at the deadline would have no end event, and the process the exit code 1.
    expect([text.endsWith('event: end\ndata: {}\n\n'), code]).toEqual([true, 0]);
    folders.push(gateway.dataDir);
  });

  it('stops on SIGTERM with exit code 0 and finds its payments and keys again', async () => {
    const first = await RunningGateway.start();
    const created = await new Shop(first.demo).create({ amount: 500, invoice_id: 'KEPT' });
    expect(await first.stop()).toBe(0);
    const second = await RunningGateway.start({ dataDir: first.dataDir });
    expect(second.demo.merchant).toEqual(first.demo.merchant);
    expect((await new Shop(second.demo).payment(created.body.data.id)).invoice_id).toBe('KEPT');
    expect(statSync(path.join(second.dataDir, 'demo.json')).mode & 0o777).toBe(0o600);
    await second.stopAndForget();
  });

  it('killed in the middle of the work loses nothing that was answered and does nothing twice', async () => {
    const receiver = await WebhookReceiver.start();
    receivers.push(receiver);
    let gateway = await RunningGateway.start();
    await new Shop(gateway.demo).hearAt(receiver.url, ['payment.completed']);
    const answered: { id: string; trxId: string }[] = [];
    const forwarded = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const shop = new Shop(gateway.demo);
      let isDown = false;
      const customers = Array.from({ length: 6 }, async () => {
        while (!isDown) {
          try {
            const created = await shop.create({ amount: 500 });
            if (created.status !== 201) continue;
            const sms = bkashSms('500.00');
            answered.push({ id: created.body.data.id, trxId: sms.trxId });
            if ((await shop.submitTrx(created.body.data.id, { provider: 'bkash', trxId: sms.trxId })) !== 303) continue;
            const upload = await shop.forward(sms);
            if (upload.body.results[0]?.status === 'accepted') forwarded.add(created.body.data.id);
          } catch (error) {
            if (!isDown) throw error;
          }
        }
      });
      // In the middle of the work, however fast this machine is.
      const enough = answered.length + 12 + round * 4;
      while (answered.length < enough) await new Promise((resolve) => setTimeout(resolve, 5));
      isDown = true;
      await gateway.kill();
      await Promise.allSettled(customers);
      gateway = await RunningGateway.start({ dataDir: gateway.dataDir });
    }
    const shop = new Shop(gateway.demo);
    expect(answered.length).toBeGreaterThan(30);
    for (const { id } of answered) expect((await shop.call('GET', `/api/v1/payments/${id}`)).status).toBe(200);
    // Whoever's TrxID and SMS were both accepted is paid, without anything being sent again.
    for (const id of forwarded) await shop.becomes(id, 'completed', 20_000);
    for (const id of forwarded) await receiver.waitFor(id, 'payment.completed', 20_000);
    for (const { id } of answered) {
      const ids = new Set(receiver.of(id).map((webhook) => webhook.headers['webhook-id']));
      expect(ids.size).toBeLessThanOrEqual(1);
    }
    await gateway.stopAndForget();
  });
});

describe('the demo', () => {
  it('starts a gateway of its own, pays one payment all the way and ends with exit code 0', async () => {
    const { code, output } = await run(process.execPath, [path.join(root, 'e2e/dist/demo.js')], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PAYMATCH_DATA: folder() },
    });
    expect(output).toContain('Every step happened.');
    expect(output).toMatch(/payment\.created[\s\S]*payment\.awaiting_verification[\s\S]*payment\.completed/);
    expect(code).toBe(0);
  });

  it('says where its file is missing when a gateway answers that was started with other data', async () => {
    const gateway = await RunningGateway.start();
    const args = [path.join(root, 'e2e/dist/demo.js'), '--url', gateway.demo.baseUrl];
    const env = { PATH: process.env.PATH, PAYMATCH_DATA: folder() };
    const lost = await run(process.execPath, args, { env });
    expect([lost.code, lost.output]).toEqual([1, expect.stringContaining('name its folder with --data')]);
    const found = await run(process.execPath, [...args, '--data', gateway.dataDir], { env });
    expect([found.code, found.output]).toEqual([0, expect.stringContaining('Every step happened.')]);
    await gateway.stopAndForget();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)("leaves the shop's endpoints as they were also on %s", async (signal) => {
    const gateway = await RunningGateway.start();
    const shop = new Shop(gateway.demo);
    const endpointsPath = '/api/panel/v1/webhook-endpoints';
    const endpoints = async (): Promise<unknown> =>
      (await shop.call<{ data: unknown }>('GET', endpointsPath)).body.data;
    const interrupted = async (): Promise<number | null> => {
      const child = spawn(process.execPath, [path.join(root, 'e2e/dist/demo.js'), '--data', gateway.dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.stdout.on('data', (chunk: Buffer) => {
        if (/webhooks go to \S+ too$/m.test(chunk.toString())) child.kill(signal);
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    };
    const before = await endpoints();
    expect([await interrupted(), await endpoints()]).toEqual([130, before]);
    // What a demo left that was killed is removed by the next.
    await shop.call('POST', endpointsPath, { url: 'http://127.0.0.1:9/webhooks', description: 'npm run demo' });
    expect([await interrupted(), await endpoints()]).toEqual([130, before]);
    await gateway.stopAndForget();
  });

  it('fails when the gateway it is pointed at is not there', async () => {
    const { code, output } = await run(
      process.execPath,
      [path.join(root, 'e2e/dist/demo.js'), '--url', 'http://127.0.0.1:9'],
      { env: { PATH: process.env.PATH, PAYMATCH_DATA: folder() } },
    );
    expect([code, output]).toEqual([1, expect.stringContaining('no gateway answers')]);
  });
});

describe('the README', () => {
  it('holds a walk-through whose commands work as they stand', async () => {
    const gateway = await RunningGateway.start();
    const blocks = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/```bash\n([\s\S]*?)```/g)].map(
      (match) => match[1],
    );
    expect(blocks).toHaveLength(1);
    // Files the reader would leave beside the project go to a folder of their own here.
    const scratch = folder();
    const script = `set -e\nnpm() { (cd '${root}' && command npm "$@"); }\ncd '${scratch}'\n${blocks[0]}`;
    const { code, output } = await run('bash', ['-c', script], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PAYMATCH_DATA: gateway.dataDir },
    });
    expect(output).toMatch(/is completed\s*$/);
    expect(code).toBe(0);
    await gateway.stopAndForget();
  });
});
