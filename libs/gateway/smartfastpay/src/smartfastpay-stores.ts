import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { ExchangeTable } from './exchange/exchange.ports.js';
import { OperatorExchangeTable } from './exchange/operator-table.source.js';
import { CredentialKeys } from './oauth/credential-keys.js';
import { OAuthClientsStore } from './oauth/oauth-clients.store.js';
import type { OAuthClients } from './oauth/oauth.ports.js';
import type { RefusedPixEntries } from './pix/refused-entries.ports.js';
import { RefusedPixEntriesStore } from './pix/refused-entries.store.js';
import type { ReceivingAccounts } from './receiving/receiving-accounts.ports.js';
import { ReceivingAccountsStore } from './receiving/receiving-accounts.store.js';

export interface SmartFastPayStores {
  readonly clients: OAuthClients;
  readonly accounts: ReceivingAccounts;
  readonly exchange: ExchangeTable;
  readonly refusedPix: RefusedPixEntries;
}

/** What contract B rests on, without a running gateway: for the operators' shell. */
export function createSmartFastPayStores(options: {
  readonly database: Database;
  readonly secret: string;
  readonly clock: Clock;
}): SmartFastPayStores {
  const { database, clock } = options;
  const keys = new CredentialKeys(options.secret);
  return {
    clients: new OAuthClientsStore(database, keys, clock),
    accounts: new ReceivingAccountsStore(database, keys),
    exchange: new OperatorExchangeTable(database, clock),
    refusedPix: new RefusedPixEntriesStore(database),
  };
}
