import { Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { WebhookDelivery } from '../api/shapes';
import { endpointsQuery } from '../api/shop-queries';
import { Answer } from '../parts/answer';
import { ChoiceFilter } from '../parts/filters';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts, worded } from '../texts/texts';
import { DeliveryList } from './delivery-list';
import { AddEndpoint, EndpointCard } from './webhook-endpoint';
import { WebhookReplays } from './webhook-replays';

const PAGE = 50;
const deliveryStatuses = ['pending', 'delivered', 'given_up', 'superseded', 'cancelled'] as const;

/** How the shop is told: its endpoints, and everything that was or is to be sent to them. */
export function Webhooks() {
  const { webhooks: texts, replays } = useTexts();
  const { may } = useShop();
  const { tab = 'endpoints' } = useSearch({ from: '/inside/m/$merchant/$mode/webhooks' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/webhooks' });
  return (
    <Screen title={texts.title} about={texts.about} actions={may('develop') && <AddEndpoint />}>
      <Tabs
        value={tab}
        onChange={(chosen) => void navigate({ search: chosen === null ? {} : { tab: chosen } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="endpoints">{texts.endpoints}</Tabs.Tab>
          <Tabs.Tab value="deliveries">{texts.deliveries}</Tabs.Tab>
          <Tabs.Tab value="replays">{replays.title}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="endpoints">
          <Endpoints />
        </Tabs.Panel>
        <Tabs.Panel value="deliveries">
          <Deliveries />
        </Tabs.Panel>
        <Tabs.Panel value="replays">
          <WebhookReplays />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}

function Endpoints() {
  const { webhooks: texts } = useTexts();
  const endpoints = useQuery(endpointsQuery(useShop()));
  return (
    <Answer query={endpoints}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={texts.none} about={texts.noneAbout} />
        ) : (
          <Stack gap="md">
            {rows.map((endpoint) => (
              <EndpointCard key={endpoint.id} endpoint={endpoint} />
            ))}
          </Stack>
        )
      }
    </Answer>
  );
}

function useDeliveries(status: string | undefined) {
  const { api, key } = useShop();
  return usePages([...key, 'deliveries', { status }], async (page) => {
    const wanted = status as WebhookDelivery['status'] | undefined;
    const query = {
      limit: PAGE,
      ...(wanted !== undefined && { status: wanted }),
      ...(page.after !== undefined && { before: page.after }),
    };
    const { data } = await ask(api.GET('/api/panel/v1/webhook-deliveries', { params: { query } }));
    return { data, next: data.length < PAGE ? null : (data.at(-1)?.id ?? null) };
  });
}

function Deliveries() {
  const { webhooks: texts, payments, statuses, deliver } = useTexts();
  const { status } = useSearch({ from: '/inside/m/$merchant/$mode/webhooks' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/webhooks' });
  const found = useDeliveries(status);
  return (
    <Stack gap="md">
      <div className="filters">
        <ChoiceFilter
          label={payments.status}
          value={status}
          choices={deliveryStatuses.map((code) => [code, worded(statuses, code)])}
          choose={(value) =>
            void navigate({ search: { tab: 'deliveries', ...(value !== undefined && { status: value }) } })
          }
        />
      </div>
      <Paged found={found} empty={<Empty title={texts.noDeliveries} about={deliver.noneAbout} />}>
        {(rows) => <DeliveryList rows={rows} />}
      </Paged>
    </Stack>
  );
}
