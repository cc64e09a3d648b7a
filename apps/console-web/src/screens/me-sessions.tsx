import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, panelClient } from '../api/client';
import type { components } from '../api/panel-api';
import { Confirm } from '../parts/action';
import { Answer } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Panel } from '../parts/screen';
import { When } from '../parts/values';
import { useShopKey } from '../shell/shop-key';
import { useTexts } from '../texts/texts';

type OpenSession = components['schemas']['OpenSession'];

/** Where a person is signed in; what they do not know they end. */
export function OwnSessions() {
  const { me } = useTexts();
  const key = useShopKey();
  const sessions = useQuery({
    queryKey: [...key, 'sessions'],
    queryFn: async () => (await ask(panelClient(null).GET('/api/panel/v1/sessions'))).data,
  });
  return (
    <Panel title={me.sessions}>
      <Answer query={sessions}>{(rows) => <SessionList rows={rows} />}</Answer>
    </Panel>
  );
}

function SessionList({ rows }: { readonly rows: readonly OpenSession[] }) {
  const { me, phones, audit } = useTexts();
  const columns: readonly Column<OpenSession>[] = [
    {
      name: 'agent',
      title: me.browser,
      show: ({ agent, is_this_one }) => (
        <>
          {is_this_one && <strong>{me.thisOne}</strong>}
          <Text size="xs" c="dimmed">
            {agent === '' ? '—' : agent}
          </Text>
        </>
      ),
    },
    { name: 'address', title: audit.address, show: ({ address }) => <code>{address}</code> },
    { name: 'began', title: me.began, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
    { name: 'seen', title: me.used, isWide: true, show: ({ last_seen_at }) => <When at={last_seen_at} /> },
    {
      name: 'actions',
      title: phones.actions,
      isFigure: true,
      show: ({ id, is_this_one, address, agent }) =>
        !is_this_one && (
          <Confirm
            label={me.end}
            title={me.endTitle}
            confirm={me.end}
            isSmall
            isDangerous
            what={<Text size="sm">{`${address} · ${agent}`}</Text>}
            run={() =>
              ask(panelClient(null).DELETE('/api/panel/v1/sessions/{id}', { params: { path: { id } }, body: {} }))
            }
          />
        ),
    },
  ];
  return <List label={me.sessions} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
