import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId } from '@paymatch/contracts';
import { createAccessStores } from '@paymatch/gateway-access';
import { createPeopleStores } from '@paymatch/gateway-people';
import { createReceivingStores } from '@paymatch/gateway-receiving';
import { systemClock } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { DemoMerchantsStore } from './demo-merchants.store.js';
import { ensureDemoMerchant, type DemoStores } from './demo-merchant.js';
import { gatewayService } from './gateway.service.js';

let test: TestDatabase;
let stores: DemoStores;
let gateway: Server;
let baseUrl: string;
let folder: string;

beforeAll(async () => {
  test = await createTestDatabase({
    schema: gatewayService.schema,
    migrations: gatewayService.migrations,
    entities: gatewayService.entities ?? [],
  });
  const options = {
    database: test.database,
    secret: 'a secret of at least thirty-two characters',
    clock: systemClock,
  };
  stores = {
    ...createAccessStores(options),
    ...createReceivingStores(options),
    demo: new DemoMerchantsStore(test.database),
    people: createPeopleStores(options),
  };
  // What the demo asks a running gateway for: the endpoints there are, and one of its own.
  gateway = createServer((request, response) =>
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ data: request.method === 'GET' ? [] : { id: newId(), secret: 'whsec_demo' } })),
  );
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  folder = mkdtempSync(path.join(tmpdir(), 'paymatch-demo-'));
});
afterAll(async () => {
  gateway.close();
  rmSync(folder, { recursive: true, force: true });
  await test.drop();
});

/** Everything a merchant can be reached or paid by. */
async function belongings(merchantId: string): Promise<unknown> {
  const found: Record<string, unknown> = {};
  for (const table of [
    'api_keys',
    'wallets',
    'devices',
    'oauth_clients',
    'pix_accounts',
    'bank_accounts',
    'exchange_rates',
    'memberships',
  ])
    found[table] = (
      await test.database.query(`SELECT * FROM gateway.${table} WHERE merchant_id = $1 ORDER BY 1, 2`, [merchantId])
    ).rows;
  return found;
}

describe('the demo merchant', () => {
  it('is one of its own, and nothing of a merchant that was there before changes', async () => {
    const { id: merchantId } = await stores.merchants.create({ name: 'A real shop' });
    const owner = { merchantId, livemode: true };
    await stores.accounts.setPix(owner, {
      pixKey: '123e4567-e89b-12d3-a456-426614174000',
      beneficiary: 'A real shop',
      city: 'Recife',
    });
    await stores.accounts.issuePixCallback(owner, { withHeader: true });
    const before = await belongings(merchantId);
    const demo = await ensureDemoMerchant(stores, baseUrl, folder);
    expect(await belongings(merchantId)).toEqual(before);
    expect(demo.merchant.id).not.toBe(merchantId);
    expect(await stores.keys.authenticate(demo.merchant.liveKey)).toMatchObject({ merchantId: demo.merchant.id });
  });

  it('is the same one at the next start, and when its file is lost', async () => {
    const first = JSON.parse(readFileSync(path.join(folder, 'demo.json'), 'utf8')) as { merchant: { id: string } };
    expect((await ensureDemoMerchant(stores, baseUrl, folder)).merchant).toEqual(first.merchant);
    rmSync(path.join(folder, 'demo.json'));
    expect((await ensureDemoMerchant(stores, baseUrl, folder)).merchant.id).toBe(first.merchant.id);
  });

  it('has an owner who can sign in with what its file says, also when the file was lost', async () => {
    const client = { address: '127.0.0.1', agent: '', requestId: 'r' };
    const made = await ensureDemoMerchant(stores, baseUrl, folder);
    expect((await ensureDemoMerchant(stores, baseUrl, folder)).owner).toEqual(made.owner);
    rmSync(path.join(folder, 'demo.json'));
    const anew = await ensureDemoMerchant(stores, baseUrl, folder);
    expect(await stores.people.signIn.check(made.owner, client)).toEqual({ kind: 'refused' });
    const signedIn = await stores.people.signIn.check(anew.owner, client);
    if (signedIn.kind !== 'known') throw new Error('the demo owner cannot sign in');
    expect(await stores.people.users.membershipsOf(signedIn.person.id)).toEqual([
      { merchantId: anew.merchant.id, name: 'Demo shop', status: 'active', role: 'owner' },
    ]);
    expect(signedIn.person.isOperator).toBe(false);
  });

  it("is never a merchant that somebody else's keys in the file lead to", async () => {
    const { id } = await stores.merchants.create({ name: 'Another shop' });
    const { key } = await stores.keys.issue({ merchantId: id, livemode: true });
    const file = path.join(folder, 'demo.json');
    const known = JSON.parse(readFileSync(file, 'utf8')) as { merchant: object };
    writeFileSync(file, JSON.stringify({ ...known, merchant: { ...known.merchant, id, liveKey: key } }));
    const before = await belongings(id);
    expect((await ensureDemoMerchant(stores, baseUrl, folder)).merchant.id).not.toBe(id);
    expect(await belongings(id)).toEqual(before);
  });
});
