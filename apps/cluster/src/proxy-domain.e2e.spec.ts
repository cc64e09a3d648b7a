import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@paymatch/platform-dev-servers';
import { eventually } from '@paymatch/platform-testing';
import { parse } from 'yaml';
import { prepareCaddy } from './caddy.js';
import { NameServer } from './name-server.js';
import { caddyCacheDir } from './proxy.js';

const root = path.resolve(__dirname, '../../..');
const compose = parse(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  readonly services: { readonly proxy: { readonly image: string } };
};

jest.setTimeout(700_000);

const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-domain-'));
/** Which Caddy's own authority made for a name that is no one's but this machine's. */
const authority = path.join(folder, 'caddy/pki/authorities/local/root.crt');
let gateway: Server;
let names: NameServer;
let caddy: ChildProcess | undefined;
let ports: { readonly http: number; readonly https: number };
/** Ends the stream that the gateway holds open. */
let endStream = (): void => undefined;

beforeAll(async () => {
  const built = await prepareCaddy(compose.services.proxy.image, caddyCacheDir, () => undefined);
  if ('missing' in built) {
    process.stderr.write(`TLS by the proxy is not tested: ${built.missing}\n`);
    return;
  }
  gateway = createServer((request, response) => {
    if (request.url !== '/stream') return void response.end(JSON.stringify(request.headers));
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
    endStream = () => response.end();
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  names = await NameServer.start((name) => (name === 'api-gateway' ? ['127.0.0.1'] : []));
  ports = { http: await freePort(), https: await freePort() };
  caddy = spawn(built.binary, ['run', '--config', 'docker/Caddyfile.domain', '--adapter', 'caddyfile'], {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...{ PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      ...{ PAYMATCH_DOMAIN: 'localhost', PROXY_HOST: '127.0.0.1', PROXY_PORT: String(await freePort()) },
      ...{ PROXY_HTTP_PORT: String(ports.http), PROXY_HTTPS_PORT: String(ports.https) },
      ...{ GATEWAY_PORT: String((gateway.address() as AddressInfo).port), GATEWAY_RESOLVER: names.address },
      PAYMATCH_OUTER_PROXIES: '10.9.9.9',
    },
  });
  await eventually(
    async () => {
      expect(existsSync(authority)).toBe(true);
      expect((await over('/')).statusCode).toBe(200);
    },
    { timeoutMs: 60_000 },
  );
});
afterAll(async () => {
  if (caddy !== undefined) {
    caddy.kill('SIGKILL');
    await once(caddy, 'exit');
    names.stop();
    gateway.close();
    gateway.closeAllConnections();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Over TLS, believing the proxy's authority and no other. */
async function over(url: string, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
  const request = httpsRequest({
    ...{ host: '127.0.0.1', port: ports.https, path: url, servername: 'localhost', agent: false },
    ...{ headers: { host: 'localhost', ...headers }, ca: readFileSync(authority) },
  }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}
const bodyOf = async (response: IncomingMessage): Promise<string> =>
  (await response.setEncoding('utf8').toArray()).join('');

it('has a certificate for its name, and tells the gateway who asks, not what they say of themselves', async () => {
  if (caddy === undefined) return;
  const forwarded = JSON.parse(await bodyOf(await over('/', { 'x-forwarded-for': '203.0.113.9' }))) as object;
  expect(forwarded).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' });
});

it('sends whoever comes without TLS on to it', async () => {
  if (caddy === undefined) return;
  const request = httpRequest({ host: '127.0.0.1', port: ports.http, path: '/pay/x', agent: false });
  request.setHeader('host', 'localhost').end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  expect([response.statusCode, response.headers.location]).toEqual([308, expect.stringMatching(/^https:.*\/pay\/x$/)]);
});

it('keeps figures from strangers, and hands a stream on as it comes', async () => {
  if (caddy === undefined) return;
  const refused = await over('/metrics');
  refused.resume();
  expect(refused.statusCode).toBe(404);
  const stream = await over('/stream');
  const [first] = (await once(stream, 'data')) as [Buffer];
  expect(first.toString()).toBe('data: first\n\n');
  endStream();
  await once(stream.resume(), 'end');
});
