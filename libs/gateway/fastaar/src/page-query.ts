import { paymentStatuses, type PaymentStatus } from '@paymatch/contracts';
import { validationError } from './fastaar.errors.js';
import { invoiceRule } from './field-rules.js';

const PER_PAGE = 15;
const PER_PAGE_MAX = 100;
const PAGE_MAX = 100_000_000;

export interface Page {
  readonly perPage: number;
  readonly page: number;
}

export interface PaymentsQuery extends Page {
  readonly status: PaymentStatus | null;
  readonly invoiceId: string | null;
}

type Query = Readonly<Record<string, unknown>>;

/**
 * The query of a list. Names nobody knows are passed over, as proxies and clients add their own; a known one must be
 * right.
 */
export function readPaymentsQuery(query: Query): PaymentsQuery {
  const errors: Record<string, string[]> = {};
  const page = readPage(query, errors);
  const { status } = query;
  const isKnown = paymentStatuses.includes(status as PaymentStatus);
  if (status !== undefined && !isKnown) errors['status'] = [`The status must be one of ${paymentStatuses.join(', ')}.`];
  const names = ['invoice_id', 'invoice_number'] as const;
  for (const name of names) {
    const problem = query[name] === '' ? 'Name an invoice, or leave this out.' : invoiceRule(query[name]);
    if (problem !== null) errors[name] = [problem];
  }
  const [byId, byNumber] = names.map((name) => query[name]);
  if (byId !== undefined && byNumber !== undefined && byId !== byNumber)
    errors['invoice_number'] = ['Send either invoice_id or invoice_number.'];
  if (Object.keys(errors).length > 0) throw validationError(errors);
  return {
    ...page,
    status: isKnown ? (status as PaymentStatus) : null,
    invoiceId: (byId ?? byNumber ?? null) as string | null,
  };
}

/** `per_page` and `page`, writing what is wrong into `errors`. */
export function readPage(query: Query, errors: Record<string, string[]>): Page {
  const number = (name: string, limits: { readonly default: number; readonly max: number }): number => {
    const text = query[name];
    if (text === undefined) return limits.default;
    const value = typeof text === 'string' && /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > limits.max) errors[name] = [`The ${name} must be a whole number from 1 to ${limits.max}.`];
    return value;
  };
  return {
    perPage: number('per_page', { default: PER_PAGE, max: PER_PAGE_MAX }),
    page: number('page', { default: 1, max: PAGE_MAX }),
  };
}

/**
 * Laravel's `links` and `meta` round one page. `path` is the list's address; the filters in `query` stay in every link.
 */
export function pageBody(
  data: readonly unknown[],
  page: Page & { readonly total: number; readonly path: string; readonly query: Query },
): object {
  const { perPage, total, path } = page;
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const link = (number: number): string => {
    const filters = Object.entries(page.query).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'page',
    );
    return `${path}?${new URLSearchParams([...filters, ['page', String(number)]]).toString()}`;
  };
  const before = (page.page - 1) * perPage;
  return {
    data,
    links: {
      first: link(1),
      last: link(lastPage),
      prev: page.page > 1 ? link(page.page - 1) : null,
      next: page.page < lastPage ? link(page.page + 1) : null,
    },
    meta: {
      current_page: page.page,
      from: data.length > 0 ? before + 1 : null,
      last_page: lastPage,
      path,
      per_page: perPage,
      to: data.length > 0 ? before + data.length : null,
      total,
    },
  };
}
