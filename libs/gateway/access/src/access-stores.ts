import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { ApiKeys, Devices, Merchants, Wallets } from './access.ports.js';
import { ApiKeysStore } from './api-keys.store.js';
import { DevicesStore } from './devices.store.js';
import { MerchantsStore } from './merchants.store.js';
import { SecretKeeper } from './secret-keeper.js';
import { WalletsStore } from './wallets.store.js';

export interface AccessStores {
  readonly merchants: Merchants;
  readonly keys: ApiKeys;
  readonly wallets: Wallets;
  readonly devices: Devices;
}

/** The stores without a running gateway: for the operators' shell. */
export function createAccessStores(options: {
  readonly database: Database;
  readonly secret: string;
  readonly clock: Clock;
}): AccessStores {
  const { database, clock } = options;
  const secrets = new SecretKeeper(options.secret);
  return {
    merchants: new MerchantsStore(database),
    keys: new ApiKeysStore(database, secrets, clock),
    wallets: new WalletsStore(database),
    devices: new DevicesStore(database, secrets),
  };
}
