/** What the panel's stream tells of: that something is new or other, never what. */
export interface LiveChange {
  readonly kind: string;
  readonly id: string | null;
  readonly change: 'created' | 'changed';
}

const payments = ['payments', 'payment', 'timeline', 'today', 'refunds', 'customers', 'customer', 'candidates', 'case'];
const money = ['credits', 'credit', 'reconciliation', 'wallet-days'];

/** Names of what is asked for again (the third part of a query's key), by the kind of what changed. */
const namesOfKind: Readonly<Record<string, readonly string[]>> = {
  payment: [...payments, 'reconciliation', 'events'],
  case: ['cases', 'case', 'candidates', 'today', 'timeline', 'payment', ...money],
  credit: ['today', 'cases', 'case', 'candidates', 'timeline', 'payment', ...money],
  message: ['timeline', 'parked', 'devices', 'device-alerts', ...money],
  phone: ['devices', 'device-alerts', 'today', 'payment'],
  webhook: ['deliveries', 'delivery', 'endpoints', 'replays', 'timeline', 'today'],
  note: ['notes'],
  people: ['people', 'audit'],
};

export function refreshedBy(kinds: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...kinds].flatMap((kind) => namesOfKind[kind] ?? []));
}
