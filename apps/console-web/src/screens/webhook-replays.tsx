import { NativeSelect, Progress, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { endpointsQuery } from '../api/shop-queries';
import type { WebhookReplay } from '../api/shapes';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Status } from '../parts/status';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts } from '../texts/texts';

const LIVE_EVERY_MS = 3_000;

/** Past events that were asked for again: how far each has come, and a way to end it. */
export function WebhookReplays() {
  const { replays: texts } = useTexts();
  const shop = useShop();
  const { api, key } = shop;
  const replays = useQuery({
    queryKey: [...key, 'replays'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/webhook-replays'))).data,
    refetchInterval: LIVE_EVERY_MS,
  });
  const endpoints = useQuery(endpointsQuery(shop));
  const addresses = new Map(endpoints.data?.map(({ id, url }) => [id, url] as const));
  return (
    <Answer query={replays}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={texts.none} about={texts.noneAbout} />
        ) : (
          <ReplayList rows={rows} addressOf={(id) => addresses.get(id) ?? id.slice(-10)} />
        )
      }
    </Answer>
  );
}

function ReplayList(props: {
  readonly rows: readonly WebhookReplay[];
  readonly addressOf: (endpointId: string) => string;
}) {
  const { t } = useSpeech();
  const { may } = useShop();
  const columns: readonly Column<WebhookReplay>[] = [
    { name: 'endpoint', title: t.webhooks.endpoint, show: ({ endpoint_id: id }) => <code>{props.addressOf(id)}</code> },
    { name: 'status', title: t.payments.status, show: ({ status }) => <Status code={status} /> },
    { name: 'progress', title: t.replays.progress, show: (replay) => <Reached replay={replay} /> },
    { name: 'scope', title: t.replays.scope, isWide: true, show: ({ scope }) => t.replays.scopes[scope] },
    {
      name: 'since',
      title: t.webhooks.since,
      isWide: true,
      show: ({ since }) => (Date.parse(since) === 0 ? t.replays.start : <When at={since} />),
    },
    { name: 'created', title: t.replays.asked, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
    {
      name: 'actions',
      title: t.phones.actions,
      isFigure: true,
      show: (replay) => may('develop') && replay.status === 'running' && <CancelReplay replay={replay} />,
    },
  ];
  return <List label={t.replays.title} columns={columns} rows={props.rows} rowKey={({ id }) => id} />;
}

function Reached({ replay: { sent, left } }: { readonly replay: WebhookReplay }) {
  const { t, count } = useSpeech();
  const words = fill(t.replays.reached, { sent: count(sent), all: count(sent + left) });
  return (
    <>
      <Text size="sm">{words}</Text>
      <Progress value={sent + left === 0 ? 100 : (100 * sent) / (sent + left)} size="sm" aria-label={words} />
    </>
  );
}

function CancelReplay({ replay }: { readonly replay: WebhookReplay }) {
  const { replays: texts } = useTexts();
  const { count } = useSpeech();
  const { api } = useShop();
  const params = { path: { id: replay.id } };
  return (
    <Confirm
      label={texts.cancel}
      title={texts.cancelTitle}
      confirm={texts.cancel}
      isSmall
      isDangerous
      what={<Text size="sm">{fill(texts.cancelAbout, { left: count(replay.left) })}</Text>}
      run={() => ask(api.POST('/api/panel/v1/webhook-replays/{id}/cancel', { params, body: {} }))}
    />
  );
}

export function StartReplay({ endpointId }: { readonly endpointId: string }) {
  const { replays: texts } = useTexts();
  return (
    <Dialog label={texts.begin} title={texts.begin} isSmall>
      {(close) => <ReplayForm endpointId={endpointId} close={close} />}
    </Dialog>
  );
}

function ReplayForm({ endpointId, close }: { readonly endpointId: string; readonly close: () => void }) {
  const { replays: texts } = useTexts();
  const { api } = useShop();
  const [scope, setScope] = useState<WebhookReplay['scope']>('failed');
  const [since, setSince] = useState('');
  const begin = useChange(
    () => {
      const body = { scope, ...(since !== '' && { since: new Date(since).toISOString() }) };
      return ask(
        api.POST('/api/panel/v1/webhook-endpoints/{id}/replays', { params: { path: { id: endpointId } }, body }),
      );
    },
    () => {
      notifications.show({ message: texts.begun, color: 'brand' });
      close();
    },
  );
  return (
    <ChangeForm change={begin} send={texts.begin}>
      <Text size="sm">{texts.about}</Text>
      <NativeSelect
        label={texts.scope}
        value={scope}
        onChange={(event) => setScope(event.currentTarget.value === 'all' ? 'all' : 'failed')}
        data={(['failed', 'all'] as const).map((value) => ({ value, label: texts.scopes[value] }))}
      />
      <TextInput
        label={texts.since}
        description={texts.sinceAbout}
        type="datetime-local"
        value={since}
        onChange={(event) => setSince(event.currentTarget.value)}
      />
    </ChangeForm>
  );
}
