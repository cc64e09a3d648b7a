import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { uuidToUlid } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import { fastaarHeaders } from '@paymatch/webhook-dispatch-domain';
import { lifeOf, snapshot } from './testing/payment-facts.js';
import { WebhookHarness } from './testing/webhook-harness.js';

const page = readFileSync(path.resolve(__dirname, '../../../../docs/how-to/receive-webhooks.md'), 'utf8');

interface Language {
  readonly name: string;
  readonly fence: string;
  readonly file: string;
  readonly command: (file: string, port: number) => readonly [string, ...string[]];
  readonly isHere: boolean;
}

const answersTo = (command: string, flag: string): boolean => spawnSync(command, [flag]).status === 0;
const languages: readonly Language[] = [
  { name: 'Node', fence: 'js', file: 'receiver.mjs', command: (file) => [process.execPath, file], isHere: true },
  {
    name: 'PHP',
    fence: 'php',
    file: 'receiver.php',
    command: (file, port) => ['php', '-S', `127.0.0.1:${port}`, file],
    isHere: answersTo('php', '--version'),
  },
  {
    name: 'Python',
    fence: 'python',
    file: 'receiver.py',
    command: (file) => ['python3', file],
    isHere: answersTo('python3', '--version'),
  },
];
const isRequired = Boolean(process.env['CI']) || process.env['REQUIRE_GUIDE_LANGUAGES'] === '1';

let service: WebhookHarness;
let folder: string;
let running: ChildProcess | null = null;

beforeAll(async () => {
  service = await WebhookHarness.create();
  folder = mkdtempSync(path.join(tmpdir(), 'paymatch-guide-'));
});
afterEach(async () => {
  running?.kill('SIGKILL');
  running = null;
  await service.clear();
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The first block of that language, as a reader would copy it. */
function codeOf({ name, fence }: Language): string {
  const code = new RegExp(`\`\`\`${fence}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (code === undefined) throw new Error(`the guide has no program in ${name}`);
  return code;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The page's program as a process of its own. */
async function start(language: Language, port: number, secret: string): Promise<() => string> {
  const file = path.join(folder, language.file);
  writeFileSync(file, codeOf(language));
  const [command, ...args] = language.command(file, port);
  running = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), WEBHOOK_SECRET: secret },
  });
  let output = '';
  for (const stream of [running.stdout!, running.stderr!])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  await eventually(async () => {
    await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
  });
  return () => output;
}

for (const language of languages) {
  const { name, isHere } = language;
  if (!isHere && !isRequired)
    process.stderr.write(
      `The guide's program in ${name} is not run: it is not installed (apt-get install php-cli python3; ` +
        'REQUIRE_GUIDE_LANGUAGES=1 makes this a failure).\n',
    );
  const describeHere = isHere || isRequired ? describe : describe.skip;

  describeHere(`the program in ${name} of the guide to receiving webhooks`, () => {
    it('takes real deliveries, in order, also while the secret is being replaced, and says which', async () => {
      service.nowMs = Date.now();
      const port = await freePort();
      const { id: endpointId, secret } = await service.setEndpoint(`http://127.0.0.1:${port}/hook`, ['payment.*']);
      const output = await start(language, port, secret);
      const payment = snapshot({ metadata: { note: 'ধন্যবাদ é "quoted"' } });
      const dispatcher = service.dispatcher();
      await service.consume(lifeOf(payment).slice(0, 2));
      dispatcher.nudge();
      await service.delivered(payment.id, 2);
      await service.command({ type: 'RotateSecret', merchantId: 'm1', livemode: true, endpointId, secretSealed: null });
      await service.consume(lifeOf(payment).slice(2));
      dispatcher.nudge();
      await service.delivered(payment.id, 3);
      const ulid = uuidToUlid(payment.id);
      await eventually(() => expect(output().split(ulid)).toHaveLength(4));
      const events = ['payment.created', 'payment.awaiting_verification', 'payment.completed'];
      expect(events.map((event) => output().indexOf(`${event} ${ulid}`) > 0)).toEqual([true, true, true]);
    });

    it('refuses what is not ours, was changed, or is old', async () => {
      const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
      const port = await freePort();
      const output = await start(language, port, secret);
      const body = '{"id":"e1","event":"payment.completed","data":{"id":"p1"}}';
      const send = async (change: { body?: string; secret?: string; nowMs?: number; headers?: object }) => {
        const signed = fastaarHeaders({
          event: 'payment.completed',
          eventId: 'e1',
          body,
          secrets: [change.secret ?? secret],
          nowMs: change.nowMs ?? Date.now(),
        });
        const headers = { ...signed, ...change.headers, 'content-type': 'application/json' };
        return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: change.body ?? body }))
          .status;
      };
      expect([
        await send({}),
        await send({ body: body.replace('p1', 'p2') }),
        await send({ secret: `whsec_${Buffer.alloc(24, 8).toString('base64')}` }),
        await send({ nowMs: Date.now() - 301_000 }),
        await send({ nowMs: Date.now() + 305_000 }),
        await send({ headers: { 'webhook-id': 'e2' } }),
        await send({ headers: { 'webhook-timestamp': 'now' } }),
        await send({ headers: { 'webhook-signature': '' } }),
        await send({ headers: { 'webhook-signature': 'v1,AAAA v1,' } }),
      ]).toEqual([204, 400, 400, 400, 400, 400, 400, 400, 400]);
      await eventually(() => expect(output()).toContain('payment.completed p1'));
      expect(output()).not.toContain('p2');
    });
  });
}
