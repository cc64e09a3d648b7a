import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { Customer as CustomerShape } from '../api/shapes';
import { Answer } from '../parts/answer';
import { Empty } from '../parts/notice';
import { Paged } from '../parts/paged';
import { Panel, Screen } from '../parts/screen';
import { Copied, Facts, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech } from '../texts/texts';
import { EraseCustomer } from './customer-erasure';
import { useCounted } from './customers';
import { PaymentList } from './payments-list';
import { Totals } from './payments-totals';
import { usePayments } from './payments-query';

/** One customer: how to reach them, and what they were asked for. */
export function Customer() {
  const { api, key } = useShop();
  const { customer: id } = useParams({ from: '/inside/m/$merchant/$mode/customers/$customer' });
  const found = useQuery({
    queryKey: [...key, 'customer', id],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/customers/{id}', { params: { path: { id } } }))).data,
  });
  return <Answer query={found}>{(customer) => <CustomerView customer={customer} />}</Answer>;
}

function CustomerView({ customer }: { readonly customer: CustomerShape }) {
  const { t } = useSpeech();
  const shop = useShop();
  const counted = useCounted();
  const { merchant, mode } = shop;
  const found = usePayments(shop, { customer: customer.id });
  const totals = found.data?.pages[0]?.totals ?? null;
  return (
    <Screen
      title={customer.name ?? customer.phone ?? customer.email ?? customer.reference}
      actions={<EraseCustomer customer={customer} />}
    >
      <Panel title={t.customers.contact}>
        <Facts
          facts={[
            [t.customers.phone, customer.phone && <Copied key="phone" text={customer.phone} />],
            [t.login.email, customer.email && <Copied key="email" text={customer.email} />],
            [t.customers.reference, <Copied key="reference" text={customer.reference} />],
            [t.payments.title, counted(customer)],
            [t.customers.last, <When key="last" at={customer.last_payment_at} />],
            [t.payments.created, <When key="created" at={customer.created_at} />],
          ]}
        />
      </Panel>
      <Panel
        title={t.payments.title}
        actions={
          <Anchor
            component={Link}
            size="sm"
            to="/m/$merchant/$mode/payments"
            params={{ merchant, mode } as never}
            search={{ customer: customer.id } as never}
          >
            {t.customers.filter}
          </Anchor>
        }
      >
        {totals !== null && totals.count > 0 && <Totals totals={totals} />}
        <Paged found={found} empty={<Empty title={t.payments.none} about={t.customers.nonePaid} />}>
          {(rows) => <PaymentList rows={rows} />}
        </Paged>
      </Panel>
    </Screen>
  );
}
