import { Anchor, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { ListedPayment, ReviewCaseWithPayment } from '../api/shapes';
import { Answer } from '../parts/answer';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { Money, When } from '../parts/values';
import { useShop, type Shop } from '../shell/shop';
import { useSpeech, worded } from '../texts/texts';

/** Payments the money may be for: those that claim it first, then open ones of the very amount. */
async function candidatesOf(shop: Shop, row: ReviewCaseWithPayment): Promise<readonly ListedPayment[]> {
  const claimed = [
    ...new Set([...(row.payment_id === null ? [] : [row.payment_id]), ...row.claims.map((claim) => claim.payment_id)]),
  ];
  const found = await Promise.all(
    claimed.map(
      async (id) => (await ask(shop.api.GET('/api/panel/v1/payments/{id}', { params: { path: { id } } }))).data,
    ),
  );
  const amount = row.credit?.amount;
  if (amount === undefined) return found;
  const alike = await ask(
    shop.api.GET('/api/panel/v1/payments', {
      params: { query: { amount_min: amount, amount_max: amount, limit: 20 } },
    }),
  );
  const open = alike.data.filter(
    ({ id, status }) => !claimed.includes(id) && ['pending', 'awaiting_verification', 'expired'].includes(status),
  );
  return [...found, ...open.slice(0, 8)];
}

export function ReviewCandidates(props: {
  readonly row: ReviewCaseWithPayment;
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
}) {
  const { t } = useSpeech();
  const shop = useShop();
  const { row } = props;
  const candidates = useQuery({
    queryKey: [...shop.key, 'candidates', row.id, row.claims.length],
    queryFn: () => candidatesOf(shop, row),
  });
  return (
    <Panel title={t.review.candidates}>
      <Answer query={candidates} lines={3}>
        {(found) =>
          found.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t.review.noCandidates}
            </Text>
          ) : (
            <Radio.Group value={props.chosen ?? ''} onChange={props.choose} aria-label={t.review.candidates}>
              <Stack gap="xs">
                {found.map((payment) => (
                  <Candidate key={payment.id} payment={payment} row={row} />
                ))}
              </Stack>
            </Radio.Group>
          )
        }
      </Answer>
    </Panel>
  );
}

function Candidate({ payment, row }: { readonly payment: ListedPayment; readonly row: ReviewCaseWithPayment }) {
  const { t } = useSpeech();
  const { merchant, mode } = useShop();
  const objection = row.claims.find(({ payment_id }) => payment_id === payment.id)?.objection ?? null;
  const money = row.credit;
  return (
    <div className="candidate">
      <Radio
        value={payment.id}
        label={payment.invoice_id ?? payment.id.slice(-10)}
        description={objection === null ? undefined : worded(t.reasons, objection)}
      />
      <dl className="compared">
        <Compared name={t.payments.amount} differs={money !== null && money.amount !== payment.amount}>
          <Money amount={payment.amount} currency={payment.currency} />
        </Compared>
        <Compared name={t.payments.trxId} differs={money !== null && money.trx_id !== payment.trx_id}>
          <code>{payment.trx_id ?? '—'}</code>
        </Compared>
        <Compared name={t.payment.wallet} differs={isOther(money?.wallet_number, payment.wallet_number)}>
          {payment.wallet_number ?? '—'}
        </Compared>
        <Compared name={t.payments.sender} differs={isOther(money?.sender_number, payment.sender_number)}>
          {payment.sender_number ?? '—'}
        </Compared>
      </dl>
      <Text size="xs" c="dimmed">
        <Status code={payment.status} /> · <When at={payment.created_at} /> ·{' '}
        <Anchor
          component={Link}
          size="xs"
          underline="always"
          to="/m/$merchant/$mode/payments/$payment"
          params={{ merchant, mode, payment: payment.id } as never}
        >
          {t.review.openPayment}
        </Anchor>
      </Text>
    </div>
  );
}

/** What was told of the money and is not what the payment has; nothing told is no difference. */
function isOther(told: string | null | undefined, expected: string | null): boolean {
  return typeof told === 'string' && told !== expected;
}

/** A value beside that of the money that arrived: where they differ, by a word as well as by its look. */
function Compared(props: { readonly name: string; readonly differs: boolean; readonly children: React.ReactNode }) {
  const { t } = useSpeech();
  return (
    <div data-differs={props.differs}>
      <dt>{props.name}</dt>
      <dd>
        {props.children}
        {props.differs && <span className="differs"> {t.review.differs}</span>}
      </dd>
    </div>
  );
}
