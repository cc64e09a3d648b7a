import { NativeSelect, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import type { ReviewCaseWithPayment } from '../api/shapes';
import { walletsQuery } from '../api/shop-queries';
import { Reason, useChange } from '../parts/action';
import { ChangeForm } from '../parts/change-form';
import { useShop, type Shop } from '../shell/shop';
import { fill, useSpeech, worded } from '../texts/texts';
import { Window } from '../parts/window';
import { useWalletChoices } from './wallet-choices';

export type Decision = 'assign' | 'complete' | 'reject' | 'ignore' | 'confirm';

interface Given {
  readonly payment: string;
  readonly reason: string;
  readonly wallet: string;
  readonly amount: string;
}

/** Sends what a person decided; the gateway's answer says whether it holds. */
function decide(
  shop: Shop,
  row: ReviewCaseWithPayment,
  given: Given & { readonly decision: Decision },
): Promise<unknown> {
  const params = { path: { id: row.id } };
  const payment = given.payment === '' ? {} : { payment_id: given.payment };
  switch (given.decision) {
    case 'assign':
      return ask(
        shop.api.POST('/api/panel/v1/review-cases/{id}/assign', {
          params,
          body: { payment_id: given.payment, reason: given.reason },
        }),
      );
    case 'reject':
      return ask(
        shop.api.POST('/api/panel/v1/review-cases/{id}/reject', { params, body: { reason: given.reason, ...payment } }),
      );
    case 'ignore':
      return ask(shop.api.POST('/api/panel/v1/review-cases/{id}/ignore', { params, body: { reason: given.reason } }));
    case 'confirm':
      return ask(shop.api.POST('/api/panel/v1/review-cases/{id}/confirm', { params, body: {} }));
    case 'complete':
      return ask(
        shop.api.POST('/api/panel/v1/review-cases/{id}/complete', {
          params,
          body: {
            ...payment,
            wallet_id: given.wallet,
            amount: given.amount,
            note: given.reason,
            ...(row.awaited_trx_id !== null && { trx_id: row.awaited_trx_id }),
          },
        }),
      );
  }
}

/** Says in numbers what will happen, takes what the decision needs, and shows the outcome when it is true. */
export function DecisionDialog(props: {
  readonly row: ReviewCaseWithPayment;
  readonly decision: Decision;
  readonly paymentId: string | null;
  readonly close: () => void;
  readonly done: () => void;
}) {
  const { t, money } = useSpeech();
  const shop = useShop();
  const { row, decision } = props;
  const [given, setGiven] = useState<Given>({
    payment: props.paymentId ?? '',
    reason: '',
    wallet: '',
    amount: row.payment?.amount ?? '',
  });
  const change = useChange(
    () => decide(shop, row, { ...given, decision }),
    () => {
      notifications.show({ message: `${t.review.decisions[decision]}: ${t.review.done}`, color: 'brand' });
      props.done();
    },
  );
  const arrived = row.credit ?? row.proposal;
  const values = {
    amount: arrived === null ? given.amount : money(arrived.amount, arrived.currency),
    reason: worded(t.reasons, row.reason),
  };
  return (
    <Window isOpen close={props.close} title={t.review.decisions[decision]}>
      <ChangeForm change={change} send={t.review.decisions[decision]} cancel={props.close}>
        <Text size="sm">{fill(t.review.decisionsAbout[decision], values)}</Text>
        <DecisionFields decision={decision} given={given} change={(part) => setGiven({ ...given, ...part })} />
      </ChangeForm>
    </Window>
  );
}

function DecisionFields(props: {
  readonly decision: Decision;
  readonly given: Given;
  readonly change: (part: Partial<Given>) => void;
}) {
  const { t } = useSpeech();
  const { decision, given, change } = props;
  const needsPayment = decision === 'assign' || decision === 'complete' || decision === 'reject';
  return (
    <>
      {needsPayment && (
        <TextInput
          label={t.payment.id}
          required={decision !== 'reject'}
          value={given.payment}
          onChange={(event) => change({ payment: event.currentTarget.value.trim() })}
          data-autofocus={(decision === 'assign' && given.payment === '') || undefined}
        />
      )}
      {decision === 'complete' && <SeenMoney given={given} change={change} />}
      {decision !== 'confirm' && <Reason value={given.reason} change={(reason) => change({ reason })} isFirst />}
    </>
  );
}

/** Where a person saw money that no message told of. */
function SeenMoney(props: { readonly given: Given; readonly change: (part: Partial<Given>) => void }) {
  const { t } = useSpeech();
  const choices = useWalletChoices(useQuery(walletsQuery(useShop())).data);
  return (
    <>
      <NativeSelect
        label={t.payment.wallet}
        required
        value={props.given.wallet}
        onChange={(event) => props.change({ wallet: event.currentTarget.value })}
        data={choices}
      />
      <TextInput
        label={t.payments.amount}
        inputMode="decimal"
        required
        value={props.given.amount}
        onChange={(event) => props.change({ amount: event.currentTarget.value })}
      />
    </>
  );
}
