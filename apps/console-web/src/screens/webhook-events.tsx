import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { WebhookEvent } from '../api/shapes';
import { Dialog } from '../parts/action';
import { ChoiceFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { ToPayment } from '../parts/to-payment';
import { Copied, When } from '../parts/values';
import { useLiveInterval } from '../shell/live-context';
import { useShop } from '../shell/shop';
import { useSpeech } from '../texts/texts';

const LIVE_EVERY_MS = 10_000;
const names = [
  ...(['payment.created', 'payment.completed', 'payment.failed', 'payment.expired'] as const),
  ...(['payment.refunded', 'payment.review_required'] as const),
];

/** What webhooks told, whether anybody listened or not. */
export function WebhookEvents() {
  const { t } = useSpeech();
  const { api, key } = useShop();
  const { event } = useSearch({ from: '/inside/m/$merchant/$mode/developers' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/developers' });
  const type = names.find((name) => name === event);
  const everyMs = useLiveInterval(LIVE_EVERY_MS);
  const found = usePages(
    [...key, 'events', { type }],
    (page) => {
      const query = { ...(type !== undefined && { type }), ...page };
      return ask(api.GET('/api/panel/v1/webhook-events', { params: { query } }));
    },
    everyMs,
  );
  return (
    <>
      <div className="filters">
        <ChoiceFilter
          label={t.webhooks.event}
          value={type}
          choices={names.map((name) => [name, name])}
          choose={(value) =>
            void navigate({ search: { tab: 'events', ...(value !== undefined && { event: value }) }, replace: true })
          }
        />
      </div>
      <Paged found={found} empty={<Empty title={t.events.none} about={t.events.noneAbout} />}>
        {(rows) => <EventList rows={rows} />}
      </Paged>
    </>
  );
}

function EventList({ rows }: { readonly rows: readonly WebhookEvent[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<WebhookEvent>[] = [
    { name: 'event', title: t.webhooks.event, show: ({ event }) => <code>{event}</code> },
    {
      name: 'payment',
      title: t.payments.payment,
      show: ({ payment_id }) => (
        <ToPayment id={payment_id} size="sm">
          {payment_id.slice(-10)}
        </ToPayment>
      ),
    },
    { name: 'at', title: t.audit.at, show: ({ occurred_at }) => <When at={occurred_at} /> },
    { name: 'id', title: t.events.id, isWide: true, show: ({ id }) => <Copied text={id} /> },
    {
      name: 'body',
      title: t.webhooks.body,
      isFigure: true,
      show: ({ event, body }) => (
        <Dialog label={t.credits.read} title={event} isSmall size="lg">
          {() => <pre className="message">{body === null ? t.events.pruned : indented(body)}</pre>}
        </Dialog>
      ),
    },
  ];
  return <List label={t.events.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** Shown for reading; what is signed are the bytes as they were sent. */
export function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
