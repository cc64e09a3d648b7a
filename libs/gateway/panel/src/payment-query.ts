import { parseMinor, paymentStatuses, type PaymentMethod } from '@paymatch/contracts';
import { isPrintable, validationProblem } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import type { PaymentFilter, PaymentNeedle } from '@paymatch/gateway-read-models';
import { normaliseWalletNumber } from '@paymatch/vocabulary';
import type { PanelDesk } from './panel-desk.js';
import { readMoment, readRuled, readWord } from './panel-query.js';
import { amountRule, providerRule, readPaymentId, walletNumberRule } from './panel.rules.js';

const SEARCH_MAX = 100;
export const paymentMethods: readonly PaymentMethod[] = ['wallet', 'pix', 'bank_transfer'];
export const paymentSources = ['api', 'payment_link', 'panel'] as const;

type Query = Readonly<Record<string, unknown>>;

/**
 * What a list, its totals and its export are asked for. A text finds customers first, and then their payments; people
 * that nobody knows have none, so they cannot be asked for.
 */
export async function readPaymentFilter(
  { customers }: Pick<PanelDesk, 'customers'>,
  caller: Caller,
  query: Query,
): Promise<PaymentFilter> {
  const filter = readPlainFilter(caller, query);
  const { needles } = filter;
  const id = query['customer'];
  const [named, customer] = await Promise.all([
    needles === null ? [] : customers.named(caller, (query['q'] as string).trim()),
    id === undefined ? null : customers.find(caller, String(id)),
  ]);
  if (id !== undefined && customer === null)
    throw validationProblem({ customer: ['There is no customer with this id.'] });
  return {
    ...filter,
    needles: needles === null ? null : [...needles, ...named.map((value) => ({ by: 'namedCustomer', value }) as const)],
    customer,
  };
}

function readPlainFilter(caller: Caller, query: Query): PaymentFilter {
  const status = readWord(query, 'status', paymentStatuses);
  const wallet = readRuled(query, 'wallet', walletNumberRule);
  return {
    merchantId: caller.merchantId,
    livemode: caller.livemode,
    needles: readNeedles(query['q']),
    statuses: status === null ? null : [status],
    method: readWord(query, 'method', paymentMethods),
    provider: readRuled(query, 'provider', providerRule),
    walletNumber: wallet === null ? null : normaliseWalletNumber(wallet),
    source: readWord(query, 'source', paymentSources),
    amountFromMinor: readAmount(query, 'amount_min'),
    amountToMinor: readAmount(query, 'amount_max'),
    createdFrom: readMoment(query, 'created_from'),
    createdTo: readMoment(query, 'created_to'),
  };
}

/** One text may be several things: all of them are looked for. */
export function readNeedles(text: unknown): readonly PaymentNeedle[] | null {
  if (text === undefined || text === '') return null;
  if (typeof text !== 'string' || text.length > SEARCH_MAX || !isPrintable(text) || text.trim() === '')
    throw validationProblem({ q: [`Send at most ${SEARCH_MAX} printable characters to look for.`] });
  const typed = text.trim();
  const compact = typed.replace(/\s/g, '');
  const needles: PaymentNeedle[] = [
    { by: 'invoice', value: typed },
    { by: 'customer', value: typed },
  ];
  const paymentId = readPaymentId(typed.toLowerCase());
  if (paymentId !== undefined) needles.push({ by: 'id', value: paymentId });
  if (/^[0-9A-Za-z]{6,40}$/.test(compact))
    for (const value of new Set([compact, compact.toUpperCase()])) needles.push({ by: 'trxId', value });
  const phone = normaliseWalletNumber(typed);
  if (/^[0-9]{5,20}$/.test(phone)) needles.push({ by: 'sender', value: phone });
  const amountMinor = parseMinor(compact.replace(/^(?:৳|R\$|BDT|BRL)/i, '').replaceAll(',', ''));
  if (amountMinor !== undefined) needles.push({ by: 'amount', value: amountMinor });
  return needles;
}

function readAmount(query: Query, name: string): number | null {
  const value = readRuled(query, name, amountRule);
  return value === null ? null : parseMinor(value)!;
}
