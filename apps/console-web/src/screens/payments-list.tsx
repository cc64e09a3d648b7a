import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { ListedPayment } from '../api/shapes';
import { useKept } from '../parts/kept';
import { List, type Column } from '../parts/list';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { Money, When } from '../parts/values';
import { useSpeech, worded } from '../texts/texts';
import type { PaymentSearch } from './payments-filters';

/** Those that can be left out; the payment itself always stands first. */
const columnNames = [
  ...(['status', 'amount', 'method', 'wallet', 'trx', 'sender', 'source', 'received', 'refunded'] as const),
  ...(['created', 'completed'] as const),
];
type ColumnName = (typeof columnNames)[number];
const usual: readonly ColumnName[] = ['status', 'amount', 'method', 'trx', 'sender', 'created'];

function useColumns(inAddress: string | undefined) {
  const [kept, keep] = useKept<readonly string[]>('payment-columns', usual);
  const wanted = inAddress?.split(',') ?? kept;
  return [columnNames.filter((name) => wanted.includes(name)), keep] as const;
}

/** In the address, for whoever it is sent to, and kept as what this person sees the next time. */
export function ColumnChoice({ search }: { readonly search: PaymentSearch }) {
  const { t } = useSpeech();
  const navigate = useNavigate({ from: '/m/$merchant/$mode/payments' });
  const [shown, keep] = useColumns(search.columns);
  const choose = (name: ColumnName, isWanted: boolean) => {
    const chosen = columnNames.filter((each) => (each === name ? isWanted : shown.includes(each)));
    keep(chosen);
    void navigate({ search: (before) => ({ ...before, columns: chosen.join(',') }), replace: true });
  };
  const titles = useColumnTitles();
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default">{t.views.columns}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.views.columns}>
        <Stack gap="xs">
          {columnNames.map((name) => (
            <Checkbox
              key={name}
              size="sm"
              label={titles[name]}
              checked={shown.includes(name)}
              onChange={(event) => choose(name, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function useColumnTitles(): Readonly<Record<ColumnName, string>> {
  const { t } = useSpeech();
  return {
    status: t.payments.status,
    amount: t.payments.amount,
    method: t.payments.method,
    wallet: t.payment.wallet,
    trx: t.payments.trxId,
    sender: t.payments.sender,
    source: t.views.source,
    received: t.payment.received,
    refunded: t.payment.refunded,
    created: t.payments.created,
    completed: t.payment.completedAt,
  };
}

/** j and k go from row to row, Enter opens the one that has the focus. */
function useRowKeys(): void {
  const step = (by: number) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('.list tbody tr td:first-child a')];
    const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
    links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  };
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
  ]);
}

export function PaymentList(props: { readonly rows: readonly ListedPayment[]; readonly columns?: string | undefined }) {
  const { t } = useSpeech();
  const titles = useColumnTitles();
  const [shown] = useColumns(props.columns);
  useRowKeys();
  const money = (amount: string | null, currency: string) =>
    amount === null || /^0\.0+$/.test(amount) ? '—' : <Money amount={amount} currency={currency} />;
  const show: Readonly<Record<ColumnName, Pick<Column<ListedPayment>, 'show' | 'isFigure' | 'isWide'>>> = {
    status: { show: ({ status }) => <Status code={status} /> },
    amount: { isFigure: true, show: ({ amount, currency }) => <Money amount={amount} currency={currency} /> },
    method: { isWide: true, show: ({ provider, method }) => worded(t.providers, provider ?? method) },
    wallet: { isWide: true, show: ({ wallet_number }) => wallet_number ?? '—' },
    trx: { isWide: true, show: ({ trx_id }) => trx_id && <code>{trx_id}</code> },
    sender: { isWide: true, show: ({ sender_number }) => sender_number ?? '—' },
    source: { isWide: true, show: ({ source }) => t.views.sources[source] },
    received: {
      isFigure: true,
      isWide: true,
      show: ({ received_amount, currency }) => money(received_amount, currency),
    },
    refunded: {
      isFigure: true,
      isWide: true,
      show: ({ refunded_amount, currency }) => money(refunded_amount, currency),
    },
    created: { isWide: true, show: ({ created_at }) => <When at={created_at} /> },
    completed: { isWide: true, show: ({ completed_at }) => <When at={completed_at} /> },
  };
  const columns: readonly Column<ListedPayment>[] = [
    {
      name: 'payment',
      title: t.payments.payment,
      show: (payment) => (
        <ToPayment id={payment.id} fw={600}>
          {payment.invoice_id ?? payment.id.slice(-10)}
        </ToPayment>
      ),
    },
    ...shown.map((name) => ({ name, title: titles[name], ...show[name] })),
  ];
  return <List label={t.payments.title} columns={columns} rows={props.rows} rowKey={({ id }) => id} />;
}
