import { hash, timingSafeEqual } from 'node:crypto';
import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { RecentAnswers } from '@paymatch/gateway-edge';
import { ApiKeyRow } from './access.entities.js';
import {
  abilities as everyAbility,
  type Ability,
  type ApiKeysAdmin,
  type ApiKeyView,
  type KeyRoll,
  type Caller,
  type NewApiKey,
} from './access.ports.js';
import { merchantColumns, toMerchant, type MerchantRow } from './merchants.store.js';
import { randomBase62, type SecretKeeper } from '@paymatch/platform-secrets';

const KEY_SHAPE = /^fk_(live|test)_[0-9A-Za-z]{32}$/;
const PREFIX_LENGTH = 'fk_live_'.length + 4;
const RATE_LIMIT_PER_MINUTE = 120;
const CACHE_MS = 1_000;

interface FoundKey {
  readonly caller: Caller;
  readonly expiresAtMs: number;
}

type KeyRow = MerchantRow & {
  id: string;
  key_name: string | null;
  issued_by: string | null;
  livemode: boolean;
  key_hash: Buffer;
  abilities: Ability[];
  rate_limit_per_minute: number;
  expires_at: Date | null;
};

/**
 * API keys. A key in use costs at most one query a second and no keyed hash in between; that is also how long a revoked
 * key, or a suspended merchant, may still pass on an instance that has not heard of it.
 */
export class ApiKeysStore implements ApiKeysAdmin {
  /** By SHA-256 of the key: looking up by the key itself would compare secrets character by character. */
  private readonly recent: RecentAnswers<FoundKey | null>;

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretKeeper,
    private readonly clock: Clock,
  ) {
    this.recent = new RecentAnswers<FoundKey | null>({
      keptMs: CACHE_MS,
      nowMs: () => clock.nowMs(),
      isKept: (found) => found !== null,
    });
  }

  async issue(key: NewApiKey, tx?: Tx): Promise<{ readonly keyId: string; readonly key: string }> {
    const text = `fk_${key.livemode ? 'live' : 'test'}_${randomBase62(32)}`;
    const keyId = newId();
    await (tx ?? this.database).query(
      `INSERT INTO gateway.api_keys
         (id, merchant_id, livemode, name, prefix, key_hash, abilities, rate_limit_per_minute, expires_at, created_at,
          issued_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        keyId,
        key.merchantId,
        key.livemode,
        key.name ?? null,
        text.slice(0, PREFIX_LENGTH),
        this.secrets.hash(text),
        key.abilities ?? everyAbility.filter((ability) => ability !== 'account:write'),
        key.rateLimitPerMinute ?? RATE_LIMIT_PER_MINUTE,
        key.expiresAt ?? null,
        new Date(this.clock.nowMs()),
        key.issuedBy ?? null,
      ],
    );
    return { keyId, key: text };
  }

  async authenticate(key: string): Promise<Caller | null> {
    if (!KEY_SHAPE.test(key)) return null;
    const found = await this.recent.get(hash('sha256', key, 'base64'), () => this.query(key));
    return found !== null && this.clock.nowMs() < found.expiresAtMs ? found.caller : null;
  }

  async revoke(merchantId: string, keyId: string): Promise<void> {
    await this.database.query(
      'UPDATE gateway.api_keys SET revoked_at = $3 WHERE id = $1 AND merchant_id = $2 AND revoked_at IS NULL',
      [keyId, merchantId, new Date(this.clock.nowMs())],
    );
    // This instance forgets at once; the others within the cache's time.
    this.recent.forgetAll();
  }

  /** Of two who roll it at once the row's lock makes one wait; both get a key, as whoever asks twice does. */
  async roll({ merchantId, livemode, keyId, overlapMs, issuedBy }: KeyRoll) {
    const nowMs = this.clock.nowMs();
    const rolled = await this.database.transaction(async (tx) => {
      const {
        rows: [old],
      } = await tx.query<Pick<KeyRow, 'abilities' | 'rate_limit_per_minute' | 'expires_at'> & { name: string | null }>(
        `SELECT name, abilities, rate_limit_per_minute, expires_at FROM gateway.api_keys
          WHERE id = $1 AND merchant_id = $2 AND livemode = $3 AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > $4) FOR UPDATE`,
        [keyId, merchantId, livemode, new Date(nowMs)],
      );
      if (old === undefined) return null;
      await tx.query('UPDATE gateway.api_keys SET expires_at = least(expires_at, $2) WHERE id = $1', [
        keyId,
        new Date(nowMs + overlapMs),
      ]);
      const { name, abilities, rate_limit_per_minute: rateLimitPerMinute, expires_at: expiresAt } = old;
      const same = { merchantId, livemode, abilities, rateLimitPerMinute };
      return this.issue(
        {
          ...same,
          ...(name !== null && { name }),
          ...(expiresAt !== null && { expiresAt }),
          ...(issuedBy !== undefined && { issuedBy }),
        },
        tx,
      );
    });
    this.recent.forgetAll();
    return rolled;
  }

  async list(merchantId: string, livemode: boolean): Promise<readonly ApiKeyView[]> {
    const rows = await this.database
      .repository(ApiKeyRow)
      .find({ where: { merchantId, livemode }, order: { id: 'DESC' }, take: 1_000 });
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      prefix: row.prefix,
      livemode: row.livemode,
      abilities: row.abilities as Ability[],
      rateLimitPerMinute: row.rateLimitPerMinute,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    }));
  }

  private async query(key: string): Promise<FoundKey | null> {
    const keyHash = this.secrets.hash(key);
    const {
      rows: [row],
    } = await this.database.query<KeyRow>({
      name: 'access-authenticate',
      text: `SELECT k.id, k.name AS key_name, k.issued_by, k.livemode, k.key_hash, k.abilities, k.rate_limit_per_minute,
        k.expires_at, ${merchantColumns}
               FROM gateway.api_keys k JOIN gateway.merchants m ON m.id = k.merchant_id
               JOIN gateway.merchant_settings s ON s.merchant_id = k.merchant_id AND s.livemode = k.livemode
              WHERE k.key_hash = $1 AND k.revoked_at IS NULL`,
      values: [keyHash],
    });
    if (row === undefined || !timingSafeEqual(row.key_hash, keyHash)) return null;
    return {
      expiresAtMs: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
      caller: {
        merchantId: row.merchant_id,
        livemode: row.livemode,
        keyId: row.id,
        keyName: row.key_name,
        keyIssuedBy: row.issued_by,
        abilities: new Set(row.abilities),
        rateLimitPerMinute: row.rate_limit_per_minute,
        merchant: toMerchant(row),
      },
    };
  }
}
