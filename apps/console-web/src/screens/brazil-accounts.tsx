import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { asProblem, fieldErrors } from '../api/problem';
import { Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Facts } from '../parts/values';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

const pixFields = ['pix_key', 'beneficiary', 'city'] as const;
const bankFields = ['name', 'code', 'agency', 'account', 'account_operation', 'document', 'beneficiary'] as const;
type Values<Field extends string> = Readonly<Record<Field, string>>;

/** Where Pix and bank transfers arrive: one account each, in each mode. */
export function BrazilAccounts() {
  const { accounts: texts } = useTexts();
  const { api } = useShop();
  return (
    <>
      <Account
        title={texts.pix}
        fields={pixFields}
        find={async () => (await ask(api.GET('/api/panel/v1/pix-account'))).data}
        keep={(body) => ask(api.PUT('/api/panel/v1/pix-account', { body }))}
      />
      <Account
        title={texts.bank}
        fields={bankFields}
        find={async () => (await ask(api.GET('/api/panel/v1/bank-account'))).data}
        keep={(body) => ask(api.PUT('/api/panel/v1/bank-account', { body }))}
      />
    </>
  );
}

interface AccountProps<Field extends string> {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly find: () => Promise<Values<Field>>;
  readonly keep: (values: Values<Field>) => Promise<unknown>;
}
type AnyField = (typeof pixFields | typeof bankFields)[number];

function Account<Field extends AnyField>(props: AccountProps<Field>) {
  const { accounts: texts } = useTexts();
  const { key, may } = useShop();
  const found = useQuery({
    queryKey: [...key, 'account', props.fields],
    queryFn: () => nullWhenUnset(props.find()),
  });
  return (
    <Panel
      title={props.title}
      actions={
        may('money') &&
        found.data !== undefined && (
          <Dialog label={texts.change} title={props.title} isSmall>
            {(close) => <AccountForm {...props} before={found.data ?? null} close={close} />}
          </Dialog>
        )
      }
    >
      <Answer query={found} lines={1}>
        {(account) =>
          account === null ? (
            <Text size="sm" c="dimmed">
              {texts.none}
            </Text>
          ) : (
            <Facts facts={props.fields.map((field) => [texts.fields[field], account[field]])} />
          )
        }
      </Answer>
    </Panel>
  );
}

async function nullWhenUnset<Account>(asking: Promise<Account>): Promise<Account | null> {
  try {
    return await asking;
  } catch (error) {
    if (asProblem(error).status === 404) return null;
    throw error;
  }
}

function AccountForm<Field extends AnyField>(
  props: AccountProps<Field> & { readonly before: Values<Field> | null; readonly close: () => void },
) {
  const { accounts: texts, common } = useTexts();
  const [given, setGiven] = useState(
    () =>
      Object.fromEntries(props.fields.map((field) => [field, props.before?.[field] ?? ''])) as Record<Field, string>,
  );
  const save = useChange(() => props.keep(given), props.close);
  const errors = fieldErrors(save.error);
  const words: Readonly<Record<AnyField, string>> = texts.fields;
  return (
    <ChangeForm change={save} send={common.save} cancel={props.close}>
      <Notice tone="warn">
        <Text size="sm">{texts.about}</Text>
      </Notice>
      {props.fields.map((field) => (
        <TextInput
          key={field}
          label={words[field]}
          required
          maxLength={field === 'pix_key' ? 77 : 100}
          value={given[field]}
          error={errors[field]}
          onChange={(event) => setGiven({ ...given, [field]: event.currentTarget.value })}
        />
      ))}
    </ChangeForm>
  );
}
