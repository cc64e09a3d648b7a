import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ask } from '../api/client';
import type { paths } from '../api/panel-api';
import { Answer } from '../parts/answer';
import { ExportButton } from '../parts/export-button';
import { TextFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Money } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, worded } from '../texts/texts';
import { dayText } from './days';

type Reconciled = paths['/api/panel/v1/reconciliation']['get']['responses'][200]['content']['application/json']['data'];
type Row = Reconciled['providers'][number];
const parts = ['arrived', 'completed', 'waiting', 'in_review', 'ignored', 'returned'] as const;

/** A period in which what arrived is what became of it, to the last poisha. */
export function Reconciliation() {
  const { t } = useSpeech();
  const shop = useShop();
  const now = new Date();
  const search = useSearch({ from: '/inside/m/$merchant/$mode/money' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/money' });
  const from = search.from ?? dayText(new Date(now.getFullYear(), now.getMonth(), 1));
  const to = search.to ?? dayText(now);
  const choose = useCallback(
    (name: 'from' | 'to') => (value: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, [name]: value }), replace: true }),
    [navigate],
  );
  const end = new Date(`${to}T00:00`);
  end.setDate(end.getDate() + 1);
  const isPeriod = from !== '' && to !== '' && new Date(`${from}T00:00`) < end;
  const query = isPeriod ? { from: new Date(`${from}T00:00`).toISOString(), to: end.toISOString() } : null;
  const found = useQuery({
    queryKey: [...shop.key, 'reconciliation', from, to],
    enabled: query !== null,
    queryFn: async () => (await ask(shop.api.GET('/api/panel/v1/reconciliation', { params: { query: query! } }))).data,
  });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Stack gap="md">
      <Group align="flex-end">
        <TextFilter label={t.payments.from} type="date" value={from} choose={choose('from')} />
        <TextFilter label={t.payments.to} type="date" value={to} choose={choose('to')} />
        {query !== null && (
          <ExportButton
            path={`/api/panel/v1/reconciliation.csv?${new URLSearchParams({ ...query, zone })}`}
            name={`reconciliation-${from}-${to}.csv`}
            scope={shop}
          />
        )}
      </Group>
      <Answer query={found} lines={3}>
        {({ providers }) =>
          providers.length === 0 ? (
            <Empty title={t.credits.none} about={t.credits.noneAbout} />
          ) : (
            <Sums rows={providers} />
          )
        }
      </Answer>
    </Stack>
  );
}

function Sums({ rows }: { readonly rows: readonly Row[] }) {
  const { t, count } = useSpeech();
  const columns: readonly Column<Row>[] = [
    { name: 'provider', title: t.wallets.provider, show: ({ provider }) => worded(t.providers, provider) },
    { name: 'credits', title: t.credits.count, isFigure: true, show: ({ credits }) => count(credits) },
    ...parts.map((part) => ({
      name: part,
      title: t.credits.parts[part],
      isFigure: true,
      show: (row: Row) => <Money amount={row[part]} currency={row.currency} />,
    })),
  ];
  return (
    <>
      <List
        label={t.moneyIn.reconciliation}
        columns={columns}
        rows={rows}
        rowKey={({ provider, currency }) => provider + currency}
      />
      {rows.every(addsUp) ? (
        <Notice tone="good" title={t.books.addsUp}>
          <Text size="sm">{t.credits.adds}</Text>
        </Notice>
      ) : (
        <Notice tone="bad" title={t.books.addsNot} />
      )}
    </>
  );
}

/** In whole minor units: what arrived is what became of it. */
function addsUp({ arrived, completed, waiting, in_review, ignored, returned }: Row): boolean {
  const minor = (amount: string) => BigInt(amount.replace('.', ''));
  return (
    [completed, waiting, in_review, ignored, returned].reduce((sum, part) => sum + minor(part), 0n) === minor(arrived)
  );
}
