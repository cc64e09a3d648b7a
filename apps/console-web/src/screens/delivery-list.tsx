import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { WebhookDelivery } from '../api/shapes';
import { Dialog, useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech } from '../texts/texts';
import { indented } from './webhook-events';

/** Webhooks that were or are to be sent, each with its attempts behind a button. */
export function DeliveryList(props: { readonly rows: readonly WebhookDelivery[]; readonly isOfOnePayment?: boolean }) {
  const { t } = useSpeech();
  const payment: Column<WebhookDelivery> = {
    name: 'payment',
    title: t.payments.payment,
    isWide: true,
    show: ({ payment_id }) => (
      <ToPayment id={payment_id} size="sm">
        {payment_id.slice(-10)}
      </ToPayment>
    ),
  };
  const columns: readonly Column<WebhookDelivery>[] = [
    { name: 'event', title: t.webhooks.event, show: ({ event }) => <code>{event}</code> },
    { name: 'status', title: t.payments.status, show: ({ status }) => <Status code={status} /> },
    ...(props.isOfOnePayment === true ? [] : [payment]),
    {
      name: 'last',
      title: t.webhooks.lastAttempt,
      isWide: true,
      show: ({ attempts }) => lastResult(attempts.at(-1)) ?? '—',
    },
    { name: 'at', title: t.webhooks.since, show: ({ created_at }) => <When at={created_at} /> },
    {
      name: 'open',
      title: t.webhooks.attempts,
      isFigure: true,
      show: (row) => (
        <Dialog
          label={fill(t.webhooks.attemptCount, { count: row.attempts.length })}
          title={row.event}
          isSmall
          size="lg"
        >
          {() => <Delivery id={row.id} />}
        </Dialog>
      ),
    },
  ];
  return <List label={t.webhooks.deliveries} columns={columns} rows={props.rows} rowKey={({ id }) => id} />;
}

function lastResult(attempt: WebhookDelivery['attempts'][number] | undefined): string | null {
  if (attempt === undefined) return null;
  return attempt.http_status === null ? (attempt.error ?? '—') : `HTTP ${attempt.http_status}`;
}

function Delivery({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const { api, key, may } = useShop();
  const found = useQuery({
    queryKey: [...key, 'delivery', id],
    queryFn: async () =>
      (await ask(api.GET('/api/panel/v1/webhook-deliveries/{id}', { params: { path: { id } } }))).data,
  });
  const retry = useChange(() =>
    ask(api.POST('/api/panel/v1/webhook-deliveries/{id}/retry', { params: { path: { id } }, body: {} })),
  );
  return (
    <Answer query={found}>
      {(delivery) => (
        <Stack gap="sm">
          <Status code={delivery.status} />
          {delivery.attempts.map((attempt) => (
            <div key={attempt.at} className="attempt">
              <Text size="sm" fw={600}>
                <When at={attempt.at} /> · {lastResult(attempt)} ·{' '}
                {fill(t.webhooks.took, { ms: Math.round(attempt.duration_ms) })}
              </Text>
              {attempt.answer && <pre className="message">{attempt.answer}</pre>}
            </div>
          ))}
          {delivery.body !== null && (
            <>
              <Text size="sm" fw={600}>
                {t.webhooks.body}
              </Text>
              <pre className="message">{indented(delivery.body)}</pre>
            </>
          )}
          {retry.isError && <Failure error={retry.error} />}
          {may('develop') && delivery.status !== 'cancelled' && (
            <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
              {t.webhooks.resend}
            </Button>
          )}
        </Stack>
      )}
    </Answer>
  );
}
