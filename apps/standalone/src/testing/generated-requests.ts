import fc from 'fast-check';
import { schemaValues } from '@paymatch/platform-testing';

/** One route of an OpenAPI document, as far as requests to it need it. */
export interface DescribedRoute {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
}
export type Json = Readonly<Record<string, unknown>>;

export const credentials = ['right', 'of test mode', 'that may do nothing', 'unknown', 'none'] as const;
export type Credential = (typeof credentials)[number];

/** What is left open of a request until its route is known. */
export interface Generated {
  readonly credential: Credential;
  /** For a part of the address. */
  readonly piece: string;
  readonly query: string;
  readonly contentType: string;
  readonly body: string;
  /** Chooses among what is known. */
  readonly at: number;
  readonly idempotencyKey: string | null;
}

/** Names that some route reads, in a body or in its address. */
const names =
  `amount invoice_id invoice_number success_url cancel_url metadata customer_id name phone email address notes page
  per_page limit status sort order start_time end_time transaction_id currency wallet change lang account before reason provider
  from to payment_id pix messages event payload text sentStamp receivedStamp sim seq code url events secret wallets wallet_id
  sim_slot abilities rate_limit_per_minute expires_at expiry_minutes amount_tolerance allowed_origins method transfer_id note
  trx_id sender_number received_at with_header pix_key beneficiary city rate base_currency overlap_minutes grant_type callback
  transaction document document_type payment_method branch outcome form_token battery_percent app_version number account_type
  agency account_operation constructor toString hasOwnProperty then`.split(/\s+/);

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const value = fc.oneof(
  fc.constantFrom(
    '{"toString":1}',
    '{"valueOf":1,"toString":null}',
    '"\\u0000"',
    '"a\\ud800"',
    '1e999',
    '-0',
    '99999999999999999999',
    '"99999999"',
    '[[]]',
    '{"length":-1}',
    '""',
    'null',
    `"${'x'.repeat(5_000)}"`,
    nested(5_000),
  ),
  fc.json({ maxDepth: 3, noUnicodeString: false } as fc.JsonSharedConstraints),
);
const strangeBody = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 })
    .map((members) => `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`),
  value,
  fc.string(),
);
const piece = fc.oneof(
  fc.constantFrom('%00', '%ed%a0%80', '%', '%zz', '..', '%2f', '-1', '99999999', '1e9', 'toString', '%F0%9F%98%80', ''),
  fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
const strangeQuery = fc
  .array(fc.tuple(fc.constantFrom(...names), piece), { maxLength: 4 })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
const strangeType = fc.constantFrom(
  'application/json',
  'application/json',
  'application/json',
  'application/x-www-form-urlencoded',
  'text/csv',
  'application/x-ofx',
  'text/plain',
  'multipart/form-data',
);

/** Requests to a route: as its document describes them, with one part of that gone wrong, and strange in every way. */
export function generatedRequests(route: DescribedRoute | undefined, document: Json): fc.Arbitrary<Generated> {
  const [contentType, described] = Object.entries(route?.requestBody?.content ?? {})[0] ?? [];
  const good = described === undefined ? null : schemaValues(described.schema, document).map((made) => bodyText(made));
  const spoilt =
    good === null
      ? null
      : fc.tuple(good, fc.nat({ max: 100 }), value).map(([text, at, part]) => spoiled(text, at, part));
  const bodies = fc.oneof(
    { arbitrary: fc.record({ contentType: strangeType, body: strangeBody }), weight: 1 },
    ...(good === null || spoilt === null
      ? []
      : [
          { arbitrary: fc.record({ contentType: fc.constant(contentType!), body: good }), weight: 2 },
          { arbitrary: fc.record({ contentType: fc.constant(contentType!), body: spoilt }), weight: 1 },
        ]),
  );
  return fc
    .record({
      credential: fc.oneof(
        { arbitrary: fc.constant<Credential>('right'), weight: 12 },
        { arbitrary: fc.constantFrom(...credentials), weight: 4 },
      ),
      piece,
      query: fc.oneof(strangeQuery, describedQuery(route, document)),
      at: fc.nat({ max: 1_000_000 }),
      idempotencyKey: fc.oneof(
        { arbitrary: fc.constant(null), weight: 4 },
        { arbitrary: fc.constantFrom('order-1', '"order-2"', 'not printable: \u00e9', ''), weight: 1 },
      ),
      sent: bodies,
    })
    .map(({ sent, ...rest }) => ({ ...rest, ...sent }));
}

function describedQuery(route: DescribedRoute | undefined, document: Json): fc.Arbitrary<string> {
  const parameters = (route?.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const parts = parameters.map(
    ({ name, schema }) =>
      [name, schemaValues(schema, document).map((made) => encodeURIComponent(String(made)))] as const,
  );
  return fc.record(Object.fromEntries(parts), { requiredKeys: [], noNullPrototype: true }).map((made) =>
    Object.entries(made)
      .map((pair) => pair.join('='))
      .join('&'),
  );
}

/** A file as it is, anything else as JSON; nothing that was made may send anybody anywhere. */
function bodyText(made: unknown): string {
  const text = typeof made === 'string' ? made : (JSON.stringify(made) ?? '');
  return text.replaceAll('https://shop.example.com', 'http://127.0.0.1:1');
}

function spoiled(text: string, at: number, part: string): string {
  const places = [...text.matchAll(/:("[^"]*"|\d+|null|true|false)/g)];
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return part;
  return `${text.slice(0, place.index + 1)}${part}${text.slice(place.index + place[0].length)}`;
}
