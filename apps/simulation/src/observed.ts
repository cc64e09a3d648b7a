import type { PaymentSnapshot } from '@paymatch/contracts';
import type { Connections } from './connections.js';
import type { Acknowledged, OutsideWorld } from './outside-world.js';
import type { Arrival, Receiver } from './receiver.js';

export interface UploadedMoney {
  readonly rawId: string;
  readonly merchantId: string;
  readonly trxId: string;
  readonly amountMinor: number;
  readonly isForged: boolean;
}

export interface StoredFact {
  readonly eventId: string;
  readonly paymentId: string;
  readonly version: number;
  readonly type: string;
  readonly commandId: string;
}

export interface PublishedFact {
  readonly eventId: string;
  readonly type: string;
  readonly payment: PaymentSnapshot;
}

export interface CreditRow {
  readonly creditId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly trxId: string;
  readonly amountMinor: number;
  readonly status: 'open' | 'matched' | 'consumed' | 'in_review' | 'ignored';
  readonly paymentId: string | null;
  readonly hasOpenCase: boolean;
}

export interface DeliveryRow {
  readonly eventId: string;
  readonly paymentId: string;
  readonly sequence: number;
  /** `null`: nobody was to be told. */
  readonly status: string | null;
}

/** What clients, receivers and the database saw of one schedule, once it has come to rest. */
export interface Observed {
  readonly acknowledged: readonly Acknowledged[];
  readonly uploaded: readonly UploadedMoney[];
  readonly stored: readonly StoredFact[];
  /** In the order of the topic, repeats included. */
  readonly published: readonly PublishedFact[];
  readonly readModel: readonly PaymentSnapshot[];
  readonly rawIds: readonly string[];
  readonly credits: readonly CreditRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly arrivals: readonly Arrival[];
  readonly parkedCount: number;
}

/** The whole picture as one value, so that looking takes one statement. */
const LOOK = `
  SELECT
    (SELECT json_agg(json_build_object('eventId', message_id, 'paymentId', stream_id, 'version', stream_version, 'type',
      type,
       'commandId', command_id) ORDER BY xid, pos) FROM payments.events) AS stored,
    (SELECT json_agg(convert_from(value, 'UTF8')::json ORDER BY xid, pos) FROM bus.log
      WHERE topic = 'payments.events') AS published,
    (SELECT json_agg(snapshot ORDER BY id) FROM gateway.payments_v1) AS read_model,
    (SELECT json_agg(raw_id ORDER BY raw_id) FROM sms_matching.raw_messages) AS raw_ids,
    (SELECT json_agg(json_build_object('creditId', c.credit_id, 'merchantId', c.merchant_id, 'livemode', c.livemode,
      'trxId', c.trx_id, 'amountMinor', c.amount_minor, 'status', c.status,
       'paymentId', c.payment_id, 'hasOpenCase', EXISTS (SELECT FROM sms_matching.review_cases r
         WHERE r.credit_id = c.credit_id AND r.status = 'open'))
       ORDER BY c.credit_id) FROM sms_matching.credits c) AS credits,
    (SELECT json_agg(json_build_object('eventId', e.id, 'paymentId', e.payment_id, 'sequence', e.sequence,
       'status', (SELECT d.status FROM webhook_dispatch.deliveries d WHERE d.event_id = e.id)) ORDER BY e.pos)
         FROM webhook_dispatch.events e) AS deliveries,
    (SELECT count(*)::int FROM (SELECT 1 FROM payments.parked_messages UNION ALL SELECT 1
      FROM sms_matching.parked_messages
       UNION ALL SELECT 1 FROM webhook_dispatch.parked_messages UNION ALL SELECT 1
         FROM gateway.parked_messages) parked) AS parked`;

interface Look {
  readonly stored: Observed['stored'] | null;
  readonly published: Observed['published'] | null;
  readonly read_model: Observed['readModel'] | null;
  readonly raw_ids: Observed['rawIds'] | null;
  readonly credits: Observed['credits'] | null;
  readonly deliveries: Observed['deliveries'] | null;
  readonly parked: number;
}

export async function observe(connections: Connections, world: OutsideWorld, receiver: Receiver): Promise<Observed> {
  const { rows } = await connections.query<Look>(LOOK);
  const look = rows[0]!;
  return {
    acknowledged: world.acknowledged,
    uploaded: world.uploaded.map(({ rawId, merchantId, money: { trxId, amountMinor, isForged } }) => ({
      rawId,
      isForged,
      merchantId,
      trxId,
      amountMinor,
    })),
    stored: look.stored ?? [],
    published: look.published ?? [],
    readModel: look.read_model ?? [],
    rawIds: look.raw_ids ?? [],
    credits: look.credits ?? [],
    deliveries: look.deliveries ?? [],
    arrivals: receiver.arrivals,
    parkedCount: look.parked,
  };
}

const UNREST = `
  SELECT array_remove(ARRAY[
    (SELECT 'a payment''s fact is not published' FROM payments.events e WHERE (e.xid, e.pos) >
       (SELECT c.xid, c.pos FROM payments.reader_checkpoints c WHERE c.log = 'payments.events') LIMIT 1),
    (SELECT 'the outbox of sms-matching is not empty' FROM sms_matching.outbox LIMIT 1),
    (SELECT 'the outbox of webhook-dispatch is not empty' FROM webhook_dispatch.outbox LIMIT 1),
    (SELECT 'the webhook of ' || s.event || ' is not sent (due ' || COALESCE(s.due_at::text, 'never') || ')'
      FROM webhook_dispatch.schedule s LIMIT 1),
    (SELECT min(c.reader) || ' has messages to take' FROM bus.reader_checkpoints c JOIN bus.log l
      ON l.topic = split_part(c.reader, ' ', 2)
      WHERE (l.xid, l.pos) > (c.xid, c.pos))], NULL) AS unrest`;

/** What was written and not taken yet by all who are to take it, or is a webhook not delivered yet. */
export async function unrestOf(connections: Connections): Promise<readonly string[]> {
  return (await connections.query<{ unrest: readonly string[] }>(UNREST)).rows[0]!.unrest;
}
