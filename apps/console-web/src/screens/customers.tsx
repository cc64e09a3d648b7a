import { Anchor } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ask } from '../api/client';
import type { Customer } from '../api/shapes';
import { TextFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts } from '../texts/texts';

/** Who pays, of both contracts, newest first. */
export function Customers() {
  const { customers: texts, payments } = useTexts();
  const { api, key } = useShop();
  const { q } = useSearch({ from: '/inside/m/$merchant/$mode/customers' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/customers' });
  const choose = useCallback(
    (value: string | undefined) => void navigate({ search: value === undefined ? {} : { q: value }, replace: true }),
    [navigate],
  );
  const found = usePages([...key, 'customers', { q }], (page) => {
    const query = { limit: 50, ...(q !== undefined && { q }), ...page };
    return ask(api.GET('/api/panel/v1/customers', { params: { query } }));
  });
  return (
    <Screen title={texts.title} about={texts.about}>
      <div className="filters" role="search">
        <TextFilter label={payments.search} type="search" placeholder={texts.example} value={q} choose={choose} />
      </div>
      <Paged
        found={found}
        empty={
          <Empty
            title={q === undefined ? texts.none : texts.noneFound}
            about={q === undefined ? texts.noneAbout : texts.noneFoundAbout}
          />
        }
      >
        {(rows) => <CustomerList rows={rows} />}
      </Paged>
    </Screen>
  );
}

function CustomerList({ rows }: { readonly rows: readonly Customer[] }) {
  const { t } = useSpeech();
  const { merchant, mode } = useShop();
  const counted = useCounted();
  const columns: readonly Column<Customer>[] = [
    {
      name: 'customer',
      title: t.payment.customer,
      show: (row) => (
        <Anchor
          component={Link}
          to="/m/$merchant/$mode/customers/$customer"
          params={{ merchant, mode, customer: row.id } as never}
          fw={600}
        >
          {row.name ?? row.phone ?? row.email ?? row.reference}
        </Anchor>
      ),
    },
    { name: 'phone', title: t.customers.phone, isWide: true, show: ({ phone }) => phone ?? '—' },
    { name: 'email', title: t.login.email, isWide: true, show: ({ email }) => email ?? '—' },
    { name: 'payments', title: t.payments.title, isFigure: true, show: counted },
    { name: 'last', title: t.customers.last, show: ({ last_payment_at }) => <When at={last_payment_at} /> },
  ];
  return <List label={t.customers.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** How many payments, or that there are more than were counted. */
export function useCounted(): (customer: Customer) => string {
  const { count } = useSpeech();
  return ({ payments }) => (payments.is_exact ? count(payments.count) : `> ${count(payments.count)}`);
}
