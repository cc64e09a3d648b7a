import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { Answer } from '../parts/answer';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';
import { DeliveryList } from './delivery-list';

/** How the shop was told of one payment. */
export function PaymentDeliveries({ id }: { readonly id: string }) {
  const { payment } = useTexts();
  const { api, key } = useShop();
  const deliveries = useQuery({
    queryKey: [...key, 'deliveries', { payment: id }],
    queryFn: async () =>
      (await ask(api.GET('/api/panel/v1/webhook-deliveries', { params: { query: { payment_id: id } } }))).data,
    // Nobody tells of each attempt of a webhook.
    refetchInterval: 5_000,
  });
  return (
    <Answer query={deliveries} lines={2}>
      {(rows) =>
        rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            {payment.noWebhooks}
          </Text>
        ) : (
          <DeliveryList rows={rows} isOfOnePayment />
        )
      }
    </Answer>
  );
}
