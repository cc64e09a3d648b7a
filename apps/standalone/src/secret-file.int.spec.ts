import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gatewayService } from '@paymatch/gateway-service';
import { createTestDatabase } from '@paymatch/platform-testing';
import { ensureSecret, hasMerchants } from './secret-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'paymatch-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nothingRests = async (): Promise<boolean> => false;
const muchRests = async (): Promise<boolean> => true;

describe('the generated secret', () => {
  it('is made once and is its owner’s alone', async () => {
    const secret = await ensureSecret(folder, nothingRests);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await ensureSecret(folder, muchRests)).toBe(secret);
    expect(statSync(path.join(folder, 'secret')).mode & 0o777).toBe(0o600);
  });

  it.each(['', 'only-half-of-it'])('is made anew when it is torn (%j) and nothing rests on it', async (content) => {
    writeFileSync(path.join(folder, 'secret'), content);
    const secret = await ensureSecret(folder, nothingRests);
    expect(readFileSync(path.join(folder, 'secret'), 'utf8')).toBe(secret);
    expect(secret).toHaveLength(43);
  });

  it.each(['', 'only-half-of-it', null])(
    'stops the start when it is torn (%j) and data rests on it',
    async (content) => {
      if (content !== null) writeFileSync(path.join(folder, 'secret'), content);
      await expect(ensureSecret(folder, muchRests)).rejects.toThrow(/from a backup, or set PAYMATCH_SECRET/);
      if (content !== null) expect(readFileSync(path.join(folder, 'secret'), 'utf8')).toBe(content);
    },
  );
});

describe('what rests on the secret', () => {
  it('is the merchants: none in a new database, nor before the first one is made', async () => {
    const empty = await createTestDatabase({ schema: 'nothing' });
    const { migrations, entities } = gatewayService;
    const used = await createTestDatabase({ schema: 'gateway', migrations, ...(entities && { entities }) });
    expect([await hasMerchants(empty.url), await hasMerchants(used.url)]).toEqual([false, false]);
    await used.database.query(`INSERT INTO gateway.merchants (id) VALUES (gen_random_uuid())`);
    expect(await hasMerchants(used.url)).toBe(true);
    await Promise.all([empty.drop(), used.drop()]);
  });
});
