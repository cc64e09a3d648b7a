import { Anchor, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ask } from '../api/client';
import type { ListedPayment } from '../api/shapes';
import { Failure } from '../parts/answer';
import { ExportButton } from '../parts/export-button';
import { ChoiceFilter, TextFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { Money, When } from '../parts/values';
import { Loading } from '../shell/outcomes';
import { useShop, type Shop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';
import { momentsOf } from './days';

const statuses = [
  ...['pending', 'awaiting_verification', 'completed', 'failed', 'expired', 'partially_refunded', 'refunded'],
] as const;
const methods = ['wallet', 'pix', 'bank_transfer'] as const;
const LIVE_EVERY_MS = 10_000;

export type PaymentFilters = Readonly<Partial<Record<FilterName, string>>>;
type FilterName = 'q' | 'status' | 'method' | 'provider' | 'source' | 'amount_min' | 'amount_max' | 'from' | 'to';

function queryOf({ from, to, ...filters }: PaymentFilters) {
  const period = momentsOf({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  return {
    ...(filters as object),
    ...(period.from !== undefined && { created_from: period.from }),
    ...(period.to !== undefined && { created_to: period.to }),
  };
}

function exportPath(filters: PaymentFilters): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `/api/panel/v1/payments.csv?${new URLSearchParams({ ...queryOf(filters), zone })}`;
}

function usePayments(shop: Shop, filters: PaymentFilters) {
  return useInfiniteQuery({
    queryKey: [...shop.key, 'payments', filters],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      ask(
        shop.api.GET('/api/panel/v1/payments', {
          params: { query: { ...queryOf(filters), limit: 50, ...(pageParam !== null && { after: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : LIVE_EVERY_MS),
  });
}

export function Payments() {
  const { payments: texts } = useTexts();
  const shop = useShop();
  const filters = useSearch({ from: '/inside/m/$merchant/$mode/payments' });
  const found = usePayments(shop, filters);
  const rows = found.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={<ExportButton path={exportPath(filters)} name={`payments-${shop.mode}.csv`} scope={shop} />}
    >
      <Filters filters={filters} />
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data !== undefined && (
        <>
          <Totals totals={found.data.pages[0]?.totals ?? null} />
          {rows.length === 0 && !found.hasNextPage ? (
            <Empty title={Object.keys(filters).length > 0 ? texts.noneFound : texts.none}>
              <Text size="sm" c="dimmed">
                {Object.keys(filters).length > 0 ? texts.noneFoundAbout : texts.noneAbout}
              </Text>
            </Empty>
          ) : (
            <PaymentList rows={rows} />
          )}
          {found.hasNextPage && <MoreButton found={found} />}
        </>
      )}
    </Screen>
  );
}

function MoreButton({ found }: { readonly found: ReturnType<typeof usePayments> }) {
  const { common } = useTexts();
  return (
    <Group justify="center">
      <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
        {common.more}
      </Button>
    </Group>
  );
}

interface CurrencyTotals {
  readonly count: number;
  readonly is_exact: boolean;
  readonly by_currency: readonly { readonly currency: string; readonly count: number; readonly amount: string }[];
}

function Totals({ totals }: { readonly totals: CurrencyTotals | null }) {
  const { t, count } = useSpeech();
  if (totals === null || totals.count === 0) return null;
  return (
    <Group gap="lg" className="totals">
      <Text size="sm">
        {fill(totals.is_exact ? t.payments.count : t.payments.countAtLeast, { count: count(totals.count) })}
      </Text>
      {totals.by_currency.map(({ currency, amount }) => (
        <Text size="sm" fw={600} key={currency}>
          <Money amount={amount} currency={currency} />
        </Text>
      ))}
    </Group>
  );
}

function PaymentList({ rows }: { readonly rows: readonly ListedPayment[] }) {
  const { t } = useSpeech();
  const { merchant, mode } = useShop();
  const columns: readonly Column<ListedPayment>[] = [
    {
      name: 'payment',
      title: t.payments.payment,
      show: (payment) => (
        <Anchor
          component={Link}
          to="/m/$merchant/$mode/payments/$payment"
          params={{ merchant, mode, payment: payment.id } as never}
          fw={600}
        >
          {payment.invoice_id ?? payment.id.slice(-10)}
        </Anchor>
      ),
    },
    { name: 'status', title: t.payments.status, show: ({ status }) => <Status code={status} /> },
    {
      name: 'amount',
      title: t.payments.amount,
      isFigure: true,
      show: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    {
      name: 'method',
      title: t.payments.method,
      isWide: true,
      show: ({ provider, method }) => worded(t.providers, provider ?? method),
    },
    { name: 'trx', title: t.payments.trxId, isWide: true, show: ({ trx_id }) => trx_id && <code>{trx_id}</code> },
    { name: 'sender', title: t.payments.sender, isWide: true, show: ({ sender_number }) => sender_number ?? '—' },
    { name: 'created', title: t.payments.created, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
  ];
  return <List label={t.payments.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function Filters({ filters }: { readonly filters: PaymentFilters }) {
  const { t } = useSpeech();
  const navigate = useNavigate({ from: '/m/$merchant/$mode/payments' });
  const choose = useCallback(
    (name: FilterName) => (value: string | undefined) =>
      void navigate({
        search: (before) => {
          const { [name]: _replaced, ...others } = before;
          return value === undefined ? others : { ...others, [name]: value };
        },
        replace: true,
      }),
    [navigate],
  );
  return (
    <div className="filters" role="search">
      <TextFilter label={t.payments.search} type="search" value={filters.q} choose={choose('q')} />
      <ChoiceFilter
        label={t.payments.status}
        value={filters.status}
        choices={statuses.map((code) => [code, worded(t.statuses, code)])}
        choose={choose('status')}
      />
      <ChoiceFilter
        label={t.payments.method}
        value={filters.method}
        choices={methods.map((code) => [code, worded(t.providers, code)])}
        choose={choose('method')}
      />
      <TextFilter label={t.payments.from} type="date" value={filters.from} choose={choose('from')} />
      <TextFilter label={t.payments.to} type="date" value={filters.to} choose={choose('to')} />
      <TextFilter label={t.payments.amountMin} value={filters.amount_min} choose={choose('amount_min')} />
      <TextFilter label={t.payments.amountMax} value={filters.amount_max} choose={choose('amount_max')} />
      {Object.keys(filters).length > 0 && (
        <Button size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
          {t.payments.clear}
        </Button>
      )}
    </div>
  );
}
