import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { killLeftGateways, RunningGateway } from './running-gateway.js';
import { Shop } from './shop.js';
import { isGenuine, WebhookReceiver } from './webhook-receiver.js';

const root = path.resolve(__dirname, '../..');
const deadlineMs = 20_000;
const listeners = new Set<ChildProcess>();
let gateway: RunningGateway;
let shop: Shop;
let folder: string;
let hook: WebhookReceiver;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  shop = new Shop(gateway.demo, gateway.demo.merchant.testKey);
  folder = mkdtempSync(path.join(tmpdir(), 'paymatch-listen-'));
}, 90_000);
beforeEach(async () => {
  hook = await WebhookReceiver.start();
});
afterEach(async () => {
  for (const child of listeners) child.kill('SIGKILL');
  await hook.stop();
});
afterAll(async () => {
  await gateway?.stopAndForget();
  killLeftGateways();
  rmSync(folder, { recursive: true, force: true });
});

interface Listening {
  readonly child: ChildProcess;
  output(): string;
  says(text: string): Promise<void>;
  /** As Ctrl-C in a terminal; gives the exit code. */
  interrupt(): Promise<number | null>;
}

/** As `npm run listen` starts it, in the folder of the gateway's demo merchant. */
function listen(args: readonly string[], env: Readonly<Record<string, string>> = {}): Listening {
  const child = spawn(process.execPath, [path.join(root, 'apps/listen/dist/main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, PAYMATCH_DATA: gateway.dataDir, ...env },
  });
  listeners.add(child);
  child.on('exit', () => listeners.delete(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return {
    child,
    output: () => output,
    says: (text) =>
      until(
        () => output.includes(text),
        () => `"${text}" was not said, but:\n${output}`,
      ),
    async interrupt() {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

async function until(isSo: () => boolean, complaint: () => string): Promise<void> {
  for (const startedMs = Date.now(); !isSo(); await sleep(25))
    if (Date.now() - startedMs > deadlineMs) throw new Error(complaint());
}

async function refused(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const listening = listen(args, env);
  if (listening.child.exitCode === null) await once(listening.child, 'exit');
  expect(listening.child.exitCode).toBe(1);
  return listening.output();
}

const pay = async (): Promise<string> => (await shop.create({ amount: 100 })).body.data.id;
const state = (name: string): string => path.join(folder, name);

describe('npm run listen', () => {
  it("sends a test merchant's events to a local URL, signed as real ones, and goes on where it stopped", async () => {
    const left = await pay();
    const args = ['--to', hook.url, '--state', state('goes-on.json')];
    const first = listen(args);
    await first.says('earlier events are left out');
    const one = await pay();
    await hook.waitFor(one, 'payment.created', deadlineMs);
    await first.says('200 in');
    expect(await first.interrupt()).toBe(0);
    expect(first.output()).toContain('Stopped after 1 events');

    const away = [await pay(), await pay()];
    const second = listen(args);
    for (const id of away) await hook.waitFor(id, 'payment.created', deadlineMs);
    expect(await second.interrupt()).toBe(0);
    expect(hook.of(left)).toEqual([]);
    expect(hook.received.map(({ body }) => body.data.id)).toEqual([one, ...away]);

    const secret = /signed with (\S+)\. /.exec(first.output())![1]!;
    expect(second.output()).toContain(`signed with ${secret}. `);
    for (const webhook of hook.received) {
      expect(isGenuine(webhook, secret)).toBe(true);
      expect(new Webhook(secret).verify(webhook.raw, webhook.headers as Record<string, string>)).toEqual(webhook.body);
      expect(webhook.headers['content-type']).toBe('application/json');
    }
    const [{ raw, body }] = hook.received as [(typeof hook.received)[0]];
    expect((await shop.call<object>('GET', `/api/v1/events/${body.id}`)).body).toEqual({ data: JSON.parse(raw) });
    expect(statSync(state('goes-on.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(state('goes-on.json'), 'utf8')).not.toContain(gateway.demo.merchant.testKey);
  }, 90_000);

  it('sends all there is from the beginning when asked to, and an event that is refused three times, before it goes on', async () => {
    const [first, second] = [await pay(), await pay()];
    hook.answer = ({ body }) => (body.data.id === first ? 500 : 204);
    const started = listen(['--to', hook.url, '--all', '--state', state('all.json'), '--secret', 'a-secret-of-my-own']);
    await hook.waitFor(second, 'payment.created', deadlineMs);
    expect(hook.of(first)).toHaveLength(3);
    expect(isGenuine(hook.of(second)[0]!, 'a-secret-of-my-own')).toBe(true);
    expect(started.output()).toContain('500 in');
    expect(await started.interrupt()).toBe(0);
  }, 60_000);

  it('waits for a local server that is not there, and loses nothing', async () => {
    const { url } = hook;
    await hook.stop();
    const listening = listen(['--to', url, '--state', state('waits.json')]);
    await listening.says('earlier events are left out');
    await pay();
    await listening.says('ECONNREFUSED; waiting for the server');
    expect(await listening.interrupt()).toBe(0);
    expect(listening.output()).toContain('Stopped after 0 events');
    hook = await WebhookReceiver.start();
  }, 60_000);

  it('says what is wrong in one line', async () => {
    const { liveKey } = gateway.demo.merchant;
    expect(await refused([])).toContain('Say where to: --to');
    expect(await refused(['--to', 'my-server'])).toContain('--to must be an http or https URL');
    expect(await refused(['--to', hook.url, '--key', liveKey])).toContain('That is a live key');
    expect(await refused(['--to', hook.url, '--key', 'secret'])).toContain('That is no API key');
    const stranger = `fk_test_${'0'.repeat(32)}`;
    expect(await refused(['--to', hook.url, '--key', stranger])).toContain('does not know this key');
    expect(await refused(['--to', hook.url], { PAYMATCH_DATA: folder })).toContain('Give a test key');
    expect(await refused(['--to', hook.url, '--secret', 'with spaces in it'])).toContain('A --secret is 16 to 200');
    expect(await refused(['--too', hook.url])).toContain("Unknown option '--too'");
  }, 60_000);
});
