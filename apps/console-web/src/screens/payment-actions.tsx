import { Button, CopyButton, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { PaymentDetail } from '../api/shapes';
import { walletsQuery } from '../api/shop-queries';
import { Confirm, Dialog, Reason, useChange } from '../parts/action';
import { ChangeForm } from '../parts/change-form';
import { textOf, useGiven } from '../parts/fields';
import { Notice } from '../parts/notice';
import { useShop } from '../shell/shop';
import { fill, useSpeech } from '../texts/texts';
import { useWalletChoices } from './wallet-choices';

/** What a person may do about a payment: each says in numbers what will happen, and asks why. */
export function PaymentActions({ payment }: { readonly payment: PaymentDetail }) {
  const { t } = useSpeech();
  const { may } = useShop();
  const isOpen = payment.status === 'pending' || payment.status === 'awaiting_verification';
  const isPaid = payment.status === 'completed' || payment.status === 'partially_refunded';
  return (
    <>
      {isOpen && (
        <CopyButton value={payment.checkout_url}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t.common.copied : t.actions.copyLink}
            </Button>
          )}
        </CopyButton>
      )}
      {may('money') && isPaid && <Refund key={payment.refunded_amount} payment={payment} />}
      {may('money') && isOpen && (
        <Dialog label={t.actions.complete} title={t.actions.complete}>
          {(close) => <Complete payment={payment} close={close} />}
        </Dialog>
      )}
      {may('money') && isOpen && <Deny payment={payment} />}
    </>
  );
}

function Refund({ payment }: { readonly payment: PaymentDetail }) {
  const { t, money } = useSpeech();
  const { api } = useShop();
  const left = leftToRefund(payment);
  const [amount, setAmount] = useState(left);
  const values = { amount: money(/^\d+(\.\d{1,2})?$/.test(amount) ? amount : left, payment.currency) };
  return (
    <Confirm
      label={t.payment.refund}
      title={t.payment.refund}
      confirm={fill(t.payment.refundGo, values)}
      isDangerous
      isReasoned
      what={
        <>
          <Text size="sm" mb="sm">
            {fill(t.payment.refundAbout, { total: money(payment.amount, payment.currency) })}
          </Text>
          <Text size="sm" mb="sm">
            {fill(t.actions.refundLeft, { left: money(left, payment.currency) })}
          </Text>
          <TextInput
            label={t.payments.amount}
            inputMode="decimal"
            required
            pattern="[0-9]{1,13}([.][0-9]{1,2})?"
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
        </>
      }
      run={(reason) =>
        ask(
          api.POST('/api/panel/v1/payments/{id}/refund', {
            params: { path: { id: payment.id } },
            body: { amount, reason },
          }),
        )
      }
    />
  );
}

/** In minor units, as whole numbers of any size. */
function leftToRefund({ amount, refunded_amount }: PaymentDetail): string {
  const left = BigInt(amount.replace('.', '')) - BigInt(refunded_amount.replace('.', ''));
  const digits = left.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function Deny({ payment }: { readonly payment: PaymentDetail }) {
  const { t, money } = useSpeech();
  const { api } = useShop();
  return (
    <Confirm
      label={t.payment.deny}
      title={t.payment.deny}
      confirm={t.payment.deny}
      isDangerous
      isReasoned
      what={<Text size="sm">{fill(t.payment.denyAbout, { amount: money(payment.amount, payment.currency) })}</Text>}
      run={(reason) =>
        ask(
          api.POST('/api/panel/v1/payments/{id}/deny', {
            params: { path: { id: payment.id } },
            body: { reason },
          }),
        )
      }
    />
  );
}

/** Money that a person saw and no message told of: it is entered as a credit and completes this payment. */
function Complete({ payment, close }: { readonly payment: PaymentDetail; readonly close: () => void }) {
  const { t, money } = useSpeech();
  const shop = useShop();
  const { method } = payment;
  const isWallet = method === 'wallet';
  const wallets = useQuery({ ...walletsQuery(shop), enabled: isWallet });
  const [given, change] = useGiven({ wallet: '', id: payment.trx_id ?? '', amount: payment.amount, note: '' });
  // Until the person chooses, the wallet the customer was to send to.
  const wallet = given.wallet || (wallets.data?.find(({ number }) => number === payment.wallet_number)?.id ?? '');
  const enter = useChange(
    () => {
      const entered = { amount: given.amount, note: given.note, payment_id: payment.id };
      return isWallet
        ? ask(shop.api.POST('/api/panel/v1/credits', { body: { ...entered, wallet_id: wallet, trx_id: given.id } }))
        : ask(shop.api.POST('/api/panel/v1/transfers', { body: { ...entered, method, transfer_id: given.id } }));
    },
    ({ data }) => {
      if (data.proposal === null) close();
    },
  );
  const choices = useWalletChoices(wallets.data);
  const errors = fieldErrors(enter.error);
  const fields = { given, errors, change };
  if (enter.data !== undefined) return <Notice tone="good" title={t.moneyIn.proposed} />;
  return (
    <ChangeForm
      change={enter}
      send={fill(t.actions.completeGo, {
        amount: /^\d+(\.\d{1,2})?$/.test(given.amount) ? money(given.amount, payment.currency) : '—',
      })}
    >
      <Text size="sm">{fill(t.actions.completeAbout, { amount: money(payment.amount, payment.currency) })}</Text>
      {isWallet && (
        <NativeSelect
          label={t.payment.wallet}
          required
          {...textOf(fields, 'wallet', 'wallet_id')}
          value={wallet}
          data={choices}
        />
      )}
      <TextInput
        label={isWallet ? t.payments.trxId : t.actions.transferId}
        required
        {...textOf(fields, 'id')}
        error={errors['trx_id'] ?? errors['transfer_id']}
        data-autofocus
      />
      <TextInput label={t.payments.amount} required inputMode="decimal" {...textOf(fields, 'amount')} />
      <Reason value={given.note} change={(note) => change({ note })} />
    </ChangeForm>
  );
}
