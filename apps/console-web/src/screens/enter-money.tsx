import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import { walletsQuery } from '../api/shop-queries';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { textOf, useGiven } from '../parts/fields';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useSpeech } from '../texts/texts';
import { useWalletChoices } from './wallet-choices';

const empty = { wallet_id: '', trx_id: '', amount: '', note: '', sender_number: '' };

/** Money a person saw in a wallet that no message told of; above the limit a second person confirms it. */
export function EnterMoney() {
  const { t } = useSpeech();
  const shop = useShop();
  const { api } = shop;
  const [given, change] = useGiven(empty);
  const choices = useWalletChoices(useQuery(walletsQuery(shop)).data);
  const enter = useChange(
    () => {
      const { sender_number, ...body } = given;
      return ask(
        api.POST('/api/panel/v1/credits', { body: { ...body, ...(sender_number !== '' && { sender_number }) } }),
      );
    },
    () => change(empty),
  );
  const fields = { given, errors: fieldErrors(enter.error), change };
  return (
    <Panel>
      <form onSubmit={sends(enter)}>
        <Stack gap="md" maw={480}>
          <Text size="sm">{t.moneyIn.enterAbout}</Text>
          <NativeSelect label={t.payment.wallet} required {...textOf(fields, 'wallet_id')} data={choices} />
          <TextInput label={t.payments.trxId} required {...textOf(fields, 'trx_id')} />
          <TextInput label={t.payments.amount} required inputMode="decimal" {...textOf(fields, 'amount')} />
          <TextInput label={t.payments.sender} {...textOf(fields, 'sender_number')} />
          <Textarea label={t.common.reason} description={t.common.reasonAbout} required {...textOf(fields, 'note')} />
          {enter.error !== null && <Failure error={enter.error} />}
          {enter.data !== undefined && (
            <Notice tone="good" title={enter.data.data.proposal === null ? t.moneyIn.entered : t.moneyIn.proposed} />
          )}
          <Group>
            <Button type="submit" loading={enter.isPending}>
              {t.moneyIn.enter}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
