import { ask } from '../api/client';
import { usePages } from '../parts/paged';
import { useLiveInterval } from '../shell/live-context';
import type { Shop } from '../shell/shop';
import { momentsOf } from './days';
import type { PaymentSearch } from './payments-filters';

const LIVE_EVERY_MS = 10_000;

/** What of the address the gateway is asked; the columns are the reader's own. */
function queryOf({ from, to, columns: _shown, ...filters }: PaymentSearch) {
  const period = momentsOf({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  return {
    ...(filters as object),
    ...(period.from !== undefined && { created_from: period.from }),
    ...(period.to !== undefined && { created_to: period.to }),
  };
}

export function exportPath(search: PaymentSearch): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `/api/panel/v1/payments.csv?${new URLSearchParams({ ...queryOf(search), zone })}`;
}

/** Payments of a filter, page by page; only while one page is shown it is asked for by itself. */
export function usePayments(shop: Shop, search: PaymentSearch) {
  const everyMs = useLiveInterval(LIVE_EVERY_MS);
  return usePages(
    [...shop.key, 'payments', { ...search, columns: undefined }],
    (page) =>
      ask(shop.api.GET('/api/panel/v1/payments', { params: { query: { ...queryOf(search), limit: 50, ...page } } })),
    everyMs,
  );
}
