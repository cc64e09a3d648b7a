import { Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { passkeysQuery, sessionKey } from '../api/session';
import { ask, panelClient } from '../api/client';
import type { paths } from '../api/panel-api';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { List, type Column } from '../parts/list';
import { Notice } from '../parts/notice';
import { createPasskey, hasPasskeys } from '../parts/passkey';
import { Panel } from '../parts/screen';
import { When } from '../parts/values';
import { fill, useTexts } from '../texts/texts';

type PasskeysAnswer = paths['/api/panel/v1/me/passkeys']['get']['responses'][200]['content']['application/json'];
type Passkey = PasskeysAnswer['data'][number];

/** Ways in that nobody can be talked out of. */
export function Passkeys() {
  const { passkeys: texts } = useTexts();
  const passkeys = useQuery(passkeysQuery);
  return (
    <Panel title={texts.title}>
      <Stack gap="md" align="flex-start">
        <Text size="sm">{texts.about}</Text>
        <Answer query={passkeys} lines={1}>
          {(rows) => (rows.length === 0 ? <Text size="sm">{texts.none}</Text> : <PasskeyList rows={rows} />)}
        </Answer>
        {hasPasskeys() ? (
          <Dialog label={texts.add} title={texts.add}>
            {(close) => <AddPasskey close={close} />}
          </Dialog>
        ) : (
          <Notice tone="plain">
            <Text size="sm">{texts.notHere}</Text>
          </Notice>
        )}
      </Stack>
    </Panel>
  );
}

function PasskeyList({ rows }: { readonly rows: readonly Passkey[] }) {
  const { passkeys: texts, me, phones, payments } = useTexts();
  const queries = useQueryClient();
  const columns: readonly Column<Passkey>[] = [
    { name: 'name', title: phones.name, show: ({ name }) => <strong>{name}</strong> },
    { name: 'created', title: payments.created, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
    {
      name: 'used',
      title: texts.used,
      show: ({ last_used_at }) => <When at={last_used_at} otherwise={texts.neverUsed} />,
    },
    {
      name: 'actions',
      title: phones.actions,
      isFigure: true,
      show: ({ id, name }) => (
        <Confirm
          label={me.remove}
          title={fill(texts.removeTitle, { name })}
          confirm={me.remove}
          isSmall
          isDangerous
          what={<Text size="sm">{texts.removeAbout}</Text>}
          run={async () => {
            await ask(
              panelClient(null).DELETE('/api/panel/v1/me/passkeys/{id}', { params: { path: { id } }, body: {} }),
            );
            await queries.invalidateQueries({ queryKey: sessionKey });
          }}
        />
      ),
    },
  ];
  return <List label={texts.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function AddPasskey({ close }: { readonly close: () => void }) {
  const { passkeys: texts } = useTexts();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const add = useChange(async () => {
    const api = panelClient(null);
    const { data: options } = await ask(api.POST('/api/panel/v1/me/passkeys/options', { body: {} }));
    const credential = await createPasskey(options, texts.refused);
    await ask(api.POST('/api/panel/v1/me/passkeys', { body: { name, credential } }));
    await queries.invalidateQueries({ queryKey: sessionKey });
  }, close);
  return (
    <ChangeForm change={add} send={texts.add}>
      <TextInput
        label={texts.name}
        description={texts.nameAbout}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
    </ChangeForm>
  );
}
