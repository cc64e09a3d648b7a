import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, panelClient } from '../api/client';
import { fieldErrors } from '../api/problem';
import { Dialog, Reason, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { textOf, useGiven } from '../parts/fields';
import { List } from '../parts/list';
import { Panel } from '../parts/screen';
import { useSpeech, worded } from '../texts/texts';

const providers = ['bkash', 'nagad', 'rocket', 'upay', 'pix'] as const;

/** Accounts of money that another merchant has, and on which this one may receive as well. */
export function SharedAccounts({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const { sharedAccounts: texts } = t;
  const accounts = useQuery({
    queryKey: ['installation', 'shared-accounts', id],
    queryFn: async () =>
      (
        await ask(
          panelClient(null).GET('/api/panel/v1/operator/merchants/{id}/shared-accounts', { params: { path: { id } } }),
        )
      ).data,
  });
  return (
    <Panel
      title={texts.title}
      actions={
        <Dialog label={texts.allow} title={texts.allow} isSmall>
          {(close) => <AllowAccount id={id} close={close} />}
        </Dialog>
      }
    >
      <Text size="sm" mb="sm">
        {texts.about}
      </Text>
      <Answer query={accounts} lines={2}>
        {(rows) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              {texts.none}
            </Text>
          ) : (
            <List
              label={texts.title}
              columns={[
                { name: 'provider', title: t.wallets.provider, show: (row) => worded(t.providers, row.provider) },
                { name: 'number', title: texts.account, show: ({ number }) => <code>{number}</code> },
              ]}
              rows={rows}
              rowKey={({ provider, number }) => `${provider} ${number}`}
            />
          )
        }
      </Answer>
    </Panel>
  );
}

function AllowAccount({ id, close }: { readonly id: string; readonly close: () => void }) {
  const { t } = useSpeech();
  const [given, change] = useGiven({ provider: 'bkash', number: '', reason: '' });
  const allow = useChange(
    () =>
      ask(
        panelClient(null).POST('/api/panel/v1/operator/merchants/{id}/shared-accounts', {
          params: { path: { id } },
          body: given,
        }),
      ),
    close,
  );
  const fields = { given, errors: fieldErrors(allow.error), change };
  return (
    <ChangeForm change={allow} send={t.sharedAccounts.allow}>
      <Text size="sm">{t.sharedAccounts.allowAbout}</Text>
      <NativeSelect
        label={t.wallets.provider}
        value={given.provider}
        onChange={(event) => change({ provider: event.currentTarget.value })}
        data={providers.map((value) => ({ value, label: worded(t.providers, value) }))}
      />
      <TextInput
        label={t.sharedAccounts.account}
        required
        maxLength={100}
        {...textOf(fields, 'number')}
        data-autofocus
      />
      <Reason value={given.reason} change={(reason) => change({ reason })} />
    </ChangeForm>
  );
}
