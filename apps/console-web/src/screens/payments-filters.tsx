import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { walletsQuery } from '../api/shop-queries';
import { ChoiceFilter, TextFilter, useFilterChoice } from '../parts/filters';
import { useShop } from '../shell/shop';
import { useSpeech, worded } from '../texts/texts';

/** Everything of the list that stands in its address, so that a view can be sent to a colleague. */
export const paymentSearchNames = [
  ...(['q', 'status', 'method', 'provider', 'wallet', 'source', 'customer', 'amount_min', 'amount_max'] as const),
  ...(['from', 'to', 'columns'] as const),
];
export type PaymentSearchName = (typeof paymentSearchNames)[number];
export type PaymentSearch = Readonly<Partial<Record<PaymentSearchName, string>>>;

const statuses = [
  ...(['pending', 'awaiting_verification', 'completed', 'failed', 'expired'] as const),
  ...(['partially_refunded', 'refunded'] as const),
];
const methods = ['wallet', 'pix', 'bank_transfer'] as const;
const sources = ['api', 'payment_link', 'panel'] as const;

export function PaymentFilters({ search }: { readonly search: PaymentSearch }) {
  const { t } = useSpeech();
  const shop = useShop();
  const wallets = useQuery(walletsQuery(shop));
  const navigate = useNavigate({ from: '/m/$merchant/$mode/payments' });
  const choose = useFilterChoice(navigate);
  useHotkeys([['/', () => document.querySelector<HTMLInputElement>('.filters input[type=search]')?.focus()]]);
  const { columns, ...filters } = search;
  const numbers = [...new Set((wallets.data ?? []).map(({ number }) => number))];
  return (
    <div className="filters" role="search">
      <TextFilter label={t.payments.search} type="search" value={search.q} choose={choose('q')} />
      <ChoiceFilter
        label={t.payments.status}
        value={search.status}
        choices={statuses.map((code) => [code, worded(t.statuses, code)])}
        choose={choose('status')}
      />
      <ChoiceFilter
        label={t.payments.method}
        value={search.method}
        choices={methods.map((code) => [code, worded(t.providers, code)])}
        choose={choose('method')}
      />
      <ChoiceFilter
        label={t.payment.wallet}
        value={search.wallet}
        choices={numbers.map((number) => [number, number])}
        choose={choose('wallet')}
      />
      <ChoiceFilter
        label={t.views.source}
        value={search.source}
        choices={sources.map((code) => [code, t.views.sources[code]])}
        choose={choose('source')}
      />
      <TextFilter label={t.payments.from} type="date" value={search.from} choose={choose('from')} />
      <TextFilter label={t.payments.to} type="date" value={search.to} choose={choose('to')} />
      <TextFilter label={t.payments.amountMin} value={search.amount_min} choose={choose('amount_min')} />
      <TextFilter label={t.payments.amountMax} value={search.amount_max} choose={choose('amount_max')} />
      {Object.keys(filters).length > 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => void navigate({ search: columns === undefined ? {} : { columns } })}
        >
          {t.payments.clear}
        </Button>
      )}
    </div>
  );
}
