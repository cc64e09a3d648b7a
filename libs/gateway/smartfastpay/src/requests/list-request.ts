import type { PaymentSearchQuery, PaymentSort, Standing } from '@paymatch/gateway-read-models';
import { invalidFields, type ErrorDetail } from '../smartfastpay.error.js';
import { textProblem, readMoment } from '@paymatch/gateway-edge';

const LIMIT = 10;
const LIMIT_MAX = 40;
const PAGE_MAX = 9_999_999;
const TRANSACTIONS_MAX = 100;
const ID_LIMITS = { lengthMin: 1, lengthMax: 255 };

/** The words of one list for where a payment stands (contract B, Status). */
export type StandingWords = Readonly<Record<Standing, string>>;
export const PAYMENT_WORDS: StandingWords = { open: 'pending', settled: 'paid', failed: 'denied', expired: 'expired' };
export const TRANSACTION_WORDS: StandingWords = {
  open: 'pending',
  settled: 'paid',
  failed: 'canceled',
  expired: 'canceled',
};

/** What a list's address asks for; who asks and when is added by the caller. */
export type ListRequest = Omit<PaymentSearchQuery, 'merchantId' | 'livemode' | 'nowMs'>;

type Query = Readonly<Record<string, unknown>>;

/**
 * Throws a 422 that names everything that is wrong. Names nobody knows are passed over, as proxies and clients add
 * their own.
 */
export function readListRequest(query: Query, words: StandingWords): ListRequest {
  const details: ErrorDetail[] = [];
  const problem = (field: string, message: string | null): void => {
    if (message !== null) details.push({ field, message });
  };
  const number = (field: string, limits: { readonly default: number; readonly max: number }): number => {
    const value = query[field];
    if (value === undefined) return limits.default;
    const parsed = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : 0;
    problem(field, parsed < 1 || parsed > limits.max ? `Send a whole number from 1 to ${limits.max}.` : null);
    return parsed;
  };
  const moment = (field: string, rounding: 'up' | 'down'): string | null => {
    const value = query[field];
    const read = value === undefined ? null : readMoment(value, rounding);
    problem(
      field,
      value !== undefined && read === null
        ? 'Send an Internet date and time with its offset, e.g. 2021-09-05T11:00:00Z.'
        : null,
    );
    return read;
  };
  const perPage = number('limit', { default: LIMIT, max: LIMIT_MAX });
  const page = number('page', { default: 1, max: PAGE_MAX });
  const createdFrom = moment('start_time', 'up');
  const createdTo = moment('end_time', 'down');
  problem(
    'end_time',
    createdFrom !== null && createdTo !== null && createdTo < createdFrom
      ? 'The end_time lies before the start_time.'
      : null,
  );
  if (query.customer_id !== undefined) problem('customer_id', textProblem(query.customer_id, ID_LIMITS));
  const invoiceIds = readTransactionIds(query.transaction_id);
  problem('transaction_id', typeof invoiceIds === 'string' ? invoiceIds : null);
  const standings = readStandings(query.status, words);
  problem('status', typeof standings === 'string' ? standings : null);
  const order = readOrder(query, words);
  problem(query.sort === undefined ? 'order' : 'sort', typeof order === 'string' ? order : null);
  if (
    details.length > 0 ||
    typeof order === 'string' ||
    typeof invoiceIds === 'string' ||
    typeof standings === 'string'
  )
    throw invalidFields(details);
  return {
    perPage,
    page,
    createdFrom,
    createdTo,
    customerId: (query.customer_id as string | undefined) ?? null,
    invoiceIds,
    standings,
    ...order,
  };
}

/** `GET /transactions`: as above, and `type`, of which payments are the only one here. */
export function readTransactionListRequest(query: Query): ListRequest {
  const { type } = query;
  if (type !== undefined && type !== 'payment' && type !== 'payout')
    throw invalidFields([{ field: 'type', message: 'Send payment or payout, or nothing for both.' }]);
  const request = readListRequest(query, TRANSACTION_WORDS);
  return type === 'payout' ? { ...request, standings: [] } : request;
}

export function readPaymentListRequest(query: Query): ListRequest {
  return readListRequest(query, PAYMENT_WORDS);
}

function readTransactionIds(value: unknown): readonly string[] | null | string {
  if (value === undefined) return null;
  if (typeof value !== 'string') return 'Send one list, separated by commas.';
  const ids = [
    ...new Set(
      value
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    ),
  ];
  if (ids.length === 0 || ids.length > TRANSACTIONS_MAX)
    return `Send 1 to ${TRANSACTIONS_MAX} ids, separated by commas.`;
  return ids.some((id) => textProblem(id, ID_LIMITS) !== null) ? 'Send ids of 1 to 255 printable characters.' : ids;
}

function readStandings(value: unknown, words: StandingWords): readonly Standing[] | null | string {
  if (value === undefined) return null;
  const standings = (Object.keys(words) as Standing[]).filter((standing) => words[standing] === value);
  return standings.length > 0 ? standings : `Send one of ${[...new Set(Object.values(words))].join(', ')}.`;
}

/** `sort` and `order` are two names of one thing. Newest first when neither is given. */
function readOrder(
  query: Query,
  words: StandingWords,
): { readonly sort: PaymentSort; readonly direction: 'asc' | 'desc' } | string {
  const { sort, order } = query;
  if (sort !== undefined && order !== undefined && sort !== order) return 'Send either sort or order.';
  const value = sort ?? order;
  if (value === undefined) return { sort: { by: 'created' }, direction: 'desc' };
  const match = typeof value === 'string' ? /^(id|amount|status|created_at|updated_at),(asc|desc)$/.exec(value) : null;
  if (match === null)
    return 'Send an item and a direction: id, amount, status, created_at or updated_at, then ",asc" or ",desc".';
  return { sort: sortBy(match[1]!, words), direction: match[2] as 'asc' | 'desc' };
}

function sortBy(item: string, words: StandingWords): PaymentSort {
  switch (item) {
    case 'amount':
      return { by: 'amount' };
    case 'updated_at':
      return { by: 'updated' };
    case 'status': {
      const inOrder = [...new Set(Object.values(words))].sort();
      return {
        by: 'standing',
        groups: inOrder.map((word) =>
          (Object.keys(words) as Standing[]).filter((standing) => words[standing] === word),
        ),
      };
    }
    // An id is made at the moment of its payment's creation: both orders are one.
    default:
      return { by: 'created' };
  }
}
