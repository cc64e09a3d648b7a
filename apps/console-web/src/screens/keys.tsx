import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import type { ApiKey } from '../api/shapes';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { Copied, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';
import { RollKey } from './key-roll';

const abilities = [
  ...(['payments:read', 'payments:write', 'payments:refund'] as const),
  ...(['customers:read', 'customers:write', 'account:write'] as const),
];
type Ability = (typeof abilities)[number];

/** Keys for machines: who holds which, and what it may do. */
export function Keys() {
  const { keys: texts } = useTexts();
  const { api, key, may } = useShop();
  const keys = useQuery({
    queryKey: [...key, 'keys'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/api-keys'))).data,
  });
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        may('develop') && (
          <Dialog label={texts.issue} title={texts.issue} isPrimary>
            {() => <Issue />}
          </Dialog>
        )
      }
    >
      <Answer query={keys}>
        {(rows) => (rows.length === 0 ? <Empty title={texts.none} /> : <KeyList rows={rows} />)}
      </Answer>
      <Text size="sm">
        <a href="/docs" target="_blank" rel="noreferrer">
          {texts.docs}
        </a>
      </Text>
    </Screen>
  );
}

function KeyList({ rows }: { readonly rows: readonly ApiKey[] }) {
  const { t } = useSpeech();
  const { api, may } = useShop();
  const columns: readonly Column<ApiKey>[] = [
    { name: 'name', title: t.keys.name, show: (row) => <strong>{row.name ?? '—'}</strong> },
    { name: 'prefix', title: t.keys.key, show: ({ prefix }) => <code>{prefix}…</code> },
    {
      name: 'state',
      title: t.payments.status,
      show: ({ revoked_at }) => <Status code={revoked_at === null ? 'active' : 'revoked'} />,
    },
    {
      name: 'abilities',
      title: t.keys.may,
      isWide: true,
      show: (row) => row.abilities.map((ability) => worded(t.abilities, ability)).join(', '),
    },
    {
      name: 'expires',
      title: t.payment.expires,
      isWide: true,
      show: ({ expires_at }) => <When at={expires_at} otherwise={t.keys.never} />,
    },
    { name: 'created', title: t.payments.created, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
    {
      name: 'actions',
      title: t.phones.actions,
      isFigure: true,
      show: (row) =>
        may('develop') &&
        row.revoked_at === null && (
          <Group gap="xs" justify="flex-end">
            <Dialog label={t.keyRoll.roll} title={t.keyRoll.roll} isSmall>
              {() => <RollKey id={row.id} />}
            </Dialog>
            <Confirm
              label={t.keys.revoke}
              title={fill(t.keys.revokeTitle, { name: row.name ?? row.prefix })}
              confirm={t.keys.revoke}
              isSmall
              isDangerous
              isReasoned
              what={<Text size="sm">{t.keys.revokeAbout}</Text>}
              run={(reason) =>
                ask(
                  api.POST('/api/panel/v1/api-keys/{id}/revoke', {
                    params: { path: { id: row.id } },
                    body: { reason },
                  }),
                )
              }
            />
          </Group>
        ),
    },
  ];
  return <List label={t.keys.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function Issue() {
  const { t } = useSpeech();
  const { api } = useShop();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Ability[]>(['payments:read', 'payments:write']);
  const issue = useChange(() => ask(api.POST('/api/panel/v1/api-keys', { body: { name, abilities: [...chosen] } })));
  if (issue.data !== undefined)
    return (
      <Stack gap="md">
        <Notice tone="warn" title={t.keys.once} />
        <Copied text={issue.data.data.key} />
      </Stack>
    );
  return (
    <ChangeForm change={issue} send={t.keys.issue} isDisabled={chosen.length === 0}>
      <TextInput
        label={t.keys.name}
        description={t.keys.nameAbout}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group
        label={t.keys.may}
        value={[...chosen]}
        onChange={(values) => setChosen(abilities.filter((ability) => values.includes(ability)))}
      >
        <Stack gap="xs" mt="xs">
          {abilities.map((ability) => (
            <Checkbox key={ability} value={ability} label={worded(t.abilities, ability)} />
          ))}
        </Stack>
      </Checkbox.Group>
    </ChangeForm>
  );
}
