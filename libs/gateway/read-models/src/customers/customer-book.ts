import { isUuid } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import { normaliseWalletNumber } from '@paymatch/vocabulary';
import type {
  BookedCustomer,
  CustomerBook,
  CustomerPage,
  CustomerPlace,
  CustomerShop,
  NamedCustomer,
} from './customer-book.ports.js';

/** How many that one index finds are looked at; a name that more people have is to be typed further. */
const FOUND_MAX = 500;
/** Up to here a customer's payments are counted. */
const COUNTED_MAX = 100;
const NAMED_MAX = 10;
const NUMBER_SHAPE = /^[1-9][0-9]{0,8}$/;

/** Where customers of one contract are kept, and what a text may be of them. */
interface Book {
  readonly table: string;
  readonly columns: string;
  /** In the order of texts what the index has in the order of ids. */
  readonly place: string;
  /** Conditions, each of which one index answers. */
  readonly finds: (text: string, value: (of: unknown) => string) => readonly string[];
}

const prefixOf = (text: string): string => `${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
const emailsOf = (text: string): readonly string[] => [...new Set([text, text.toLowerCase()])];

/** As people write numbers down: with the country's code and without. */
function phonesOf(text: string): readonly string[] {
  const bare = normaliseWalletNumber(text);
  return [...new Set([text, bare, `88${bare}`, `+88${bare}`])];
}

const BOOKS: readonly Book[] = [
  {
    table: 'gateway.customers',
    columns: `'fastaar' AS contract, id::text AS id, id::text AS reference, name, phone, email`,
    place: `'a' || lpad(id::text, 10, '0')`,
    finds: (text, value) => [
      `lower(name) LIKE lower(${value(prefixOf(text))})`,
      `phone = ANY(${value(phonesOf(text))}::text[])`,
      `email = ANY(${value(emailsOf(text))}::text[])`,
      ...(NUMBER_SHAPE.test(text) ? [`id = ${value(Number(text))}::integer`] : []),
    ],
  },
  {
    table: 'gateway.payers_v1',
    columns: `'smartfastpay' AS contract, id::text AS id, reference, name, NULL::text AS phone, email`,
    place: `'b' || id::text`,
    finds: (text, value) => [
      `lower(name) LIKE lower(${value(prefixOf(text))})`,
      `email = ANY(${value(emailsOf(text))}::text[])`,
      `id = md5($1::uuid::text || ' ' || $2::boolean::text || ' ' || ${value(text)}::text)::uuid`,
    ],
  },
];

/** Customers of both contracts: two tables, each read along its own indexes, shown as one list. */
export class CustomerBookQueries implements CustomerBook {
  constructor(private readonly sql: SqlRunner) {}

  async list(
    shop: CustomerShop,
    {
      text,
      after,
      limit,
    }: { readonly text: string | null; readonly after: CustomerPlace | null; readonly limit: number },
  ): Promise<CustomerPage> {
    const values: unknown[] = [shop.merchantId, shop.livemode];
    const value = (of: unknown): string => `$${values.push(of)}`;
    const below =
      after === null
        ? null
        : { at: `${value(after.createdAt)}::timestamptz`, place: `${value(after.place)}::text COLLATE "C"` };
    const walks = BOOKS.flatMap((book) => {
      const finds = text === null ? ['true'] : book.finds(text, value);
      const found = text === null ? limit + 1 : FOUND_MAX;
      return finds.map((condition) => walkOf(book, { condition, below, limit: found }));
    });
    const { rows } = await this.sql.query<Row>(
      counted(`SELECT DISTINCT contract, id, reference, name, phone, email, created_at, place
                 FROM (${walks.join(' UNION ALL ')}) AS found
                ORDER BY created_at DESC, place DESC LIMIT ${limit + 1}`),
      values,
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      customers: shown.map(toCustomer),
      next: last === undefined ? null : { createdAt: last.created_at.toISOString(), place: last.place },
    };
  }

  async find(shop: CustomerShop, id: string): Promise<BookedCustomer | null> {
    const book = NUMBER_SHAPE.test(id) ? BOOKS[0]! : isUuid(id) ? BOOKS[1]! : null;
    if (book === null) return null;
    const { rows } = await this.sql.query<Row>(counted(walkOf(book, { condition: `id = $3`, below: null, limit: 1 })), [
      shop.merchantId,
      shop.livemode,
      id,
    ]);
    return rows[0] === undefined ? null : toCustomer(rows[0]);
  }

  async named(shop: CustomerShop, text: string): Promise<readonly NamedCustomer[]> {
    const values: unknown[] = [shop.merchantId, shop.livemode];
    const value = (of: unknown): string => `$${values.push(of)}`;
    const walks = BOOKS.flatMap((book) =>
      book.finds(text, value).map((condition) => walkOf(book, { condition, below: null, limit: NAMED_MAX })),
    );
    const { rows } = await this.sql.query<Row>(
      `SELECT contract, reference FROM (${walks.join(' UNION ALL ')}) AS found
        GROUP BY contract, reference ORDER BY max(created_at) DESC LIMIT ${NAMED_MAX}`,
      values,
    );
    return rows.map(({ contract, reference }) => ({ contract, reference }));
  }
}

/** The newest of a book that a condition finds. */
function walkOf(
  { table, columns, place }: Book,
  walk: {
    readonly condition: string;
    readonly below: { readonly at: string; readonly place: string } | null;
    readonly limit: number;
  },
): string {
  const after =
    walk.below === null
      ? ''
      : ` AND created_at <= ${walk.below.at}
        AND (created_at, (${place}) COLLATE "C") < (${walk.below.at}, ${walk.below.place})`;
  return `(SELECT ${columns}, created_at, (${place}) COLLATE "C" AS place FROM ${table}
            WHERE merchant_id = $1 AND livemode = $2 AND ${walk.condition}${after}
            ORDER BY created_at DESC, id DESC LIMIT ${walk.limit})`;
}

/** With what is known of their payments. */
function counted(customers: string): string {
  return `SELECT c.*, paid.n, paid.last_at FROM (${customers}) AS c
    LEFT JOIN LATERAL (
      SELECT count(*)::integer AS n, max(created_at) AS last_at FROM (
        SELECT created_at FROM gateway.payments_v1 p
         WHERE p.merchant_id = $1 AND p.livemode = $2 AND p.customer_id = c.reference AND p.dialect = c.contract
         ORDER BY p.id DESC LIMIT ${COUNTED_MAX + 1}) AS newest) AS paid ON true
   ORDER BY c.created_at DESC, c.place DESC`;
}

type Row = {
  contract: BookedCustomer['contract'];
  id: string;
  reference: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  created_at: Date;
  place: string;
  n: number;
  last_at: Date | null;
};

function toCustomer(row: Row): BookedCustomer {
  const { contract, id, reference, name, phone, email } = row;
  return {
    contract,
    id,
    reference,
    name,
    phone,
    email,
    createdAt: row.created_at.toISOString(),
    payments: {
      count: Math.min(row.n, COUNTED_MAX),
      isExact: row.n <= COUNTED_MAX,
      lastAt: row.last_at?.toISOString() ?? null,
    },
  };
}
