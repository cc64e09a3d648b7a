import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contractVersion, newId, topics, type WebhookCommand, type WebhookEndpointView } from '@paymatch/contracts';
import { API_KEYS, DEVICES, MERCHANTS, WALLETS, type ApiKeys, type Devices, type Merchants, type Wallet, type Wallets } from '@paymatch/gateway-access';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import type { RunningService } from '@paymatch/platform-service';

/** What somebody needs to try the gateway; kept in `demo.json`, readable by its owner only. */
export interface Demo {
  readonly baseUrl: string;
  readonly merchant: { readonly id: string; readonly liveKey: string; readonly testKey: string; readonly webhookSecret: string };
  readonly device: { readonly id: string; readonly secret: string };
  readonly wallets: readonly Pick<Wallet, 'id' | 'provider' | 'number' | 'accountType'>[];
}

const demoWallets = [
  { provider: 'bkash', number: '01700000001' }, { provider: 'nagad', number: '01700000002' },
  { provider: 'rocket', number: '017000000033' }, { provider: 'upay', number: '01700000004' },
] as const;

/** Keys for trying out on one's own machine may ask more often than the contract's 120 a minute. */
const demoRateLimitPerMinute = 600_000;

/**
 * The demo merchant of a fresh installation; on a later start the same one, with its address brought up to date. Keys are kept
 * as hashes only, so a lost `demo.json` means new keys for the same merchant.
 */
export async function ensureDemoMerchant(service: RunningService, dataDir: string): Promise<Demo> {
  const file = path.join(dataDir, 'demo.json');
  const known = readDemo(file);
  const isKnown = known !== null && (await service.get<ApiKeys>(API_KEYS).authenticate(known.merchant.liveKey)) !== null;
  const demo = isKnown ? { ...known, baseUrl: service.url } : await makeDemo(service);
  // Beside it first: a crash in the middle must not leave half a file.
  writeFileSync(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return demo;
}

function readDemo(file: string): Demo | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Demo;
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as Error).message}); remove it to get new demo keys`, { cause: error });
  }
}

async function makeDemo(service: RunningService): Promise<Demo> {
  const merchants = service.get<Merchants>(MERCHANTS);
  const keys = service.get<ApiKeys>(API_KEYS);
  const merchant = (await merchants.first()) ?? (await merchants.create({ name: 'Demo shop' }));
  const live = await ensureWallets(service, merchant.id, true);
  await ensureWallets(service, merchant.id, false);
  const issue = async (livemode: boolean): Promise<string> => (await keys.issue({ merchantId: merchant.id, livemode, rateLimitPerMinute: demoRateLimitPerMinute })).key;
  const device = await service.get<Devices>(DEVICES).enrol({
    merchantId: merchant.id, livemode: true, name: 'Demo phone', wallets: live.map((wallet) => ({ walletId: wallet.id, simSlot: null })),
  });
  return {
    baseUrl: service.url,
    merchant: { id: merchant.id, liveKey: await issue(true), testKey: await issue(false), webhookSecret: await webhookSecret(service, merchant.id) },
    device: { id: device.id, secret: device.secret },
    wallets: live.map(({ id, provider, number, accountType }) => ({ id, provider, number, accountType })),
  };
}

async function ensureWallets(service: RunningService, merchantId: string, livemode: boolean): Promise<readonly Wallet[]> {
  const wallets = service.get<Wallets>(WALLETS);
  const present = await wallets.active(merchantId, livemode);
  if (present.length > 0) return present;
  const added: Wallet[] = [];
  for (const wallet of demoWallets) added.push(await wallets.add({ ...wallet, merchantId, livemode, accountType: 'personal' }));
  return added;
}

/** The endpoint's secret exists before a URL is set, so that a receiver can be written first. */
async function webhookSecret(service: RunningService, merchantId: string): Promise<string> {
  const id = newId();
  const data: WebhookCommand = { type: 'GetEndpoint', merchantId };
  const command = { id, type: data.type, source: 'standalone', key: merchantId, time: new Date().toISOString(), dataVersion: contractVersion, correlationId: id, causationId: null, data };
  const endpoint = await service.get<MessageBus>(MESSAGE_BUS).request<WebhookEndpointView>(topics.webhooksCommands.name, command, { timeoutMs: 10_000 });
  return endpoint.secret;
}
