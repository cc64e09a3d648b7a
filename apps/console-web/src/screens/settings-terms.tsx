import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { Merchant } from '../api/shapes';
import type { Fields } from '../parts/fields';
import { useTexts } from '../texts/texts';

/** What the form of the shop holds while it is filled in. */
export interface Given {
  readonly name: string;
  readonly expiry_minutes: number;
  readonly amount_tolerance: string;
  readonly allowed_origins: string;
  readonly return_addresses: string;
  readonly repeated_invoice_number: Merchant['repeated_invoice_number'];
  readonly pix_expiry_minutes: number | null;
  readonly bank_transfer_expiry_minutes: number | null;
  readonly gateway_charge: Merchant['gateway_charge'];
}

/** How long Pix and bank transfers wait, and what is added to each order. */
export function PaymentTerms({ given, errors, change }: Fields<Given>) {
  const { terms: texts } = useTexts();
  const charge = given.gateway_charge;
  const minutes = (value: string | number) => (value === '' ? null : Number(value));
  return (
    <>
      <Group grow align="flex-start">
        <NumberInput
          label={texts.pixExpiry}
          description={texts.asDelivered}
          min={1}
          max={10_080}
          value={given.pix_expiry_minutes ?? ''}
          error={errors['pix_expiry_minutes']}
          onChange={(value) => change({ pix_expiry_minutes: minutes(value) })}
        />
        <NumberInput
          label={texts.bankExpiry}
          description={texts.asDelivered}
          min={1}
          max={43_200}
          value={given.bank_transfer_expiry_minutes ?? ''}
          error={errors['bank_transfer_expiry_minutes']}
          onChange={(value) => change({ bank_transfer_expiry_minutes: minutes(value) })}
        />
      </Group>
      <Group grow align="flex-start">
        <NativeSelect
          label={texts.charge}
          description={texts.chargeAbout}
          value={charge?.type ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({
              gateway_charge:
                value === 'fixed' || value === 'percent' ? { type: value, value: charge?.value ?? '' } : null,
            })
          }
          data={[
            { value: '', label: texts.noCharge },
            { value: 'fixed', label: texts.fixed },
            { value: 'percent', label: texts.percent },
          ]}
        />
        {charge !== null && (
          <TextInput
            label={charge.type === 'fixed' ? texts.sum : texts.share}
            description={texts.example}
            inputMode="decimal"
            required
            value={charge.value}
            error={errors['gateway_charge']}
            onChange={(event) => change({ gateway_charge: { ...charge, value: event.currentTarget.value } })}
          />
        )}
      </Group>
    </>
  );
}
