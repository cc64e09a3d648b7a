import { newId } from '@paymatch/contracts';
import type { BrandLanguage } from '@paymatch/gateway-access';
import { RefusedField } from '@paymatch/gateway-edge';
import { isUniqueViolation, type Database, type SqlRunner } from '@paymatch/platform-postgres';
import {
  linkState,
  type LinkPlace,
  type LinkQuestion,
  type LinkTexts,
  type PaymentLink,
  type PaymentLinks,
  type PaymentLinkSettings,
} from './payment-links.ports.js';

/** A place whose payment never came about, since its gateway died in between, is free again after that time. */
const UNBORN_MS = 15 * 60_000;

interface Row {
  readonly id: string;
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly slug: string;
  readonly status: 'active' | 'disabled' | 'removed';
  readonly amount_minor: string | number | null;
  readonly amount_min_minor: string | number | null;
  readonly amount_max_minor: string | number | null;
  readonly payments_max: number | null;
  readonly expires_at: Date | null;
  readonly default_language: BrandLanguage;
  readonly texts: Readonly<Partial<Record<BrandLanguage, LinkTexts>>>;
  readonly asks_name: LinkQuestion;
  readonly asks_phone: LinkQuestion;
  readonly success_url: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly payments_taken: number | null;
}

type Owner = { readonly merchantId: string; readonly livemode: boolean };
type Key = Owner & { readonly linkId: string };

/**
 * Places of a link `l` that are taken: by payments that are open or paid, and by those that are just being made. What
 * has failed, expired or was refunded whole has left its place to another.
 */
const TAKEN = `(SELECT count(*)::int FROM gateway.payment_link_places place
    LEFT JOIN gateway.payments_v1 p ON p.id = place.payment_id
    WHERE place.link_id = l.id AND CASE
      WHEN p.id IS NULL THEN place.taken_at > now() - interval '${UNBORN_MS} milliseconds'
      ELSE p.status NOT IN ('failed', 'expired', 'refunded') AND NOT (p.status = 'pending'
        AND p.expires_at <= now()) END)`;
const COLUMNS = `l.*, CASE WHEN l.payments_max IS NOT NULL THEN ${TAKEN} END AS payments_taken`;

export class PaymentLinksStore implements PaymentLinks {
  constructor(private readonly database: Database) {}

  async create(owner: Owner, settings: PaymentLinkSettings & { readonly id: string }): Promise<PaymentLink> {
    checkTogether(settings);
    const values = [settings.id, owner.merchantId, owner.livemode, ...valuesOf(settings), new Date()];
    await refusingTakenSlug(() =>
      this.database.query(
        `INSERT INTO gateway.payment_links (id, merchant_id, livemode, slug, status, amount_minor, amount_min_minor,
           amount_max_minor, payments_max, expires_at, default_language, texts, asks_name, asks_phone, success_url,
           created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)
         ON CONFLICT (id) DO NOTHING`,
        values,
      ),
    );
    return (await this.find({ ...owner, linkId: settings.id }))!;
  }

  async change(key: Key, changes: Partial<PaymentLinkSettings>): Promise<PaymentLink | null> {
    const isThere = await this.database.transaction(async (tx) => {
      const known = await this.select(tx, `${OWN} FOR UPDATE OF l`, [key.merchantId, key.livemode, key.linkId]);
      if (known[0] === undefined) return false;
      const settings = { ...known[0], ...changes };
      checkTogether(settings);
      await refusingTakenSlug(() =>
        tx.query(
          `UPDATE gateway.payment_links SET slug = $2, status = $3, amount_minor = $4, amount_min_minor = $5,
             amount_max_minor = $6, payments_max = $7, expires_at = $8, default_language = $9, texts = $10,
             asks_name = $11, asks_phone = $12, success_url = $13, updated_at = $14 WHERE id = $1`,
          [key.linkId, ...valuesOf(settings), new Date()],
        ),
      );
      return true;
    });
    return isThere ? this.find(key) : null;
  }

  async remove({ merchantId, livemode, linkId }: Key): Promise<boolean> {
    const { rows } = await this.database.query(
      `UPDATE gateway.payment_links SET status = 'removed', updated_at = $4
        WHERE merchant_id = $1 AND livemode = $2 AND id = $3 AND status <> 'removed' RETURNING 1`,
      [merchantId, livemode, linkId, new Date()],
    );
    return rows.length > 0;
  }

  async find({ merchantId, livemode, linkId }: Key): Promise<PaymentLink | null> {
    return (await this.select(this.database, OWN, [merchantId, livemode, linkId]))[0] ?? null;
  }

  list(
    { merchantId, livemode }: Owner,
    page: { readonly status: 'active' | 'disabled' | null; readonly after: string | null; readonly limit: number },
  ): Promise<readonly PaymentLink[]> {
    return this.select(
      this.database,
      `l.merchant_id = $1 AND l.livemode = $2 AND l.status <> 'removed' AND ($3::text IS NULL OR l.status = $3)
         AND ($4::uuid IS NULL OR l.id < $4) ORDER BY l.id DESC LIMIT $5`,
      [merchantId, livemode, page.status, page.after, page.limit],
    );
  }

  async findPublic(slug: string): Promise<PaymentLink | null> {
    return (await this.select(this.database, `l.slug = $1 AND l.status <> 'removed'`, [slug]))[0] ?? null;
  }

  takePlace(linkId: string, { key, nowMs }: { readonly key: Buffer; readonly nowMs: number }): Promise<LinkPlace> {
    return this.database.transaction(async (tx) => {
      // First the lock, and then a look: what others took while this one waited is seen by a statement of its own.
      await tx.query('SELECT 1 FROM gateway.payment_links WHERE id = $1 FOR UPDATE', [linkId]);
      const known = await tx.query<{ payment_id: string; is_born: boolean; is_old: boolean }>(
        `SELECT place.payment_id, p.id IS NOT NULL AS is_born,
                place.taken_at <= now() - interval '${UNBORN_MS} milliseconds' AS is_old
           FROM gateway.payment_link_places place LEFT JOIN gateway.payments_v1 p ON p.id = place.payment_id
          WHERE place.link_id = $1 AND place.order_key = $2`,
        [linkId, key],
      );
      const same = known.rows[0];
      if (same !== undefined && (same.is_born || !same.is_old)) return { kind: 'taken', paymentId: same.payment_id };
      const [link] = await this.select(tx, `l.id = $1 AND l.status <> 'removed'`, [linkId]);
      const state = link === undefined ? 'disabled' : linkState(link, nowMs);
      if (state !== 'open') return { kind: state };
      const paymentId = newId(nowMs);
      await tx.query(
        `INSERT INTO gateway.payment_link_places (link_id, order_key, payment_id, taken_at) VALUES ($1, $2, $3, now())
         ON CONFLICT (link_id, order_key) DO UPDATE SET payment_id = excluded.payment_id, taken_at = excluded.taken_at`,
        [linkId, key, paymentId],
      );
      return { kind: 'taken', paymentId };
    });
  }

  async giveBack(linkId: string, orderKey: Buffer): Promise<void> {
    await this.database.query('DELETE FROM gateway.payment_link_places WHERE link_id = $1 AND order_key = $2', [
      linkId,
      orderKey,
    ]);
  }

  private async select(sql: SqlRunner, where: string, values: readonly unknown[]): Promise<readonly PaymentLink[]> {
    const { rows } = await sql.query<Row>(`SELECT ${COLUMNS} FROM gateway.payment_links l WHERE ${where}`, [...values]);
    return rows.map(toLink);
  }
}

const OWN = `l.merchant_id = $1 AND l.livemode = $2 AND l.id = $3 AND l.status <> 'removed'`;

/** Throws `RefusedField` for what can only be seen of all settings together. */
function checkTogether({ amount, defaultLanguage, texts }: PaymentLinkSettings): void {
  if (amount.fixedMinor === null && amount.minMinor > amount.maxMinor)
    throw new RefusedField('LINK_INVALID', 'amount_max', 'The largest amount must not be below the smallest.');
  if (texts[defaultLanguage] === undefined)
    throw new RefusedField('LINK_INVALID', 'texts', `There are no texts in the default language, ${defaultLanguage}.`);
}

async function refusingTakenSlug(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new RefusedField('SLUG_TAKEN', 'slug', 'This address is taken; choose another.');
  }
}

/** From `slug` to `success_url`, in the order of the statements. */
function valuesOf(settings: PaymentLinkSettings): readonly unknown[] {
  const { amount } = settings;
  return [
    settings.slug,
    settings.status,
    amount.fixedMinor,
    amount.fixedMinor === null ? amount.minMinor : null,
    amount.fixedMinor === null ? amount.maxMinor : null,
    settings.paymentsMax,
    settings.expiresAt,
    settings.defaultLanguage,
    JSON.stringify(settings.texts),
    settings.asksName,
    settings.asksPhone,
    settings.successUrl,
  ];
}

function toLink(row: Row): PaymentLink {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    livemode: row.livemode,
    slug: row.slug,
    status: row.status === 'active' ? 'active' : 'disabled',
    amount:
      row.amount_minor === null
        ? { fixedMinor: null, minMinor: Number(row.amount_min_minor), maxMinor: Number(row.amount_max_minor) }
        : { fixedMinor: Number(row.amount_minor) },
    paymentsMax: row.payments_max,
    expiresAt: row.expires_at?.toISOString() ?? null,
    defaultLanguage: row.default_language,
    texts: row.texts,
    asksName: row.asks_name,
    asksPhone: row.asks_phone,
    successUrl: row.success_url,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    paymentsTaken: row.payments_taken,
  };
}
