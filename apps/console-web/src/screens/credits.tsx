import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { Credit } from '../api/shapes';
import { walletsQuery } from '../api/shop-queries';
import { Dialog } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChoiceFilter, TextFilter, useFilterChoice } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { MarkedMessage } from '../parts/marked-message';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { Money, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, worded } from '../texts/texts';
import { momentsOf } from './days';

const creditStatuses = ['open', 'matched', 'consumed', 'in_review', 'ignored'] as const;

/** Each sum that arrived and what became of it. */
export function Credits() {
  const { t } = useSpeech();
  const shop = useShop();
  const { api, key } = shop;
  const { status, wallet, from, to, trx_id } = useSearch({ from: '/inside/m/$merchant/$mode/money' });
  const wanted = creditStatuses.find((each) => each === status);
  const found = usePages([...key, 'credits', { wanted, wallet, from, to, trx_id }], (page) => {
    const query = {
      limit: 50,
      ...(wanted !== undefined && { status: wanted }),
      ...(wallet !== undefined && { wallet_id: wallet }),
      ...(trx_id !== undefined && { trx_id }),
      ...momentsOf({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) }),
      ...page,
    };
    return ask(api.GET('/api/panel/v1/credits', { params: { query } }));
  });
  return (
    <Stack gap="md">
      <CreditFilters />
      <Paged found={found} empty={<Empty title={t.credits.none} about={t.credits.noneAbout} />}>
        {(rows) => <CreditList rows={rows} />}
      </Paged>
    </Stack>
  );
}

/** All in the address. */
function CreditFilters() {
  const { t } = useSpeech();
  const shop = useShop();
  const { status, wallet, from, to, trx_id } = useSearch({ from: '/inside/m/$merchant/$mode/money' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/money' });
  const choose = useFilterChoice(navigate);
  const wallets = useQuery(walletsQuery(shop));
  return (
    <div className="filters">
      <ChoiceFilter
        label={t.payments.status}
        value={status}
        choices={creditStatuses.map((code) => [code, worded(t.credits.statuses, code)])}
        choose={choose('status')}
      />
      <ChoiceFilter
        label={t.payment.wallet}
        value={wallet}
        choices={(wallets.data ?? []).map(({ id, provider, number }) => [
          id,
          `${worded(t.providers, provider)} ${number}`,
        ])}
        choose={choose('wallet')}
      />
      <TextFilter label={t.payments.trxId} value={trx_id} choose={choose('trx_id')} />
      <TextFilter label={t.payments.from} type="date" value={from} choose={choose('from')} />
      <TextFilter label={t.payments.to} type="date" value={to} choose={choose('to')} />
    </div>
  );
}

function CreditList({ rows }: { readonly rows: readonly Credit[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<Credit>[] = [
    { name: 'at', title: t.review.receivedAt, show: ({ received_at }) => <When at={received_at} /> },
    {
      name: 'amount',
      title: t.payments.amount,
      isFigure: true,
      show: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    { name: 'became', title: t.credits.became, show: (row) => <Became row={row} /> },
    { name: 'trx', title: t.payments.trxId, isWide: true, show: ({ trx_id }) => <code>{trx_id ?? '—'}</code> },
    {
      name: 'wallet',
      title: t.payment.wallet,
      isWide: true,
      show: (row) => `${worded(t.providers, row.provider)} ${row.wallet_number}`,
    },
    { name: 'sender', title: t.payments.sender, isWide: true, show: ({ sender_number }) => sender_number ?? '—' },
    {
      name: 'message',
      title: t.credits.message,
      isFigure: true,
      show: ({ id }) => (
        <Dialog label={t.credits.read} title={t.credits.message} isSmall size="lg">
          {() => <Messages id={id} />}
        </Dialog>
      ),
    },
  ];
  return <List label={t.moneyIn.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** Where the money went: to a payment, to a case, or nowhere yet. */
function Became({ row }: { readonly row: Credit }) {
  const { t } = useSpeech();
  const { merchant, mode } = useShop();
  const word = worded(t.credits.statuses, row.status);
  if (row.payment_id !== null) return <ToPayment id={row.payment_id}>{word}</ToPayment>;
  if (row.case_id !== null && row.status === 'in_review')
    return (
      <Anchor
        component={Link}
        to="/m/$merchant/$mode/review"
        params={{ merchant, mode } as never}
        search={{ case: row.case_id } as never}
      >
        {worded(t.reasons, row.case_reason)}
      </Anchor>
    );
  return <Status code={row.status} />;
}

function Messages({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const { api, key } = useShop();
  const credit = useQuery({
    queryKey: [...key, 'credit', id],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/credits/{id}', { params: { path: { id } } }))).data,
  });
  return (
    <Answer query={credit}>
      {({ messages }) =>
        messages.length === 0 ? (
          <Text size="sm">{t.credits.noMessage}</Text>
        ) : (
          messages.map((message) => <MarkedMessage key={message.id} message={message} />)
        )
      }
    </Answer>
  );
}
