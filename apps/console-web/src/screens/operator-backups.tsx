import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, panelClient } from '../api/client';
import type { Backups } from '../api/shapes';
import { Answer } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Panel, Screen } from '../parts/screen';
import { Copied, When } from '../parts/values';
import { formatBytes } from '../format';
import { fill, useSpeech, useTexts } from '../texts/texts';
import { ServiceList, servicesQuery } from './operator-services';

type Backup = Backups['backups'][number];

/** Whether what would be lost is somewhere else, too; and which versions run. */
export function OperatorBackups() {
  const { backups: texts } = useTexts();
  const backups = useQuery({
    queryKey: ['installation', 'backups'],
    queryFn: async () => (await ask(panelClient(null).GET('/api/panel/v1/operator/backups'))).data,
  });
  const services = useQuery(servicesQuery);
  return (
    <Screen title={texts.title} about={texts.about}>
      <Answer query={backups} lines={3}>
        {(found) => (
          <>
            <Notice tone={found.advice_code === 'ok' ? 'good' : 'warn'}>
              <Text size="sm">{texts.advice[found.advice_code]}</Text>
            </Notice>
            <BackupList found={found} />
          </>
        )}
      </Answer>
      <Panel title={texts.running}>
        <Answer query={services} lines={2}>
          {(found) => <ServiceList rows={found.services} />}
        </Answer>
      </Panel>
    </Screen>
  );
}

function BackupList({ found }: { readonly found: Backups }) {
  const { t, count, language } = useSpeech();
  const texts = t.backups;
  const columns: readonly Column<Backup>[] = [
    { name: 'at', title: texts.at, show: ({ at }) => <When at={at} /> },
    { name: 'size', title: texts.size, isFigure: true, show: (row) => formatBytes(row.size_bytes, language) },
    { name: 'version', title: texts.version, isWide: true, show: ({ version }) => version },
    {
      name: 'took',
      title: texts.took,
      isFigure: true,
      isWide: true,
      show: ({ took_seconds: took }) => fill(t.services.inSeconds, { count: count(Math.round(took)) }),
    },
  ];
  if (found.backups.length === 0) return <Empty title={texts.none} />;
  return (
    <>
      {found.folder !== null && (
        <Text size="sm" component="div">
          {texts.folder} <Copied text={found.folder} />
        </Text>
      )}
      <List label={texts.title} columns={columns} rows={found.backups} rowKey={({ at }) => at} />
    </>
  );
}
