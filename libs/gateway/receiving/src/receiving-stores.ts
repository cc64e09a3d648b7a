import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { KeyedDigest, SecretKeeper } from '@paymatch/platform-secrets';
import { DevicesStore } from './devices.store.js';
import type { ExchangeTable } from './exchange/exchange.ports.js';
import { OperatorExchangeTable } from './exchange/operator-table.source.js';
import type { RefusedPixEntries } from './pix/refused-entries.ports.js';
import { RefusedPixEntriesStore } from './pix/refused-entries.store.js';
import type { ReceivingAccounts } from './receiving-accounts.ports.js';
import { ReceivingAccountsStore } from './receiving-accounts.store.js';
import type { Devices, Wallets } from './receiving.ports.js';
import { WalletsStore } from './wallets.store.js';

export interface ReceivingStores {
  readonly wallets: Wallets;
  readonly devices: Devices;
  readonly accounts: ReceivingAccounts;
  readonly exchange: ExchangeTable;
  readonly refusedPix: RefusedPixEntries;
}

/** Addresses that banks were given stay good as long as this purpose keeps its name. */
const CALLBACKS_PURPOSE = 'paymatch/smartfastpay/pix-callbacks/v1';

/** Where banks' notices are known by. */
export function createReceivingAccounts(database: Database, secret: string): ReceivingAccountsStore {
  return new ReceivingAccountsStore(database, new KeyedDigest(secret, CALLBACKS_PURPOSE));
}

/** The stores without a running gateway: for the operators' shell. */
export function createReceivingStores(options: {
  readonly database: Database;
  readonly secret: string;
  readonly clock: Clock;
}): ReceivingStores {
  const { database, secret, clock } = options;
  return {
    wallets: new WalletsStore(database),
    devices: new DevicesStore(database, new SecretKeeper(secret)),
    accounts: createReceivingAccounts(database, secret),
    exchange: new OperatorExchangeTable(database, clock),
    refusedPix: new RefusedPixEntriesStore(database),
  };
}
