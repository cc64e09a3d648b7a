import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ask } from '../api/client';
import type { paths } from '../api/panel-api';
import { walletsQuery } from '../api/shop-queries';
import { Answer } from '../parts/answer';
import { TextFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Money, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, worded } from '../texts/texts';
import { momentsOf } from './days';

type Days = paths['/api/panel/v1/wallets/{id}/days']['get']['responses'][200]['content']['application/json']['data'];
type Day = Days['days'][number];
type Break = Days['breaks'][number];
/** Wallets are of mobile money, which is in taka. */
const CURRENCY = 'BDT';

/** What each day brought on one wallet, and where its messages' balances do not follow from one another. */
export function WalletDays() {
  const { t } = useSpeech();
  const shop = useShop();
  const { wallet, from, to } = useSearch({ from: '/inside/m/$merchant/$mode/money' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/money' });
  const choose = useCallback(
    (name: 'wallet' | 'from' | 'to') => (value: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, [name]: value }), replace: true }),
    [navigate],
  );
  const wallets = useQuery(walletsQuery(shop));
  const id = wallet ?? wallets.data?.[0]?.id;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const found = useQuery({
    queryKey: [...shop.key, 'wallet-days', { id, from, to }],
    enabled: id !== undefined,
    queryFn: async () => {
      const query = { zone, ...momentsOf({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) }) };
      const params = { path: { id: id! }, query };
      return (await ask(shop.api.GET('/api/panel/v1/wallets/{id}/days', { params }))).data;
    },
  });
  if (wallets.data?.length === 0)
    return (
      <Empty title={t.wallets.none}>
        <Link to="/m/$merchant/$mode/settings" params={{ merchant: shop.merchant, mode: shop.mode } as never}>
          {t.wallets.add}
        </Link>
      </Empty>
    );
  return (
    <Stack gap="md">
      <div className="filters">
        <NativeSelect
          size="xs"
          label={t.payment.wallet}
          value={id ?? ''}
          onChange={(event) => choose('wallet')(event.currentTarget.value)}
          data={(wallets.data ?? []).map((each) => ({
            value: each.id,
            label: `${worded(t.providers, each.provider)} ${each.number}`,
          }))}
        />
        <TextFilter label={t.payments.from} type="date" value={from} choose={choose('from')} />
        <TextFilter label={t.payments.to} type="date" value={to} choose={choose('to')} />
      </div>
      <Answer query={found}>{(days) => <Chain days={days} />}</Answer>
    </Stack>
  );
}

function Chain({ days: { days, breaks, breaks_are_complete, zone } }: { readonly days: Days }) {
  const { t, count } = useSpeech();
  const { books } = t;
  const money = (amount: string | null) => (amount === null ? '—' : <Money amount={amount} currency={CURRENCY} />);
  const ofDays: readonly Column<Day>[] = [
    { name: 'day', title: t.moneyIn.day, show: ({ day }) => day },
    { name: 'credits', title: t.credits.count, isFigure: true, isWide: true, show: ({ credits }) => count(credits) },
    { name: 'credited', title: books.credited, isFigure: true, show: ({ credited }) => money(credited) },
    { name: 'in', title: books.moneyIn, isFigure: true, isWide: true, show: ({ money_in }) => money(money_in) },
    { name: 'out', title: books.moneyOut, isFigure: true, isWide: true, show: ({ money_out }) => money(money_out) },
    { name: 'closing', title: books.closing, isFigure: true, show: ({ closing_balance }) => money(closing_balance) },
  ];
  const ofBreaks: readonly Column<Break>[] = [
    { name: 'at', title: t.review.receivedAt, show: ({ at }) => <When at={at} /> },
    { name: 'trx', title: t.payments.trxId, isWide: true, show: ({ trx_id }) => <code>{trx_id ?? '—'}</code> },
    { name: 'expected', title: books.expected, isFigure: true, show: (row) => money(row.expected_balance) },
    { name: 'printed', title: books.printed, isFigure: true, show: (row) => money(row.printed_balance) },
    { name: 'difference', title: books.difference, isFigure: true, show: ({ difference }) => money(difference) },
  ];
  return (
    <>
      <Panel title={books.breaks}>
        {breaks.length === 0 ? (
          <Notice tone="good" title={books.noBreaks} />
        ) : (
          <>
            <Notice tone="bad" title={fill(books.someBreaks, { count: count(breaks.length) })}>
              <Text size="sm">{books.breaksAbout}</Text>
              {!breaks_are_complete && <Text size="sm">{books.moreBreaks}</Text>}
            </Notice>
            <List label={books.breaks} columns={ofBreaks} rows={breaks} rowKey={({ at, trx_id }) => at + trx_id} />
          </>
        )}
      </Panel>
      <Panel title={fill(books.days, { zone })}>
        {days.length === 0 ? (
          <Empty title={t.credits.none} about={t.credits.noneAbout} />
        ) : (
          <List label={t.moneyIn.day} columns={ofDays} rows={days} rowKey={({ day }) => day} />
        )}
      </Panel>
    </>
  );
}
