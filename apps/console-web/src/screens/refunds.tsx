import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { ListedRefund } from '../api/shapes';
import { TextFilter, useFilterChoice } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { Money, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts } from '../texts/texts';
import { momentsOf } from './days';

/** Money that was sent back, each time it was, and for which payment. */
export function Refunds() {
  const { refunds: texts } = useTexts();
  const { api, key } = useShop();
  const days = useSearch({ from: '/inside/m/$merchant/$mode/refunds' });
  const found = usePages([...key, 'refunds', days], (page) => {
    const query = { ...momentsOf(days), ...page };
    return ask(api.GET('/api/panel/v1/refunds', { params: { query } }));
  });
  return (
    <Screen title={texts.title} about={texts.about}>
      <Days days={days} />
      <Paged found={found} empty={<Empty title={texts.none} about={texts.noneAbout} />}>
        {(rows) => <RefundList rows={rows} />}
      </Paged>
    </Screen>
  );
}

function Days({ days }: { readonly days: { readonly from?: string; readonly to?: string } }) {
  const { payments } = useTexts();
  const navigate = useNavigate({ from: '/m/$merchant/$mode/refunds' });
  const choose = useFilterChoice(navigate);
  return (
    <div className="filters">
      <TextFilter label={payments.from} type="date" value={days.from} choose={choose('from')} />
      <TextFilter label={payments.to} type="date" value={days.to} choose={choose('to')} />
    </div>
  );
}

function RefundList({ rows }: { readonly rows: readonly ListedRefund[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<ListedRefund>[] = [
    { name: 'at', title: t.refunds.at, show: ({ created_at }) => <When at={created_at} /> },
    {
      name: 'payment',
      title: t.payments.payment,
      show: ({ payment }) => (
        <ToPayment id={payment.id} fw={600}>
          {payment.invoice_id ?? payment.id.slice(-10)}
        </ToPayment>
      ),
    },
    {
      name: 'amount',
      title: t.refunds.amount,
      isFigure: true,
      show: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    {
      name: 'of',
      title: t.refunds.of,
      isFigure: true,
      isWide: true,
      show: ({ payment, currency }) => <Money amount={payment.amount} currency={currency} />,
    },
    {
      name: 'status',
      title: t.payments.status,
      isWide: true,
      show: ({ payment }) => <Status code={payment.status} />,
    },
    { name: 'source', title: t.refunds.source, isWide: true, show: ({ source }) => t.refunds.sources[source] },
  ];
  return <List label={t.refunds.title} columns={columns} rows={rows} rowKey={({ id }) => String(id)} />;
}
