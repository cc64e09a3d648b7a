import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { PaymentDetail } from '../api/shapes';
import { Answer } from '../parts/answer';
import { Notice } from '../parts/notice';
import { Panel, Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { Copied, CopyIcon, Facts, Money, When } from '../parts/values';
import { useLiveInterval } from '../shell/live-context';
import { useShop } from '../shell/shop';
import { fill, useSpeech, worded } from '../texts/texts';
import { PaymentActions } from './payment-actions';
import { PaymentDeliveries } from './payment-deliveries';
import { PaymentNotes } from './payment-notes';
import { PaymentTimeline } from './payment-timeline';

const LIVE_EVERY_MS = 5_000;

/** One payment: what is known of it, what it waits for, and what a person may do about it. */
export function Payment() {
  const { t } = useSpeech();
  const shop = useShop();
  const { payment: id } = useParams({ from: '/inside/m/$merchant/$mode/payments/$payment' });
  const found = useQuery({
    queryKey: [...shop.key, 'payment', id],
    queryFn: async () => (await ask(shop.api.GET('/api/panel/v1/payments/{id}', { params: { path: { id } } }))).data,
    refetchInterval: useLiveInterval(LIVE_EVERY_MS),
  });
  return (
    <Answer query={found} lines={8}>
      {(payment) => (
        <Screen
          title={payment.invoice_id ?? fill(t.payment.title, { id: payment.id.slice(-10) })}
          actions={<PaymentActions payment={payment} />}
        >
          <Group gap="md" className="headline">
            <span className="amount-big">
              <Money amount={payment.amount} currency={payment.currency} />
            </span>
            <Status code={payment.status} />
            {payment.missing === null && payment.status === 'completed' && <When at={payment.completed_at} />}
          </Group>
          {payment.missing !== null && <Missing payment={payment} missing={payment.missing} />}
          <PaymentTimeline payment={payment} />
          <PaymentNotes id={payment.id} />
          <Panel title={t.payment.facts}>
            <PaymentFacts payment={payment} />
          </Panel>
          <Panel title={t.payment.webhooks}>
            <PaymentDeliveries id={payment.id} />
          </Panel>
        </Screen>
      )}
    </Answer>
  );
}

function PaymentFacts({ payment }: { readonly payment: PaymentDetail }) {
  const { t } = useSpeech();
  const money = (amount: string | null) => amount && <Money amount={amount} currency={payment.currency} />;
  const reason = payment.failure_reason ?? payment.review_reason;
  return (
    <Facts
      facts={[
        [t.payment.id, <Copied key="id" text={payment.id} />],
        [t.payments.invoice, payment.invoice_id],
        [t.payments.method, worded(t.providers, payment.provider ?? payment.method)],
        [t.payment.wallet, payment.wallet_number],
        [t.payments.trxId, payment.trx_id && <Copied key="trx" text={payment.trx_id} />],
        [t.payments.sender, payment.sender_number],
        [t.payment.received, money(payment.received_amount)],
        [t.payment.refunded, payment.refunded_amount === '0.00' ? null : money(payment.refunded_amount)],
        [t.payment.customer, <Payer key="customer" payment={payment} />],
        [t.payments.created, <When key="created" at={payment.created_at} />],
        [t.payment.expires, <When key="expires" at={payment.expires_at} />],
        [t.payment.completedAt, <When key="completed" at={payment.completed_at} />],
        ...(reason === null ? [] : ([[t.payment.reason, worded(t.reasons, reason)]] as const)),
        [
          t.payment.checkout,
          <span key="checkout" className="copied">
            <Anchor href={payment.checkout_url} target="_blank" rel="noreferrer" size="sm">
              {t.payment.open}
            </Anchor>
            <CopyIcon text={payment.checkout_url} />
          </span>,
        ],
      ]}
    />
  );
}

function Payer({ payment }: { readonly payment: PaymentDetail }) {
  const { merchant, mode } = useShop();
  const { customer_id, payer } = payment;
  if (customer_id === null) return payer?.name ?? '—';
  return (
    <Anchor
      component={Link}
      size="sm"
      to="/m/$merchant/$mode/customers"
      params={{ merchant, mode } as never}
      search={{ q: customer_id } as never}
    >
      {payer?.name ?? customer_id}
    </Anchor>
  );
}

/** What it waits for now, in a sentence, and where to see to it. */
function Missing(props: { readonly payment: PaymentDetail; readonly missing: NonNullable<PaymentDetail['missing']> }) {
  const { t, age } = useSpeech();
  const { merchant, mode } = useShop();
  const { code, case_id, phones, reason } = props.missing;
  return (
    <Notice tone={code === 'decision' || code === 'phone' ? 'bad' : 'warn'} title={t.payment.missing[code]}>
      <Text size="sm">{reason === null ? t.payment.missingAbout[code] : worded(t.reasons, reason)}</Text>
      {phones.map((phone) => (
        <Text size="sm" key={phone.id}>
          {phone.last_heard_at === null
            ? fill(t.payment.phoneNever, { name: phone.name })
            : fill(t.payment.phoneHeard, { name: phone.name, age: age(phone.last_heard_at) })}
        </Text>
      ))}
      {case_id !== null && (
        <Anchor
          component={Link}
          size="sm"
          to="/m/$merchant/$mode/review"
          params={{ merchant, mode } as never}
          search={{ case: case_id } as never}
        >
          {t.payment.toCase}
        </Anchor>
      )}
    </Notice>
  );
}
