import { Button, Group, NativeSelect, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { Merchant } from '../api/shapes';
import { useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { textOf, useGiven, type Fields } from '../parts/fields';
import { Panel, Screen } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';
import { AlarmContacts } from './alarm-contacts';
import { BrandSettings } from './brand';
import { BrazilAccounts } from './brazil-accounts';
import { ExchangeRates } from './exchange-rates';
import { ReviewSettings } from './review-settings';
import { PaymentTerms, type Given } from './settings-terms';
import { Wallets } from './wallets';

/** The shop: where money is received, how payments behave, how the checkout looks. */
export function Settings() {
  const { settings: texts } = useTexts();
  const { api, key } = useShop();
  const merchant = useQuery({
    queryKey: [...key, 'merchant'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/merchant'))).data,
  });
  return (
    <Screen title={texts.title} about={texts.about}>
      <Wallets />
      <Panel title={texts.payments}>
        <Answer query={merchant}>{(shop) => <ShopForm key={shop.id} shop={shop} />}</Answer>
      </Panel>
      <ReviewSettings />
      <BrandSettings />
      <AlarmContacts />
      <BrazilAccounts />
      <ExchangeRates />
    </Screen>
  );
}

function ShopForm({ shop }: { readonly shop: Merchant }) {
  const { settings: texts, common } = useTexts();
  const { api, may } = useShop();
  const [given, change] = useGiven<Given>({
    name: shop.name,
    expiry_minutes: shop.expiry_minutes,
    amount_tolerance: shop.amount_tolerance,
    allowed_origins: shop.allowed_origins.join('\n'),
    return_addresses: shop.return_addresses.join('\n'),
    repeated_invoice_number: shop.repeated_invoice_number,
    pix_expiry_minutes: shop.pix_expiry_minutes,
    bank_transfer_expiry_minutes: shop.bank_transfer_expiry_minutes,
    gateway_charge: shop.gateway_charge,
  });
  const save = useChange(
    () =>
      ask(
        api.PATCH('/api/panel/v1/merchant', {
          body: {
            ...given,
            allowed_origins: linesOf(given.allowed_origins),
            return_addresses: linesOf(given.return_addresses),
          },
        }),
      ),
    () => notifications.show({ message: common.saved, color: 'brand' }),
  );
  const fields = { given, errors: fieldErrors(save.error), change };
  return (
    <form onSubmit={sends(save)}>
      <fieldset disabled={!may('manage')} className="plain">
        <Stack gap="md" maw={560}>
          <TextInput label={texts.name} required {...textOf(fields, 'name')} />
          <ShopFields {...fields} />
          <PaymentTerms {...fields} />
          {save.error !== null && <Failure error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {common.save}
            </Button>
            {!may('manage') && <Text size="sm">{common.notAllowed}</Text>}
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}

function linesOf(text: string): string[] {
  return text.split(/\s+/).filter((line) => line !== '');
}

function ShopFields(props: Fields<Given>) {
  const { settings: texts } = useTexts();
  const { given, errors, change } = props;
  return (
    <>
      <NumberInput
        label={texts.expiry}
        description={texts.expiryAbout}
        min={1}
        max={10_080}
        value={given.expiry_minutes}
        error={errors['expiry_minutes']}
        onChange={(value) => change({ expiry_minutes: Number(value) })}
      />
      <TextInput
        label={texts.tolerance}
        description={texts.toleranceAbout}
        inputMode="decimal"
        {...textOf(props, 'amount_tolerance')}
      />
      <Textarea
        label={texts.origins}
        description={texts.originsAbout}
        autosize
        minRows={2}
        {...textOf(props, 'allowed_origins')}
      />
      <Textarea
        label={texts.returns}
        description={texts.returnsAbout}
        autosize
        minRows={2}
        {...textOf(props, 'return_addresses')}
      />
      <NativeSelect
        label={texts.repeated}
        value={given.repeated_invoice_number}
        onChange={(event) =>
          change({
            repeated_invoice_number: event.currentTarget.value === 'existing' ? 'existing' : 'conflict',
          })
        }
        data={[
          { value: 'conflict', label: texts.repeatedConflict },
          { value: 'existing', label: texts.repeatedExisting },
        ]}
      />
    </>
  );
}
