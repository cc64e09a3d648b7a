import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, panelClient } from '../api/client';
import type { Services } from '../api/shapes';
import { Answer } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Panel, Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { Facts, When } from '../parts/values';
import { formatBytes } from '../format';
import { fill, useSpeech, useTexts } from '../texts/texts';

const REFETCH_MS = 10_000;
type Service = Services['services'][number];
type Lag = Services['lags'][number];

export const servicesQuery = {
  queryKey: ['installation', 'services'],
  queryFn: async () => (await ask(panelClient(null).GET('/api/panel/v1/operator/services'))).data,
  refetchInterval: REFETCH_MS,
} as const;

/** What runs, how far behind it is and what waits. */
export function OperatorServices() {
  const { services: texts } = useTexts();
  const services = useQuery(servicesQuery);
  return (
    <Screen title={texts.title} about={texts.about}>
      <Answer query={services}>
        {(found) => (
          <>
            <ServiceList rows={found.services} />
            <Panel title={texts.lags}>
              {found.lags.length === 0 ? <Text size="sm">{texts.noLags}</Text> : <LagList rows={found.lags} />}
            </Panel>
            <Database database={found.database} />
            <Parked rows={found.parked} />
          </>
        )}
      </Answer>
    </Screen>
  );
}

export function ServiceList({ rows }: { readonly rows: readonly Service[] }) {
  const { services: texts } = useTexts();
  const columns: readonly Column<Service>[] = [
    {
      name: 'name',
      title: texts.service,
      show: ({ name, instance }) => (
        <>
          <strong>{name}</strong>
          <Text size="xs" c="dimmed">
            {instance}
          </Text>
        </>
      ),
    },
    {
      name: 'state',
      title: texts.state,
      show: ({ ready, reasons }) => (
        <>
          <Status code={ready ? 'ok' : 'alert'} />
          {reasons.map((reason) => (
            <Text key={reason} size="xs">
              {reason}
            </Text>
          ))}
        </>
      ),
    },
    { name: 'version', title: texts.version, show: ({ version }) => <code>{version}</code> },
    { name: 'since', title: texts.since, isWide: true, show: ({ since }) => <When at={since} /> },
  ];
  if (rows.length === 0) return <Empty title={texts.none} about={texts.noneAbout} />;
  return (
    <List label={texts.title} columns={columns} rows={rows} rowKey={({ name, instance }) => `${name} ${instance}`} />
  );
}

function LagList({ rows }: { readonly rows: readonly Lag[] }) {
  const { t, count } = useSpeech();
  const figure = (value: number | null) => (value === null ? '—' : count(Math.round(value)));
  const columns: readonly Column<Lag>[] = [
    { name: 'name', title: t.services.lag, show: ({ name }) => name },
    { name: 'rows', title: t.services.rows, isFigure: true, show: ({ rows: behind }) => figure(behind) },
    { name: 'seconds', title: t.services.seconds, isFigure: true, show: ({ seconds }) => figure(seconds) },
  ];
  return <List label={t.services.lags} columns={columns} rows={rows} rowKey={({ name }) => name} />;
}

function Database({ database }: { readonly database: Services['database'] }) {
  const { t, count, language } = useSpeech();
  const { oldest_transaction_seconds: oldest } = database;
  return (
    <Panel title={t.services.database}>
      <Facts
        facts={[
          [t.services.databaseVersion, database.version],
          [t.services.size, formatBytes(database.size_bytes, language)],
          [t.services.oldest, oldest === null ? '—' : fill(t.services.inSeconds, { count: count(Math.round(oldest)) })],
        ]}
      />
    </Panel>
  );
}

function Parked({ rows }: { readonly rows: Services['parked'] }) {
  const { t, count } = useSpeech();
  const columns: readonly Column<Services['parked'][number]>[] = [
    { name: 'group', title: t.services.group, show: ({ group }) => <code>{group}</code> },
    { name: 'count', title: t.services.count, isFigure: true, show: (row) => count(row.count) },
  ];
  return (
    <Panel title={t.services.parked} actions={<Link to="/operator/parked-messages">{t.parkedEverywhere.see}</Link>}>
      {rows.length === 0 ? (
        <Text size="sm">{t.services.noParked}</Text>
      ) : (
        <List label={t.services.parked} columns={columns} rows={rows} rowKey={({ group }) => group} />
      )}
    </Panel>
  );
}
