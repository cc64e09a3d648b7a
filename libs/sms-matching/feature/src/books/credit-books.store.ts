import type {
  BookPage,
  CreditView,
  CreditWithMessages,
  ListCredits,
  ListMessages,
  ListUnknownTexts,
  ReconciledMoney,
  Reconcile,
  StoredMessage,
  UnknownText,
} from '@paymatch/contracts';
import { markFields } from '@paymatch/sms-matching-domain';
import type { SqlRunner } from '@paymatch/platform-postgres';
import { fromRow, type CreditRecord, type RawRecord } from '../slots/records.js';

/** How many rows of an index are looked through for a page. */
const LOOKED_THROUGH_MAX = 5_000;
/** As `pix_returns` has it of money that has gone (Banco Central, "API Pix"). */
const RETURNED = `least(c.amount_minor, coalesce((SELECT sum(r.amount_minor) FROM sms_matching.pix_returns r
  WHERE r.credit_id = c.credit_id AND r.status = 'DEVOLVIDO'), 0))::bigint`;

interface Shop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** Providers under which a TrxID is looked for: a slot's key begins with one. */
type Providers = readonly string[];

export async function listCredits(
  runner: SqlRunner,
  query: ListCredits,
  providers: Providers,
): Promise<BookPage<CreditView>> {
  const { merchantId, livemode, status, provider, walletId, trxId, from, to, after, limit } = query;
  const values: unknown[] = [merchantId, livemode];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const where = ['merchant_id = $1 AND livemode = $2'];
  if (from !== null) where.push(`received_at >= ${place(from)}`);
  if (to !== null) where.push(`received_at < ${place(to)}`);
  if (after !== null)
    where.push(
      `(received_at, credit_id) < (SELECT received_at, credit_id FROM sms_matching.credits
        WHERE credit_id = ${place(after)} AND merchant_id = $1 AND livemode = $2)`,
    );
  if (trxId !== null) {
    // One of the slots' own keys: a wallet's TrxID, or a Pix transfer's id.
    const text = place(trxId);
    where.push(`credit_id IN (
      SELECT credit_id FROM sms_matching.credits WHERE merchant_id = $1 AND livemode = $2 AND claim_key IS NULL
        AND provider = ANY(${place(providers)}::text[]) AND slot_key = upper(${text}::text)
      UNION ALL SELECT credit_id FROM sms_matching.credits WHERE merchant_id = $1 AND livemode = $2
        AND claim_key IN ('pix:' || ${text}, 'bank:' || ${text}))`);
  }
  const wanted = [
    ...(status === null ? [] : [`status = ${place(status)}`]),
    ...(provider === null ? [] : [`provider = ${place(provider)}`]),
    ...(walletId === null ? [] : [`wallet_id = ${place(walletId)}`]),
  ].join(' AND ');
  const walk = `FROM sms_matching.credits WHERE ${where.join(' AND ')} ORDER BY received_at DESC, credit_id DESC`;
  const { rows } = await runner.query(
    `SELECT c.*, ${RETURNED} AS returned_minor, held.case_id, held.reason AS case_reason
       FROM (SELECT * FROM (SELECT * ${walk} LIMIT ${LOOKED_THROUGH_MAX}) AS walked
              WHERE ${wanted === '' ? 'true' : wanted} ORDER BY received_at DESC, credit_id DESC
                LIMIT ${limit + 1}) AS c
       LEFT JOIN sms_matching.review_cases held ON held.credit_id = c.credit_id
      ORDER BY c.received_at DESC, c.credit_id DESC`,
    values,
  );
  const items = rows.slice(0, limit).map(toCreditView);
  if (rows.length > limit) return { items, next: items.at(-1)!.creditId };
  const walkValues = values.slice(0, values.length - [status, provider, walletId].filter((one) => one !== null).length);
  return { items, next: await endOfWalk(runner, { walk, id: 'credit_id', values: walkValues }) };
}

/** Where a walk ended before its index did; `null`: nothing is left. */
async function endOfWalk(
  runner: SqlRunner,
  { walk, id, values }: { readonly walk: string; readonly id: string; readonly values: readonly unknown[] },
): Promise<string | null> {
  const { rows } = await runner.query<{ id: string }>(
    `SELECT ${id} AS id ${walk} OFFSET ${LOOKED_THROUGH_MAX - 1} LIMIT 1`,
    values,
  );
  return rows[0]?.id ?? null;
}

export async function findCredit(
  runner: SqlRunner,
  { merchantId, livemode, creditId }: Shop & { readonly creditId: string },
): Promise<CreditWithMessages | null> {
  const [found] = await withMessages(
    runner,
    await creditsBy(runner, { merchantId, livemode }, ['credit_id', [creditId]]),
  );
  return found ?? null;
}

/** The money that a payment got, was offered, or has claimed; oldest first. */
export async function creditsOfPayment(
  runner: SqlRunner,
  { merchantId, livemode, paymentId }: Shop & { readonly paymentId: string },
): Promise<readonly CreditWithMessages[]> {
  const { rows } = await runner.query<{ credit_id: string }>(
    `SELECT credit_id FROM sms_matching.credits WHERE payment_id = $3 AND merchant_id = $1 AND livemode = $2
     UNION SELECT credit_id FROM sms_matching.claims JOIN sms_matching.credits
             USING (merchant_id, livemode, provider, slot_key)
            WHERE claims.payment_id = $3 AND merchant_id = $1 AND livemode = $2
     UNION SELECT credit_id FROM sms_matching.review_cases
            WHERE payment_id = $3 AND merchant_id = $1 AND livemode = $2 AND credit_id IS NOT NULL
     LIMIT 50`,
    [merchantId, livemode, paymentId],
  );
  const ids = rows.map((row) => row.credit_id);
  return withMessages(runner, await creditsBy(runner, { merchantId, livemode }, ['credit_id', ids]));
}

async function creditsBy(
  runner: SqlRunner,
  shop: Shop,
  [column, ids]: readonly [column: 'credit_id', ids: readonly string[]],
): Promise<readonly CreditView[]> {
  if (ids.length === 0) return [];
  const { rows } = await runner.query(
    `SELECT c.*, ${RETURNED} AS returned_minor, held.case_id, held.reason AS case_reason
       FROM sms_matching.credits c LEFT JOIN sms_matching.review_cases held ON held.credit_id = c.credit_id
      WHERE c.${column} = ANY($3::uuid[]) AND c.merchant_id = $1 AND c.livemode = $2
      ORDER BY c.received_at, c.credit_id`,
    [shop.merchantId, shop.livemode, ids],
  );
  return rows.map(toCreditView);
}

async function withMessages(runner: SqlRunner, credits: readonly CreditView[]): Promise<readonly CreditWithMessages[]> {
  if (credits.length === 0) return [];
  const { rows } = await runner.query(
    `SELECT raw.*, link.credit_id, NULL AS case_id FROM sms_matching.credit_messages link
       JOIN sms_matching.raw_messages raw ON raw.raw_id = link.raw_id
      WHERE link.credit_id = ANY($1::uuid[]) ORDER BY raw.arrived_at, raw.raw_id LIMIT 500`,
    [credits.map(({ creditId }) => creditId)],
  );
  const messages = rows.map(toStoredMessage);
  return credits.map((credit) => ({
    credit,
    messages: messages.filter(({ creditId }) => creditId === credit.creditId),
  }));
}

export async function listMessages(runner: SqlRunner, query: ListMessages): Promise<BookPage<StoredMessage>> {
  const { merchantId, livemode, outcome, deviceId, from, to, after, limit } = query;
  const values: unknown[] = [merchantId, livemode];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const where = ['merchant_id = $1 AND livemode = $2'];
  if (from !== null) where.push(`arrived_at >= ${place(from)}`);
  if (to !== null) where.push(`arrived_at < ${place(to)}`);
  if (after !== null)
    where.push(
      `(arrived_at, raw_id) < (SELECT arrived_at, raw_id FROM sms_matching.raw_messages
        WHERE raw_id = ${place(after)} AND merchant_id = $1 AND livemode = $2)`,
    );
  const walk = `FROM sms_matching.raw_messages WHERE ${where.join(' AND ')} ORDER BY arrived_at DESC, raw_id DESC`;
  const walkValues = [...values];
  const wanted = [
    ...(outcome === null ? [] : [`outcome = ${place(outcome)}`]),
    ...(deviceId === null ? [] : [`device_id = ${place(deviceId)}`]),
  ].join(' AND ');
  const { rows } = await runner.query(
    `SELECT raw.*, (SELECT credit_id FROM sms_matching.credit_messages link WHERE link.raw_id = raw.raw_id),
            (SELECT case_id FROM sms_matching.case_messages link WHERE link.raw_id = raw.raw_id LIMIT 1)
       FROM (SELECT * FROM (SELECT * ${walk} LIMIT ${LOOKED_THROUGH_MAX}) AS walked
              WHERE ${wanted === '' ? 'true' : wanted} ORDER BY arrived_at DESC, raw_id DESC LIMIT ${limit + 1}) AS raw
      ORDER BY raw.arrived_at DESC, raw.raw_id DESC`,
    values,
  );
  const items = rows.slice(0, limit).map(toStoredMessage);
  if (rows.length > limit) return { items, next: items.at(-1)!.rawId };
  return { items, next: await endOfWalk(runner, { walk, id: 'raw_id', values: walkValues }) };
}

/** By the ids that the gateway gave them when they came. */
export async function listUnknownTexts(
  runner: SqlRunner,
  { after, limit }: ListUnknownTexts,
): Promise<BookPage<UnknownText>> {
  const { rows } = await runner.query(
    `SELECT raw.*, (SELECT credit_id FROM sms_matching.credit_messages link WHERE link.raw_id = raw.raw_id),
            (SELECT case_id FROM sms_matching.case_messages link WHERE link.raw_id = raw.raw_id LIMIT 1)
       FROM sms_matching.raw_messages raw
      WHERE is_unknown AND ($1::uuid IS NULL OR raw_id < $1) ORDER BY raw_id DESC LIMIT $2`,
    [after, limit + 1],
  );
  const items = rows.slice(0, limit).map((row) => {
    const { merchantId, livemode } = fromRow<{ readonly merchantId: string; readonly livemode: boolean }>(row);
    return { ...toStoredMessage(row), merchantId, livemode };
  });
  return { items, next: rows.length > limit ? items.at(-1)!.rawId : null };
}

/** Every credit of the period, under what became of it; what went back is taken out of that and stands by itself. */
export async function reconcile(runner: SqlRunner, query: Reconcile): Promise<readonly ReconciledMoney[]> {
  const kept = (statuses: string): string =>
    `coalesce(sum(amount_minor - returned) FILTER (WHERE status IN (${statuses})), 0)::bigint`;
  const { rows } = await runner.query(
    `SELECT currency, provider, count(*)::integer AS credit_count, sum(amount_minor)::bigint AS arrived_minor,
            ${kept(`'consumed'`)} AS completed_minor, ${kept(`'open', 'matched'`)} AS waiting_minor,
            ${kept(`'in_review'`)} AS in_review_minor, ${kept(`'ignored'`)} AS ignored_minor,
            sum(returned)::bigint AS returned_minor
       FROM (SELECT currency, provider, status, amount_minor, ${RETURNED} AS returned FROM sms_matching.credits c
              WHERE merchant_id = $1 AND livemode = $2 AND received_at >= $3 AND received_at < $4) AS money
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [query.merchantId, query.livemode, query.from, query.to],
  );
  return rows.map((row) => fromRow<ReconciledMoney>(row));
}

type Row = Readonly<Record<string, unknown>>;

function toCreditView(row: Row): CreditView {
  const credit = fromRow<
    CreditRecord & {
      readonly returnedMinor: number;
      readonly caseId: string | null;
      readonly caseReason: string | null;
    }
  >(row);
  return {
    creditId: credit.creditId,
    provider: credit.provider,
    walletId: credit.walletId,
    walletNumber: credit.walletNumber,
    trxId: credit.trxId,
    amountMinor: credit.amountMinor,
    currency: credit.currency,
    senderNumber: credit.senderNumber,
    balanceMinor: credit.balanceMinor,
    printedAt: credit.printedAt,
    receivedAt: credit.receivedAt,
    status: credit.status,
    paymentId: credit.paymentId,
    decidedBy: credit.decidedBy,
    returnedMinor: credit.returnedMinor,
    caseId: credit.caseId,
    caseReason: credit.caseReason,
  };
}

/** What `reading` holds of a message that was read. */
interface Reading {
  readonly amountMinor?: number | null;
  readonly trxId?: string | null;
  readonly counterparty?: string | null;
  readonly balanceMinor?: number | null;
  readonly feeMinor?: number | null;
  readonly reasons?: readonly string[];
}

function toStoredMessage(row: Row): StoredMessage {
  const raw = fromRow<RawRecord & { readonly creditId: string | null; readonly caseId: string | null }>(row);
  const reading = raw.reading as Reading;
  const body = (row['body'] as Buffer).toString('utf8');
  return {
    rawId: raw.rawId,
    deviceId: raw.deviceId,
    sender: raw.sender,
    body,
    simSlot: raw.simSlot,
    sentAt: raw.sentAt,
    receivedAt: raw.receivedAt,
    arrivedAt: raw.arrivedAt,
    outcome: raw.outcome as StoredMessage['outcome'],
    reasons: reading.reasons ?? [],
    fields: markFields(body, {
      amountMinor: reading.amountMinor ?? null,
      trxId: reading.trxId ?? null,
      counterparty: reading.counterparty ?? null,
      balanceMinor: reading.balanceMinor ?? null,
      feeMinor: reading.feeMinor ?? null,
    }),
    creditId: raw.creditId,
    caseId: raw.caseId,
  };
}
