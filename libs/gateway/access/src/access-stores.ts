import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { KeyedDigest, SecretKeeper } from '@paymatch/platform-secrets';
import type { ApiKeys, MerchantsAdmin } from './access.ports.js';
import { ApiKeysStore } from './api-keys.store.js';
import { MerchantsStore } from './merchants.store.js';
import { credentialPurposes } from './oauth/credential-purposes.js';
import { OAuthClientsStore } from './oauth/oauth-clients.store.js';
import type { OAuthClients } from './oauth/oauth.ports.js';

export interface AccessStores {
  readonly merchants: MerchantsAdmin;
  readonly keys: ApiKeys;
  readonly clients: OAuthClients;
}

/** The stores without a running gateway: for the operators' shell. */
export function createAccessStores(options: {
  readonly database: Database;
  readonly secret: string;
  readonly clock: Clock;
}): AccessStores {
  const { database, secret, clock } = options;
  return {
    merchants: new MerchantsStore(database),
    keys: new ApiKeysStore(database, new SecretKeeper(secret), clock),
    clients: createOAuthClients(options),
  };
}

export function createOAuthClients(options: {
  readonly database: Database;
  readonly secret: string;
  readonly clock: Clock;
}): OAuthClients {
  const { database, secret, clock } = options;
  return new OAuthClientsStore(database, new KeyedDigest(secret, credentialPurposes.oauthSecrets), clock);
}
