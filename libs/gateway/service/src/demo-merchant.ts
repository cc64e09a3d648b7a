import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { abilities, type AccessStores } from '@paymatch/gateway-access';
import type { ReceivingStores, Wallet, Wallets } from '@paymatch/gateway-receiving';
import { writeWhole } from '@paymatch/platform-postgres';
import type { DemoMerchantsStore } from './demo-merchants.store.js';
import { ensureSmartFastPay, type SmartFastPayDemo } from './demo-smartfastpay.js';

/** What somebody needs to try the gateway; kept in `demo.json`, readable by its owner only. */
export interface Demo {
  readonly baseUrl: string;
  readonly merchant: {
    readonly id: string;
    readonly liveKey: string;
    readonly testKey: string;
    readonly webhookSecret: string;
  };
  readonly device: { readonly id: string; readonly secret: string };
  readonly wallets: readonly Pick<Wallet, 'id' | 'provider' | 'number' | 'accountType'>[];
  /** Contract B. */
  readonly smartfastpay: SmartFastPayDemo;
}

/** As an earlier version may have left it. */
type StoredDemo = Omit<Demo, 'smartfastpay'> & Partial<Pick<Demo, 'smartfastpay'>>;

export type DemoStores = AccessStores & Omit<ReceivingStores, 'refusedPix'> & { readonly demo: DemoMerchantsStore };

const demoWallets = [
  { provider: 'bkash', number: '01700000001' },
  { provider: 'nagad', number: '01700000002' },
  { provider: 'rocket', number: '017000000033' },
  { provider: 'upay', number: '01700000004' },
] as const;

/** Keys for trying out on one's own machine may ask more often than the contract's 120 a minute. */
const demoRateLimitPerMinute = 600_000;

/**
 * The demo merchant; on a later start the same one, with its address brought up to date. A merchant that the demo did not make is never
 * touched. Keys are kept as hashes only, so a lost `demo.json` means new keys for the same merchant. Needs the gateway to answer at `baseUrl`.
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
  const demo: Demo = { ...stored, smartfastpay };
  writeWhole(file, `${JSON.stringify(demo, null, 2)}\n`);
  return demo;
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
  const liveKey = await issue(true);
  return {
    baseUrl,
    merchant: {
      id: merchantId,
      liveKey,
      testKey: await issue(false),
      webhookSecret: await webhookSecret(baseUrl, liveKey),
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

/** The endpoint's secret exists before a URL is set, so that a receiver can be written first. Asked for as the merchant would. */
async function webhookSecret(baseUrl: string, liveKey: string): Promise<string> {
  const answer = await fetch(`${baseUrl}/api/panel/v1/webhook-endpoint`, {
    headers: { authorization: `Bearer ${liveKey}` },
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok)
    throw new Error(
      `the webhook secret of the demo merchant could not be read: HTTP ${answer.status} ${await answer.text()}`,
    );
  const { data } = (await answer.json()) as { readonly data: { readonly secret: string } };
  return data.secret;
}
