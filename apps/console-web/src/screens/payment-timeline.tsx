import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { PaymentDetail, TimelineEntry } from '../api/shapes';
import { Dialog, useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { MarkedMessage } from '../parts/marked-message';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { Facts, Money, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded, type Texts } from '../texts/texts';

/** Everything that has happened to a payment, in order and in plain words. */
export function PaymentTimeline({ payment }: { readonly payment: PaymentDetail }) {
  const { t } = useSpeech();
  const { api, key } = useShop();
  const entries = useQuery({
    queryKey: [...key, 'timeline', payment.id, payment.version],
    queryFn: async () =>
      (await ask(api.GET('/api/panel/v1/payments/{id}/timeline', { params: { path: { id: payment.id } } }))).data,
    // Nobody tells of each attempt of a webhook.
    refetchInterval: 5_000,
    placeholderData: (before) => before,
  });
  return (
    <Panel title={t.timeline.title}>
      <Answer query={entries} lines={4}>
        {(rows) => (
          <ol className="timeline">
            {rows.map((entry) => (
              <li key={entry.id} data-kind={entry.kind}>
                <Entry entry={entry} paymentId={payment.id} />
              </li>
            ))}
          </ol>
        )}
      </Answer>
    </Panel>
  );
}

function Entry({ entry, paymentId }: { readonly entry: TimelineEntry; readonly paymentId: string }) {
  const { t } = useSpeech();
  const speech = useSpeech();
  const { may } = useShop();
  const about = sentenceOf(entry, speech);
  const deliveryId = entry.params['delivery_id'];
  return (
    <>
      <div className="timeline-head">
        <Text size="sm" fw={600}>
          {worded(t.timeline.codes, entry.code)}
        </Text>
        <Text size="xs" c="dimmed">
          <When at={entry.at} />
        </Text>
        {entry.version !== null && <AsItWas id={paymentId} version={entry.version} />}
        {deliveryId && canBeSentAgain.includes(entry.code) && may('develop') && <Resend id={deliveryId} />}
      </div>
      {about !== '' && <Text size="sm">{about}</Text>}
      {entry.message !== null && <MarkedMessage message={entry.message} />}
    </>
  );
}

const canBeSentAgain = ['webhook_delivered', 'webhook_failed', 'webhook_given_up'];

function Resend({ id }: { readonly id: string }) {
  const { webhooks } = useTexts();
  const { api } = useShop();
  const retry = useChange(() =>
    ask(api.POST('/api/panel/v1/webhook-deliveries/{id}/retry', { params: { path: { id } }, body: {} })),
  );
  return (
    <>
      <Button size="compact-xs" variant="subtle" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
        {webhooks.resend}
      </Button>
      {retry.isError && <Failure error={retry.error} />}
    </>
  );
}

interface Words {
  readonly t: Texts;
  readonly money: (amount: string, currency: string) => string;
}

/** The parts of an entry that a person asks about, joined; codes by their words. */
function sentenceOf({ params, code }: TimelineEntry, { t, money }: Words): string {
  const currency = params['currency'] ?? 'BDT';
  const sums = [params['received_amount'] ?? params['amount'], params['expected_amount']];
  const [sum, expected] = sums.map((amount) => (amount ? money(amount, currency) : null));
  const parts = [
    expected && sum ? fill(t.timeline.insteadOf, { sum, expected }) : sum,
    params['provider'] && code !== 'payment_created' ? worded(t.providers, params['provider']) : null,
    params['trx_id'] ?? null,
    params['reason'] ? worded(t.reasons, params['reason']) : null,
    params['matched_by'] ? fill(t.timeline.matchedBy, { how: worded(t.timeline.matches, params['matched_by']) }) : null,
    params['decided_by'] ?? params['actor'] ?? null,
    params['note'] ?? null,
    params['event'] ?? null,
    params['http_status'] ? `HTTP ${params['http_status']}` : (params['error'] ?? null),
  ];
  return parts.filter((part) => part).join(' · ');
}

function AsItWas({ id, version }: { readonly id: string; readonly version: number }) {
  const { t } = useSpeech();
  return (
    <Dialog label={t.timeline.asItWas} title={t.timeline.asItWas} isSmall isLink>
      {(close) => (
        <>
          <Then id={id} version={version} />
          <Button variant="default" mt="md" onClick={close}>
            {t.common.close}
          </Button>
        </>
      )}
    </Dialog>
  );
}

function Then({ id, version }: { readonly id: string; readonly version: number }) {
  const { t } = useSpeech();
  const { api, key } = useShop();
  const then = useQuery({
    queryKey: [...key, 'as-of', id, version],
    queryFn: async () =>
      (await ask(api.GET('/api/panel/v1/payments/{id}/as-of', { params: { path: { id }, query: { version } } }))).data,
    staleTime: Infinity,
  });
  return (
    <Answer query={then}>
      {(payment) => (
        <Facts
          facts={[
            [t.payments.status, <Status key="status" code={payment.status} />],
            [t.payments.amount, <Money key="amount" amount={payment.amount} currency={payment.currency} />],
            [t.payments.trxId, payment.trx_id],
            [t.payment.wallet, payment.wallet_number],
            [t.payments.sender, payment.sender_number],
            [t.payment.reason, worded(t.reasons, payment.failure_reason ?? payment.review_reason)],
          ]}
        />
      )}
    </Answer>
  );
}
