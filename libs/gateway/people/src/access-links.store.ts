import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, SqlRunner, Tx } from '@paymatch/platform-postgres';
import { KeyedDigest, randomBase62 } from '@paymatch/platform-secrets';
import type { AccessLink, LinkKind } from './people.ports.js';
import type { MerchantRole } from './role-table.js';

const TOKEN_LENGTH = 43;
const DAY_MS = 24 * 3_600_000;
const LIFE_MS: Readonly<Record<LinkKind, number>> = {
  operator: 3 * DAY_MS,
  invitation: 3 * DAY_MS,
  'password-reset': 3_600_000,
};
const PURGED_AT_ONCE = 1_000;

type LinkRow = {
  id: string;
  kind: LinkKind;
  email: string | null;
  merchant_id: string | null;
  role: MerchantRole | null;
  user_id: string | null;
  expires_at: Date;
};

const COLUMNS = 'id, kind, email, merchant_id, role, user_id, expires_at';

/** Links that lead in once. The database keeps a keyed hash of each. */
export class AccessLinksStore {
  private readonly tokens: KeyedDigest;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    secret: string,
  ) {
    this.tokens = new KeyedDigest(secret, 'paymatch/access-links/v1');
  }

  async make(
    link: Pick<AccessLink, 'kind'> & Partial<Pick<AccessLink, 'email' | 'merchantId' | 'role' | 'userId'>>,
    tx: Tx,
  ): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: Date }> {
    const token = randomBase62(TOKEN_LENGTH);
    const id = newId();
    const nowMs = this.clock.nowMs();
    const expiresAt = new Date(nowMs + LIFE_MS[link.kind]);
    await tx.query(
      `INSERT INTO gateway.access_links
         (id, kind, token_hash, email, merchant_id, role, user_id, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        link.kind,
        this.tokens.of(token),
        link.email ?? null,
        link.merchantId ?? null,
        link.role ?? null,
        link.userId ?? null,
        new Date(nowMs),
        expiresAt,
      ],
    );
    return { id, token, expiresAt };
  }

  /** `null` for one that is unknown, used or over. */
  async find(token: string, runner: SqlRunner = this.database): Promise<AccessLink | null> {
    const {
      rows: [row],
    } = await runner.query<LinkRow>(
      `SELECT ${COLUMNS} FROM gateway.access_links WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2`,
      [this.tokens.of(token), new Date(this.clock.nowMs())],
    );
    return row === undefined ? null : toLink(row);
  }

  /** Of two who come at once the row's lock lets one in. */
  async use(token: string, tx: Tx): Promise<AccessLink | null> {
    const {
      rows: [row],
    } = await tx.query<LinkRow>(
      `UPDATE gateway.access_links SET used_at = $2
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING ${COLUMNS}`,
      [this.tokens.of(token), new Date(this.clock.nowMs())],
    );
    return row === undefined ? null : toLink(row);
  }

  /** Takes back the links of a first start that are still open: only the last one printed leads in. */
  async withdrawFirst(tx: Tx): Promise<void> {
    await tx.query("DELETE FROM gateway.access_links WHERE kind = 'operator' AND email IS NULL AND used_at IS NULL");
  }

  /** Takes back somebody's links for a forgotten password: with a new one they lead nowhere. */
  async withdrawResets(userId: string, tx: Tx): Promise<void> {
    await tx.query(
      "DELETE FROM gateway.access_links WHERE kind = 'password-reset' AND user_id = $1 AND used_at IS NULL",
      [userId],
    );
  }

  /** Clears away what is over; says whether there may be more. */
  async purge(): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `DELETE FROM gateway.access_links WHERE id IN
         (SELECT id FROM gateway.access_links WHERE expires_at <= $1 LIMIT ${PURGED_AT_ONCE})`,
      [new Date(this.clock.nowMs())],
    );
    return rowCount === PURGED_AT_ONCE;
  }
}

function toLink(row: LinkRow): AccessLink {
  return {
    id: row.id,
    kind: row.kind,
    email: row.email,
    merchantId: row.merchant_id,
    role: row.role,
    userId: row.user_id,
    expiresAt: row.expires_at,
  };
}
