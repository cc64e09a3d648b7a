import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { abilities, API_KEYS, type ApiKeys } from '@paymatch/gateway-access';
import { freePort } from '@paymatch/platform-dev-servers';
import { eventually } from '@paymatch/platform-testing';
import { openWholeShop, startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

const run = promisify(execFile);
const root = path.resolve(__dirname, '../../..');
const readme = readFileSync(path.join(root, 'libs/sdk/README.md'), 'utf8');
const blocksOf = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((match) => match[1]!);
const [quickstart, lists, receiver, mistakes] = blocksOf('js') as [string, string, string, string];
const [required] = blocksOf('cjs') as [string];

/** The very code, as somebody without ES modules would write it down. */
function asCommonJs(code: string): string {
  const body = code.replace(/^import (\{.*?\}) from '(.*?)';$/gm, "const $1 = require('$2');");
  return `(async () => {\n${body}\n})();\n`;
}
const writtenAs = { mjs: (code: string) => code, cjs: asCommonJs } as const;
const kinds = ['mjs', 'cjs'] as const;

let gateway: WholeGateway;
let folder: string;
let shop: { readonly PAYMATCH_URL: string; readonly PAYMATCH_KEY: string };
const started: ChildProcess[] = [];

/** Packs the client as it would be published, and installs that into an empty folder. */
beforeAll(async () => {
  gateway = await startWholeGateway();
  const { merchantId } = await openWholeShop(gateway);
  const { key } = await gateway.service
    .get<ApiKeys>(API_KEYS)
    .issue({ merchantId, livemode: false, abilities, rateLimitPerMinute: 100_000 });
  shop = { PAYMATCH_URL: gateway.url, PAYMATCH_KEY: key };
  folder = mkdtempSync(path.join(tmpdir(), 'sdk-'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: path.join(root, 'libs/sdk') });
  writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
  const [packed] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], { cwd: folder });
}, 180_000);
afterAll(async () => {
  for (const child of started) child.kill();
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function printed(name: string, code: string): Promise<string> {
  writeFileSync(path.join(folder, name), code);
  const { stdout } = await run(process.execPath, [name], { cwd: folder, env: { ...process.env, ...shop } });
  return stdout;
}

async function api(
  method: string,
  address: string,
  body?: object,
): Promise<{ readonly data: Readonly<Record<string, string>> }> {
  const answer = await fetch(`${gateway.url}${address}`, {
    method,
    headers: { authorization: `Bearer ${shop.PAYMATCH_KEY}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as { readonly data: Readonly<Record<string, string>> };
}

describe('the packed client', () => {
  it('brings its code, its types and nothing else', () => {
    const installed = readdirSync(path.join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' });
    expect(installed.filter((name) => /\.ts$/.test(name) && !name.endsWith('.d.ts'))).toEqual([]);
    expect(installed).toEqual(expect.arrayContaining(['@paymatch/node/README.md', '@paymatch/node/LICENSE']));
    const others = installed.filter((name) => !name.startsWith('@paymatch') && !name.startsWith('.'));
    expect(others).toEqual([]);
  });

  it.each(kinds)('creates a payment and reads it again, as its README says (%s)', async (kind) => {
    const out = await printed(`quickstart.${kind}`, writtenAs[kind](quickstart));
    expect(out).toMatch(new RegExp(`^send the customer to ${gateway.url}/pay/[0-9a-z]{26}\\nORDER-42 is pending\\n$`));
  });

  it('is required as its README says', async () => {
    expect(await printed('required.cjs', required)).toContain(`${gateway.url}/pay/`);
  });

  it.each(kinds)('walks lists (%s)', async (kind) => {
    expect(await printed(`lists.${kind}`, writtenAs[kind](lists))).toMatch(
      /^\d+ of \d+ pending payments\n[1-9]\d* payments in all\n$/,
    );
  });

  it.each(kinds)('tells what to mend (%s)', async (kind) => {
    expect(await printed(`mistakes.${kind}`, writtenAs[kind](mistakes))).toBe('mend: amount\n');
  });

  it.each(kinds)('reads a real webhook, and nobody else’s (%s)', async (kind) => {
    const port = await freePort('127.0.0.1');
    const url = `http://127.0.0.1:${port}/`;
    const { data: endpoint } = await api('POST', '/api/panel/v1/webhook-endpoints', { url });
    writeFileSync(path.join(folder, `receiver.${kind}`), writtenAs[kind](receiver));
    const env = { ...process.env, PORT: String(port), PAYMATCH_WEBHOOK_SECRET: endpoint['secret'] };
    const child = spawn(process.execPath, [`receiver.${kind}`], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    const firstOutput = once(child.stdout, 'data') as Promise<[Buffer]>;
    // It answers as soon as it listens; a webhook that came earlier would come again after a minute.
    const forged = { 'x-fastaar-signature': `t=1,v1=${'a'.repeat(64)}` };
    const answers = async (): Promise<void> =>
      expect((await fetch(url, { method: 'POST', body: '{}', headers: forged })).status).toBe(400);
    await eventually(answers, { timeoutMs: 30_000 });
    const { data: payment } = await api('POST', '/api/v1/payments', { amount: 500, invoice_id: `HOOK-${kind}` });
    await api('POST', `/api/v1/test/payments/${payment['id']}/complete`);
    expect((await firstOutput)[0].toString()).toBe(`payment.completed HOOK-${kind}\n`);
  });

  it('has types for both kinds of modules', async () => {
    const code = `import { Paymatch, verifyWebhook, type Payment } from '@paymatch/node';
      const paymatch = new Paymatch({ apiKey: 'fk_test_x', baseUrl: 'https://pay.example.com' });
      export async function pay(): Promise<string> {
        const payment: Payment = await paymatch.payments.create({ amount: 500 });
        for await (const { status } of paymatch.payments.iterate({ status: 'pending' })) return status;
        // @ts-expect-error there is no such state
        await paymatch.payments.list({ status: 'paid' });
        return verifyWebhook('', {}, { secret: 'x' }).data?.id ?? payment.checkout_url;
      }`;
    for (const name of ['types.mts', 'types.cts']) writeFileSync(path.join(folder, name), code);
    const types = ['--types', 'node', '--typeRoots', path.join(root, 'node_modules/@types')];
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', ...types];
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, ...options, 'types.mts', 'types.cts'], { cwd: folder });
  });
});
