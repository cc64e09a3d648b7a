import { Group, TextInput } from '@mantine/core';
import type { Wallet } from '../api/shapes';
import { textOf, type Fields } from '../parts/fields';
import { useTexts } from '../texts/texts';

const limits = ['payment_min', 'payment_max', 'day_max', 'month_max'] as const;

/** Whose account it is and what may come to it, while it is filled in; empty: nothing is said. */
export type WalletTermsGiven = Readonly<Record<'account_name' | (typeof limits)[number], string>>;

export const noTerms: WalletTermsGiven = {
  account_name: '',
  payment_min: '',
  payment_max: '',
  day_max: '',
  month_max: '',
};

export function termsOf(wallet: Wallet): WalletTermsGiven {
  return {
    account_name: wallet.account_name ?? '',
    payment_min: wallet.payment_min ?? '',
    payment_max: wallet.payment_max ?? '',
    day_max: wallet.day_max ?? '',
    month_max: wallet.month_max ?? '',
  };
}

/** As the gateway takes it. */
export function saidTerms(given: WalletTermsGiven) {
  const said = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    account_name: said(given.account_name),
    payment_min: said(given.payment_min),
    payment_max: said(given.payment_max),
    day_max: said(given.day_max),
    month_max: said(given.month_max),
  };
}

export function WalletTermsFields(props: Fields<WalletTermsGiven>) {
  const { wallets: texts } = useTexts();
  const field = (name: (typeof limits)[number]) => (
    <TextInput
      key={name}
      label={texts.limits[name]}
      inputMode="decimal"
      placeholder={texts.noLimit}
      {...textOf(props, name)}
    />
  );
  return (
    <>
      <TextInput
        label={texts.accountName}
        description={texts.accountNameAbout}
        maxLength={100}
        {...textOf(props, 'account_name')}
      />
      <Group grow align="flex-start">
        {limits.slice(0, 2).map(field)}
      </Group>
      <Group grow align="flex-start">
        {limits.slice(2).map(field)}
      </Group>
    </>
  );
}
