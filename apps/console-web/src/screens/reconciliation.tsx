import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import type { paths } from '../api/panel-api';
import { Answer } from '../parts/answer';
import { ExportButton } from '../parts/export-button';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Money } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, worded } from '../texts/texts';

type Reconciled = paths['/api/panel/v1/reconciliation']['get']['responses'][200]['content']['application/json']['data'];
type Row = Reconciled['providers'][number];
const parts = ['arrived', 'completed', 'waiting', 'in_review', 'ignored', 'returned'] as const;

const dayText = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

/** A period in which what arrived is what became of it, to the last poisha. */
export function Reconciliation() {
  const { t } = useSpeech();
  const shop = useShop();
  const now = new Date();
  const [from, setFrom] = useState(dayText(new Date(now.getFullYear(), now.getMonth(), 1)));
  const [to, setTo] = useState(dayText(now));
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
        <TextInput
          size="xs"
          type="date"
          label={t.payments.from}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label={t.payments.to}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        {query !== null && (
          <ExportButton
            path={`/api/panel/v1/reconciliation.csv?${new URLSearchParams({ ...query, zone })}`}
            name={`reconciliation-${from}-${to}.csv`}
            scope={shop}
          />
        )}
      </Group>
      <Answer query={found} lines={3}>
        {({ providers }) => (providers.length === 0 ? <Empty title={t.credits.none} /> : <Sums rows={providers} />)}
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
      <Text size="sm" c="dimmed">
        {t.credits.adds}
      </Text>
    </>
  );
}
