import { Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { WebhookDelivery } from '../api/shapes';
import { Answer, Failure } from '../parts/answer';
import { ChoiceFilter } from '../parts/filters';
import { Empty } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Loading } from '../shell/outcomes';
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
  const { api, key } = useShop();
  const endpoints = useQuery({
    queryKey: [...key, 'endpoints'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/webhook-endpoints'))).data,
  });
  return (
    <Answer query={endpoints}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={texts.none}>
            <Text size="sm" c="dimmed">
              {texts.noneAbout}
            </Text>
          </Empty>
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
  return useInfiniteQuery({
    queryKey: [...key, 'deliveries', { status }],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      const wanted = status as WebhookDelivery['status'] | undefined;
      const query = {
        limit: PAGE,
        ...(wanted !== undefined && { status: wanted }),
        ...(pageParam !== null && { before: pageParam }),
      };
      return (await ask(api.GET('/api/panel/v1/webhook-deliveries', { params: { query } }))).data;
    },
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.id ?? null)),
  });
}

function Deliveries() {
  const { webhooks: texts, payments, statuses, common } = useTexts();
  const { status } = useSearch({ from: '/inside/m/$merchant/$mode/webhooks' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/webhooks' });
  const found = useDeliveries(status);
  const rows = found.data?.pages.flat() ?? [];
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
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data !== undefined &&
        (rows.length === 0 ? <Empty title={texts.noDeliveries} /> : <DeliveryList rows={rows} />)}
      {found.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {common.more}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
