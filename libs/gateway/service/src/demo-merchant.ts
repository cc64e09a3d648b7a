import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { abilities, type AccessStores } from '@paymatch/gateway-access';
import type { PeopleStores } from '@paymatch/gateway-people';
import type { ReceivingStores, Wallet, Wallets } from '@paymatch/gateway-receiving';
import { writeWhole } from '@paymatch/platform-secrets';
import type { DemoMerchantsStore } from './demo-merchants.store.js';
import { ensureDemoOwner, type DemoOwner } from './demo-owner.js';
import { ensureSmartFastPay, type SmartFastPayDemo } from './demo-smartfastpay.js';

/** What somebody needs to try the gateway; kept in `demo.json`, readable by its owner only. */
export interface Demo {
  readonly baseUrl: string;
  readonly merchant: {
    readonly id: string;
    readonly liveKey: string;
    readonly testKey: string;
    /** Their live endpoint, which has no URL until somebody sets one. */
    readonly webhookEndpointId: string;
    readonly webhookSecret: string;
  };
  /** Signs in at `/console`. */
  readonly owner: DemoOwner;
  readonly device: { readonly id: string; readonly secret: string };
  readonly wallets: readonly Pick<Wallet, 'id' | 'provider' | 'number' | 'accountType'>[];
  /** Contract B. */
  readonly smartfastpay: SmartFastPayDemo;
}

/** As an earlier version may have left it. */
type StoredDemo = Omit<Demo, 'smartfastpay' | 'owner' | 'merchant'> &
  Partial<Pick<Demo, 'smartfastpay' | 'owner'>> & {
    readonly merchant: Pick<Demo['merchant'], 'id' | 'liveKey' | 'testKey'> & Partial<Demo['merchant']>;
  };

export type DemoStores = AccessStores &
  Omit<ReceivingStores, 'refusedPix'> & { readonly demo: DemoMerchantsStore; readonly people: PeopleStores };

const demoWallets = [
  { provider: 'bkash', number: '01700000001' },
  { provider: 'nagad', number: '01700000002' },
  { provider: 'rocket', number: '017000000033' },
  { provider: 'upay', number: '01700000004' },
] as const;

/** Keys for trying out on one's own machine may ask more often than the contract's 120 a minute. */
const demoRateLimitPerMinute = 600_000;

/**
 * The demo merchant; on a later start the same one, with its address brought up to date. A merchant that the demo did
 * not make is never touched. Keys are kept as hashes only, so a lost `demo.json` means new keys for the same merchant.
 * Needs the gateway to answer at `baseUrl`.
 */
export async function ensureDemoMerchant(ports: DemoStores, baseUrl: string, dataDir: string): Promise<Demo> {
  const file = path.join(dataDir, 'demo.json');
  const known = readDemo(file);
  const isKnown =
    known !== null &&
    (await ports.demo.isDemo(known.merchant.id)) &&
    (await ports.keys.authenticate(known.merchant.liveKey))?.merchantId === known.merchant.id;
  const stored: StoredDemo = isKnown ? { ...known, baseUrl } : await makeDemo(ports, baseUrl);
  const smartfastpay = await ensureSmartFastPay(ports, stored.smartfastpay ?? null, {
    merchantId: stored.merchant.id,
    baseUrl,
    rateLimitPerMinute: demoRateLimitPerMinute,
  });
  const owner = await ensureDemoOwner(ports.people, stored.merchant.id, stored.owner ?? null);
  const demo: Demo = { ...stored, merchant: await withEndpoint(stored.merchant, baseUrl), owner, smartfastpay };
  writeWhole(file, `${JSON.stringify(demo, null, 2)}\n`);
  return demo;
}

async function withEndpoint(merchant: StoredDemo['merchant'], baseUrl: string): Promise<Demo['merchant']> {
  const { webhookEndpointId, webhookSecret } = merchant;
  if (webhookEndpointId !== undefined && webhookSecret !== undefined)
    return { ...merchant, webhookEndpointId, webhookSecret };
  const { id, secret } = await ensureEndpoint(baseUrl, merchant.liveKey);
  return { ...merchant, webhookEndpointId: id, webhookSecret: secret };
}

function readDemo(file: string): StoredDemo | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StoredDemo;
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as Error).message}); remove it to get new demo keys`, {
      cause: error,
    });
  }
}

async function makeMerchant({ merchants, demo }: DemoStores): Promise<string> {
  const { id } = await merchants.create({ name: 'Demo shop' });
  await demo.add(id);
  return id;
}

async function makeDemo(ports: DemoStores, baseUrl: string): Promise<StoredDemo> {
  const { keys } = ports;
  const merchantId = (await ports.demo.first()) ?? (await makeMerchant(ports));
  const live = await ensureWallets(ports.wallets, merchantId, true);
  await ensureWallets(ports.wallets, merchantId, false);
  const issue = async (livemode: boolean): Promise<string> =>
    (await keys.issue({ merchantId, livemode, abilities, rateLimitPerMinute: demoRateLimitPerMinute })).key;
  const device = await ports.devices.enrol({
    merchantId,
    livemode: true,
    name: 'Demo phone',
    wallets: live.map((wallet) => ({ walletId: wallet.id, simSlot: null })),
  });
  return {
    baseUrl,
    merchant: {
      id: merchantId,
      liveKey: await issue(true),
      testKey: await issue(false),
    },
    device: { id: device.id, secret: device.secret },
    wallets: live.map(({ id, provider, number, accountType }) => ({ id, provider, number, accountType })),
  };
}

async function ensureWallets(wallets: Wallets, merchantId: string, livemode: boolean): Promise<readonly Wallet[]> {
  const present = await wallets.active(merchantId, livemode);
  if (present.length > 0) return present;
  const added: Wallet[] = [];
  for (const wallet of demoWallets)
    added.push(await wallets.add({ ...wallet, merchantId, livemode, accountType: 'personal' }));
  return added;
}

/**
 * An endpoint without a URL: its secret exists before the receiver is written. Asked for as the merchant would; the
 * first there is, if any.
 */
async function ensureEndpoint(
  baseUrl: string,
  liveKey: string,
): Promise<{ readonly id: string; readonly secret: string }> {
  const ask = async <Data>(method: 'GET' | 'POST', path: string): Promise<Data> => {
    const answer = await fetch(`${baseUrl}/api/panel/v1/webhook-endpoints${path}`, {
      method,
      headers: { authorization: `Bearer ${liveKey}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify({ description: 'Demo', order: 'strict' }) }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!answer.ok)
      throw new Error(
        `the demo merchant's webhook endpoint could not be had: HTTP ${answer.status} ${await answer.text()}`,
      );
    return ((await answer.json()) as { readonly data: Data }).data;
  };
  const [known] = await ask<readonly { readonly id: string }[]>('GET', '');
  if (known === undefined) return await ask('POST', '');
  return { id: known.id, ...(await ask<{ readonly secret: string }>('GET', `/${known.id}/secret`)) };
}
