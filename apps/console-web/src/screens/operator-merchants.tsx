import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask, panelClient } from '../api/client';
import { asProblem } from '../api/problem';
import { sessionKey } from '../api/session';
import type { ListedMerchant } from '../api/shapes';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { Copied, When } from '../parts/values';
import { fill, useSpeech, useTexts } from '../texts/texts';

/** Every merchant of the installation, for whoever runs it. */
export function OperatorMerchants() {
  const { operator: texts } = useTexts();
  const merchants = useQuery({
    queryKey: ['installation', 'merchants'],
    queryFn: () =>
      ask(panelClient(null).GET('/api/panel/v1/operator/merchants', { params: { query: { limit: 100 } } })),
  });
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        <Dialog label={texts.add} title={texts.add} isPrimary>
          {() => <AddMerchant />}
        </Dialog>
      }
    >
      <Answer query={merchants}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={texts.none}>
              <Text size="sm" c="dimmed">
                {texts.noneAbout}
              </Text>
            </Empty>
          ) : (
            <MerchantList rows={data} />
          )
        }
      </Answer>
    </Screen>
  );
}

function MerchantList({ rows }: { readonly rows: readonly ListedMerchant[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<ListedMerchant>[] = [
    { name: 'name', title: t.settings.name, show: ({ name }) => <strong>{name}</strong> },
    { name: 'status', title: t.payments.status, show: ({ status }) => <Status code={status} /> },
    { name: 'plan', title: t.operator.plan, isWide: true, show: ({ plan }) => plan?.id ?? '—' },
    { name: 'created', title: t.payments.created, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
    {
      name: 'actions',
      title: t.phones.actions,
      isFigure: true,
      show: (merchant) => <MerchantActions merchant={merchant} />,
    },
  ];
  return <List label={t.operator.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function MerchantActions({ merchant }: { readonly merchant: ListedMerchant }) {
  const { operator: texts } = useTexts();
  const params = { path: { id: merchant.id } };
  const api = panelClient(null);
  return (
    <Group gap="xs" justify="flex-end">
      <Dialog label={texts.invite} title={fill(texts.inviteTitle, { name: merchant.name })} isSmall>
        {() => <InviteOwner id={merchant.id} />}
      </Dialog>
      {merchant.status === 'active' ? (
        <Confirm
          label={texts.suspend}
          title={fill(texts.suspendTitle, { name: merchant.name })}
          confirm={texts.suspend}
          isSmall
          isDangerous
          isReasoned
          what={<Text size="sm">{texts.suspendAbout}</Text>}
          run={(reason) => ask(api.POST('/api/panel/v1/operator/merchants/{id}/suspend', { params, body: { reason } }))}
        />
      ) : (
        <Confirm
          label={texts.resume}
          title={fill(texts.resumeTitle, { name: merchant.name })}
          confirm={texts.resume}
          isSmall
          what={<Text size="sm">{texts.resumeAbout}</Text>}
          run={() => ask(api.POST('/api/panel/v1/operator/merchants/{id}/resume', { params, body: {} }))}
        />
      )}
    </Group>
  );
}

function AddMerchant() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [isOwner, setOwner] = useState(false);
  const add = useChange(
    () => ask(panelClient(null).POST('/api/panel/v1/operator/merchants', { body: { name, as_owner: isOwner } })),
    () => void queries.invalidateQueries({ queryKey: sessionKey }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  if (add.data !== undefined)
    return (
      <Stack gap="md">
        <Notice tone="warn" title={t.keys.once} />
        <Copied text={add.data.data.test_key} />
        {isOwner && (
          <Button component="a" href={`/console/m/${add.data.data.id}/test/settings`}>
            {t.operator.open}
          </Button>
        )}
      </Stack>
    );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t.settings.name}
          required
          maxLength={100}
          value={name}
          error={add.error === null ? undefined : asProblem(add.error).about.fields['name']}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Switch
          label={t.operator.asOwner}
          description={t.operator.asOwnerAbout}
          checked={isOwner}
          onChange={(event) => setOwner(event.currentTarget.checked)}
        />
        {add.error !== null && <Failure error={add.error} />}
        <Button type="submit" loading={add.isPending}>
          {t.operator.add}
        </Button>
      </Stack>
    </form>
  );
}

function InviteOwner({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const [email, setEmail] = useState('');
  const invite = useChange(() =>
    ask(
      panelClient(null).POST('/api/panel/v1/operator/merchants/{id}/invitations', {
        params: { path: { id } },
        body: { email },
      }),
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(undefined);
  };
  if (invite.data !== undefined)
    return (
      <Stack gap="md">
        <Text size="sm">{fill(t.people.linkAbout, { email })}</Text>
        <Copied text={invite.data.data.url} />
      </Stack>
    );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t.login.email}
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus
        />
        {invite.error !== null && <Failure error={invite.error} />}
        <Button type="submit" loading={invite.isPending}>
          {t.people.makeLink}
        </Button>
      </Stack>
    </form>
  );
}
