import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@paymatch/platform-dev-servers';
import { prepareCaddy } from './caddy.js';
import type { Built } from './go-program.js';
import { readComposeFile } from './compose-file.js';
import { readEnvFile } from './env-file.js';
import { caddyCacheDir, startCaddy, startStandIn, type ProxyOptions, type RunningProxy } from './proxy.js';

const root = path.resolve(__dirname, '../../..');
const example = readEnvFile(readFileSync(path.join(root, '.env.example'), 'utf8'));
const service = readComposeFile(path.join(root, 'docker-compose.yml'), example).find(({ name }) => name === 'proxy')!;
const isLinux = process.platform === 'linux';

jest.setTimeout(700_000);

/** A gateway that echoes what it is sent; it can go away and come back at the same address. */
class EchoGateway {
  private server: Server | undefined;

  constructor(
    readonly host: string,
    readonly port: number,
  ) {}

  async open(): Promise<void> {
    this.server = createServer((request, response) => {
      void request
        .setEncoding('utf8')
        .toArray()
        .then((chunks) => {
          response.writeHead(200, { 'x-host': this.host }).end(chunks.join(''));
        });
    }).listen(this.port, this.host);
    await once(this.server, 'listening');
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

let caddy: Built;
beforeAll(async () => {
  caddy = await prepareCaddy(service.image!, caddyCacheDir, () => undefined);
});

describe.each(['the proxy of the compose file', 'its stand-in'])('%s', (which) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-proxy-'));
  let gateways: EchoGateway[];
  let proxy: RunningProxy | undefined;

  beforeAll(async () => {
    if (which !== 'its stand-in' && 'missing' in caddy) {
      process.stderr.write(`the real proxy is not tested: ${caddy.missing}\n`);
      return;
    }
    const port = await freePort();
    gateways = [2, 3].map(
      (last) => new EchoGateway(isLinux ? `127.0.0.${last}` : '127.0.0.1', isLinux ? port : port + last),
    );
    for (const gateway of gateways) await gateway.open();
    const options: ProxyOptions = {
      service,
      root,
      dataDir: folder,
      logFile: path.join(folder, 'proxy.log'),
      port: await freePort(),
      gateways: () => gateways,
      onLine: () => undefined,
    };
    proxy =
      which === 'its stand-in' || !('binary' in caddy)
        ? await startStandIn(options)
        : await startCaddy(caddy.binary, options);
  });
  afterAll(async () => {
    await proxy?.stop();
    for (const gateway of gateways ?? []) gateway.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = async (body: string): Promise<readonly [number, string]> => {
    const answer = await fetch(`${proxy!.url}/anything`, { method: 'POST', body });
    return [answer.status, await answer.text()];
  };
  /** Whom requests reach now. */
  const reached = async (): Promise<readonly string[]> => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${proxy!.url}/`, { method: 'POST', body: 'x' })),
    );
    return [...new Set(answers.map((answer) => answer.headers.get('x-host') ?? `none: ${answer.status}`))].sort();
  };

  it('sends what an instance that is gone did not take to another one, with its whole body, every time', async () => {
    if (!proxy) return;
    gateways[0]!.close();
    const bodies = Array.from({ length: 60 }, (_, n) => `${n} `.repeat(500));
    const answers = await Promise.all(bodies.map(post));
    expect(answers).toEqual(bodies.map((body) => [200, body]));
    await gateways[0]!.open();
  });

  it('comes back to an instance that is there again', async () => {
    if (!proxy) return;
    for (const deadlineMs = Date.now() + 20_000; (await reached()).length < 2 && Date.now() < deadlineMs;)
      await sleep(100);
    expect(await reached()).toEqual(gateways.map(({ host }) => host));
  });

  it('answers 502 or 503 while there is none, and 200 as soon as there is one', async () => {
    if (!proxy) return;
    for (const gateway of gateways) gateway.close();
    expect([502, 503]).toContain((await post('x'))[0]);
    await gateways[1]!.open();
    const answers = [];
    for (const deadlineMs = Date.now() + 20_000; Date.now() < deadlineMs && answers.at(-1) !== 200;)
      answers.push((await post('x'))[0]);
    expect(answers.at(-1)).toBe(200);
    await gateways[0]!.open();
  });
});
