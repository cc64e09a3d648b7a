import { newId } from '@paymatch/contracts';
import { abilities, type Caller } from '../access.ports.js';
import { merchantColumns, toMerchant, type MerchantRow } from '../merchants.store.js';
import { RecentAnswers } from '@paymatch/gateway-edge';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { randomBase62, type KeyedDigest } from '@paymatch/platform-secrets';
import type { OAuthClient, OAuthClients, OAuthClientView } from './oauth.ports.js';

const CLIENT_ID_SHAPE = /^ci_(live|test)_[0-9A-Za-z]{20}$/;
const SECRET_SHAPE = /^cs_[0-9A-Za-z]{40}$/;
const RATE_LIMIT_PER_MINUTE = 120;
const CACHE_MS = 1_000;
const LIST_MAX = 1_000;

type ClientRow = { id: string; livemode: boolean; secret_hash: Buffer };
type CallerRow = MerchantRow & { id: string; livemode: boolean; rate_limit_per_minute: number };
type ViewRow = { client_id: string; livemode: boolean; created_at: Date; revoked_at: Date | null };

/** Credentials of contract B. A credential in use costs at most one query a second, as an API key does. */
export class OAuthClientsStore implements OAuthClients {
  private readonly recent: RecentAnswers<Caller | null>;

  constructor(
    private readonly database: Database,
    private readonly digests: KeyedDigest,
    private readonly clock: Clock,
  ) {
    this.recent = new RecentAnswers<Caller | null>({ keptMs: CACHE_MS, nowMs: () => clock.nowMs() });
  }

  async issue(
    client: Parameters<OAuthClients['issue']>[0],
  ): Promise<{ readonly clientId: string; readonly clientSecret: string }> {
    const clientId = `ci_${client.livemode ? 'live' : 'test'}_${randomBase62(20)}`;
    const clientSecret = `cs_${randomBase62(40)}`;
    await this.database.query(
      `INSERT INTO gateway.oauth_clients (id, merchant_id, livemode, client_id, secret_hash, rate_limit_per_minute,
        created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        client.merchantId,
        client.livemode,
        clientId,
        this.digests.of(clientSecret),
        client.rateLimitPerMinute ?? RATE_LIMIT_PER_MINUTE,
        new Date(this.clock.nowMs()),
      ],
    );
    return { clientId, clientSecret };
  }

  async revoke(merchantId: string, clientId: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'UPDATE gateway.oauth_clients SET revoked_at = COALESCE(revoked_at, $3) WHERE merchant_id = $1 AND client_id = $2',
      [merchantId, clientId, new Date(this.clock.nowMs())],
    );
    this.recent.forgetAll();
    return rowCount === 1;
  }

  async list(merchantId: string, livemode: boolean): Promise<readonly OAuthClientView[]> {
    const { rows } = await this.database.query<ViewRow>(
      `SELECT client_id, livemode, created_at, revoked_at FROM gateway.oauth_clients WHERE merchant_id = $1
        AND livemode = $2 ORDER BY id DESC LIMIT ${LIST_MAX}`,
      [merchantId, livemode],
    );
    return rows.map((row) => ({
      clientId: row.client_id,
      livemode: row.livemode,
      createdAt: row.created_at.toISOString(),
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }));
  }

  async verify(clientId: string, clientSecret: string): Promise<OAuthClient | null> {
    if (!CLIENT_ID_SHAPE.test(clientId) || !SECRET_SHAPE.test(clientSecret)) return null;
    const {
      rows: [row],
    } = await this.database.query<ClientRow>(
      'SELECT id, livemode, secret_hash FROM gateway.oauth_clients WHERE client_id = $1 AND revoked_at IS NULL',
      [clientId],
    );
    return row !== undefined && this.digests.matches(clientSecret, row.secret_hash)
      ? { id: row.id, livemode: row.livemode }
      : null;
  }

  callerOf(id: string): Promise<Caller | null> {
    return this.recent.get(id, () => this.loadCaller(id));
  }

  private async loadCaller(id: string): Promise<Caller | null> {
    const {
      rows: [row],
    } = await this.database.query<CallerRow>({
      name: 'smartfastpay-caller',
      text: `SELECT c.id, c.livemode, c.rate_limit_per_minute, ${merchantColumns}
               FROM gateway.oauth_clients c JOIN gateway.merchants m ON m.id = c.merchant_id
               JOIN gateway.merchant_settings s ON s.merchant_id = c.merchant_id AND s.livemode = c.livemode
              WHERE c.id = $1 AND c.revoked_at IS NULL`,
      values: [id],
    });
    if (row === undefined) return null;
    return {
      merchantId: row.merchant_id,
      livemode: row.livemode,
      keyId: row.id,
      abilities: new Set(abilities.filter((ability) => ability !== 'account:write')),
      rateLimitPerMinute: row.rate_limit_per_minute,
      merchant: toMerchant(row),
    };
  }
}
