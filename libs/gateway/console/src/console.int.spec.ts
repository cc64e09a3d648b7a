import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayEdge } from '@paymatch/gateway-edge';
import { silentLogger } from '@paymatch/platform-observability';
import { ConsoleModule } from './console.module.js';

let app: NestFastifyApplication;
let url: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'console-'));
  const edge = new GatewayEdge({ faces: [], logger: silentLogger });
  app = await NestFactory.create<NestFastifyApplication>(
    { module: class Root {}, imports: [ConsoleModule.register({ folder })] },
    edge.createAdapter(),
    { logger: false },
  );
  edge.configure(app);
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the console', () => {
  it('says how it is built when it is not, and is there as soon as it is', async () => {
    const missing = await fetch(`${url}/console`);
    expect([missing.status, await missing.text()]).toEqual([503, expect.stringContaining('npm run build:console')]);
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '<meta nonce="__NONCE__"><script src="/console/assets/a-1.js">');
    const code = 'export const shop = 1;\n'.repeat(200);
    await writeFile(path.join(folder, 'assets/a-1.js'), code);
    await writeFile(path.join(folder, 'assets/a-1.js.br'), brotliCompressSync(code));
    expect((await fetch(`${url}/console`)).status).toBe(200);
  });

  it('answers every address of the application with its page, each time under a nonce of its own', async () => {
    const nonces = new Set<string>();
    for (const address of ['/console', '/console/', '/console/login?to=x', '/console/m/1/live/payments/2']) {
      const answer = await fetch(`${url}${address}`);
      const nonce = /nonce="([^"]+)"/.exec(await answer.text())![1]!;
      nonces.add(nonce);
      const policy = answer.headers.get('content-security-policy')!;
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
    }
    expect(nonces.size).toBe(4);
  });

  it('has files that are kept for ever, compressed for whoever takes that, and nothing beside them', async () => {
    const file = await fetch(`${url}/console/assets/a-1.js`, { headers: { 'accept-encoding': 'gzip;q=0, br' } });
    expect([file.status, file.headers.get('content-encoding'), file.headers.get('cache-control')]).toEqual([
      200,
      'br',
      'public, max-age=31536000, immutable',
    ]);
    expect(await file.text()).toContain('export const shop');
    for (const name of ['a-2.js', 'a-1.js.br', '..%2Findex.html'])
      expect([name, (await fetch(`${url}/console/assets/${name}`)).status]).toEqual([name, 404]);
    expect((await fetch(`${url}/consoles`)).status).toBe(404);
  });
});
