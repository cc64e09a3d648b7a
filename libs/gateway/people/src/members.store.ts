import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { MerchantRole } from './role-table.js';

const MEMBERS_MAX = 500;

export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: MerchantRole;
  readonly hasTotp: boolean;
  readonly lastSeenAt: Date | null;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: MerchantRole;
  readonly expiresAt: Date;
}

/** What became of a change to somebody's place; `before` is the role they had. */
export type MemberChange =
  | { readonly kind: 'changed'; readonly before: MerchantRole; readonly email: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'last-owner' };

/** The people of one merchant. */
export class MembersStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** By name. */
  async list(merchantId: string): Promise<readonly Member[]> {
    const { rows } = await this.database.query<{
      user_id: string;
      name: string;
      email: string;
      role: MerchantRole;
      has_totp: boolean;
      last_seen_at: Date | null;
    }>(
      `SELECT b.user_id, u.name, u.email, b.role, u.totp_confirmed_at IS NOT NULL AS has_totp, u.last_seen_at
         FROM gateway.memberships b JOIN gateway.users u ON u.id = b.user_id
        WHERE b.merchant_id = $1 ORDER BY u.name, u.id LIMIT ${MEMBERS_MAX}`,
      [merchantId],
    );
    return rows.map((row) => ({
      userId: row.user_id,
      name: row.name,
      email: row.email,
      role: row.role,
      hasTotp: row.has_totp,
      lastSeenAt: row.last_seen_at,
    }));
  }

  /** Those that are still open, newest first. */
  async invitations(merchantId: string): Promise<readonly Invitation[]> {
    const { rows } = await this.database.query<{ id: string; email: string; role: MerchantRole; expires_at: Date }>(
      `SELECT id, email, role, expires_at FROM gateway.access_links
        WHERE merchant_id = $1 AND kind = 'invitation' AND used_at IS NULL AND expires_at > $2
        ORDER BY id DESC LIMIT ${MEMBERS_MAX}`,
      [merchantId, new Date(this.clock.nowMs())],
    );
    return rows.map((row) => ({ id: row.id, email: row.email, role: row.role, expiresAt: row.expires_at }));
  }

  /** Earlier ones to the same address lead nowhere from now on. */
  async withdrawInvitationsTo(merchantId: string, email: string, tx: Tx): Promise<void> {
    await tx.query(
      `DELETE FROM gateway.access_links
        WHERE merchant_id = $1 AND email = $2 AND kind = 'invitation' AND used_at IS NULL`,
      [merchantId, email],
    );
  }

  /** The address it went to; `null` where there is none that is open. */
  async withdrawInvitation(merchantId: string, id: string, tx: Tx): Promise<string | null> {
    const {
      rows: [row],
    } = await tx.query<{ email: string }>(
      `DELETE FROM gateway.access_links WHERE id = $2 AND merchant_id = $1 AND kind = 'invitation' AND used_at IS NULL
       RETURNING email`,
      [merchantId, id],
    );
    return row?.email ?? null;
  }

  async setRole(place: { readonly merchantId: string; readonly userId: string; readonly role: MerchantRole }, tx: Tx) {
    const found = await this.lock(place, place.role !== 'owner', tx);
    if (found.kind === 'changed')
      await tx.query('UPDATE gateway.memberships SET role = $3 WHERE merchant_id = $1 AND user_id = $2', [
        place.merchantId,
        place.userId,
        place.role,
      ]);
    return found;
  }

  async remove(place: { readonly merchantId: string; readonly userId: string }, tx: Tx): Promise<MemberChange> {
    const found = await this.lock(place, true, tx);
    if (found.kind === 'changed')
      await tx.query('DELETE FROM gateway.memberships WHERE merchant_id = $1 AND user_id = $2', [
        place.merchantId,
        place.userId,
      ]);
    return found;
  }

  /** Two owners who remove each other at once: the merchant's row lets one of them through, and the other sees it. */
  private async lock(
    { merchantId, userId }: { readonly merchantId: string; readonly userId: string },
    losesOwner: boolean,
    tx: Tx,
  ): Promise<MemberChange> {
    await tx.query('SELECT 1 FROM gateway.merchants WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
    const {
      rows: [row],
    } = await tx.query<{ role: MerchantRole; email: string; other_owners: number }>(
      `SELECT b.role, u.email, (SELECT count(*) FROM gateway.memberships o
           WHERE o.merchant_id = b.merchant_id AND o.role = 'owner' AND o.user_id <> b.user_id) AS other_owners
         FROM gateway.memberships b JOIN gateway.users u ON u.id = b.user_id
        WHERE b.merchant_id = $1 AND b.user_id = $2`,
      [merchantId, userId],
    );
    if (row === undefined) return { kind: 'unknown' };
    if (losesOwner && row.role === 'owner' && row.other_owners === 0) return { kind: 'last-owner' };
    return { kind: 'changed', before: row.role, email: row.email };
  }
}
