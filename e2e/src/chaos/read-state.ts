import { Client } from 'pg';
import type { Shop } from '../shop.js';
import { tell } from './calls.js';
import type {
  Credit,
  Delivery,
  FinalState,
  Parked,
  RawMessage,
  ReadPayment,
  ReviewCase,
  StoredEvent,
} from './final-state.js';
import { of, type Entry } from './history.js';
import { ulidOf } from './ids.js';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const READERS = 6;
const queries = {
  events: `SELECT stream_id AS "paymentId", stream_version AS version, message_id AS "eventId", type,
                  data->>'trxId' AS "trxId", data->>'creditId' AS "creditId",
                  (data->>'amountMinor')::int AS "amountMinor"
             FROM payments.events WHERE livemode`,
  payments: `SELECT id, version, status, invoice_id AS invoice, amount_minor::int AS "amountMinor",
                    (snapshot->>'refundedMinor')::int AS "refundedMinor", trx_id AS "trxId"
               FROM gateway.payments_v1 WHERE livemode`,
  versions: `SELECT payment_id AS id, version FROM sms_matching.payment_versions`,
  rawMessages: `SELECT sender, convert_from(body, 'UTF8') AS body,
                       EXISTS (SELECT FROM sms_matching.case_messages c WHERE c.raw_id = m.raw_id)
                         OR EXISTS (SELECT FROM sms_matching.review_cases c WHERE c.message_hash = m.message_hash)
                         AS "hasCase"
                  FROM sms_matching.raw_messages m`,
  credits: `SELECT credit_id AS id, trx_id AS "trxId", amount_minor::int AS "amountMinor", status,
                   payment_id AS "paymentId" FROM sms_matching.credits`,
  cases: `SELECT credit_id AS "creditId", payment_id AS "paymentId", reason, status FROM sms_matching.review_cases`,
  deliveries: `SELECT d.endpoint_id AS endpoint, d.payment_id AS "paymentId", d.event, d.event_id AS "eventId",
                      d.sequence, d.status, s.delivery_id IS NOT NULL AS "isScheduled"
                 FROM webhook_dispatch.deliveries d LEFT JOIN webhook_dispatch.schedule s ON s.delivery_id = d.id
                WHERE d.livemode AND d.endpoint_id IS NOT NULL`,
  parked: ['payments', 'sms_matching', 'webhook_dispatch', 'gateway']
    .map(
      (schema) =>
        `SELECT '${schema}' AS service, topic, key, error FROM ${schema}.parked_messages WHERE status = 'parked'`,
    )
    .join(' UNION ALL '),
};

/** What the databases and the API say when everything has come to rest. */
export async function readState(
  { databaseUrl, shop }: { readonly databaseUrl: string; readonly shop: Shop },
  history: readonly Entry[],
  endpoints: ReadonlyMap<string, string>,
): Promise<Omit<FinalState, 'refusedCommands'>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const read = async (name: keyof typeof queries): Promise<readonly Row[]> => {
    const { rows } = await client.query<Row>(queries[name]);
    return rows.map((row) => ({
      ...row,
      ...(row.paymentId ? { paymentId: ulidOf(String(row.paymentId)) } : {}),
    }));
  };
  try {
    const deliveries = (await read('deliveries')) as unknown as readonly Delivery[];
    return {
      events: (await read('events')) as unknown as readonly StoredEvent[],
      payments: (await read('payments')).map((row) => ({
        ...row,
        id: ulidOf(String(row.id)),
      })) as unknown as ReadPayment[],
      matcherVersions: new Map(
        (await read('versions')).map(({ id, version }) => [ulidOf(String(id)), Number(version)]),
      ),
      rawMessages: (await read('rawMessages')) as unknown as readonly RawMessage[],
      credits: (await read('credits')) as unknown as readonly Credit[],
      cases: (await read('cases')) as unknown as readonly ReviewCase[],
      deliveries: deliveries
        .filter(({ endpoint }) => endpoints.has(endpoint))
        .map((delivery) => ({ ...delivery, endpoint: endpoints.get(delivery.endpoint)! })),
      endpointsOfAll: [...endpoints.values()].filter((name) => name !== 'probe'),
      parked: (await read('parked')) as unknown as readonly Parked[],
      apiStatuses: await askFor(shop, history),
    };
  } finally {
    await client.end();
  }
}

/** What the API says of each payment that was acknowledged. */
async function askFor(shop: Shop, history: readonly Entry[]): Promise<ReadonlyMap<string, string | null>> {
  const ids = new Set(of(history, 'create').flatMap(({ paymentId }) => (paymentId === null ? [] : [paymentId])));
  const statuses = new Map<string, string | null>();
  const waiting = ids[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: READERS }, async () => {
      for (const id of { [Symbol.iterator]: () => waiting }) {
        const { body } = await tell(() => shop.call<{ data: { status: string } }>('GET', `/api/v1/payments/${id}`));
        statuses.set(id, body?.data?.status ?? null);
      }
    }),
  );
  return statuses;
}
