import { NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask, panelClient } from '../api/client';
import type { ParkedMessageOfAny } from '../api/shapes';
import { Empty, Notice } from '../parts/notice';
import { Paged } from '../parts/paged';
import { ParkedDecisions, ParkedText } from '../parts/parked';
import { Screen } from '../parts/screen';
import { Facts, When } from '../parts/values';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';

const LIVE_EVERY_MS = 10_000;
const services = ['api-gateway', 'payments', 'sms-matching', 'webhook-dispatch'] as const;
const statuses = ['parked', 'discarded'] as const;

/** What no service could take, of every merchant: seen here, tried again or given up. */
export function OperatorParkedMessages() {
  const { parkedEverywhere: texts, moneyIn } = useTexts();
  const given = useSearch({ from: '/inside/operator/parked-messages' });
  const service = services.find((each) => each === given.service);
  const status = given.status === 'discarded' ? 'discarded' : 'parked';
  const found = useInfiniteQuery({
    queryKey: ['installation', 'parked', service, status],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const page = { status, limit: 50, ...(pageParam !== null && { after: pageParam }) } as const;
      const query = { ...page, ...(service !== undefined && { service }) };
      return ask(panelClient(null).GET('/api/panel/v1/operator/parked-messages', { params: { query } }));
    },
    getNextPageParam: ({ next }) => next,
    refetchInterval: LIVE_EVERY_MS,
  });
  const silent = [...new Set(found.data?.pages.flatMap(({ meta }) => meta.silent) ?? [])];
  return (
    <Screen title={texts.title} about={texts.about}>
      <Stack gap="md">
        <Filters service={service} status={status} />
        {silent.length > 0 && (
          <Notice tone="warn">
            <Text size="sm">{fill(texts.silent, { services: silent.join(', ') })}</Text>
          </Notice>
        )}
        <Paged
          found={found}
          empty={<Empty title={status === 'parked' ? texts.none : moneyIn.noneGivenUp} about={texts.noneAbout} />}
        >
          {(rows) => rows.map((row) => <Parked key={row.id} row={row} />)}
        </Paged>
      </Stack>
    </Screen>
  );
}

function Filters(props: {
  readonly service: (typeof services)[number] | undefined;
  readonly status: (typeof statuses)[number];
}) {
  const { parkedEverywhere: texts, payments, statuses: words } = useTexts();
  const navigate = useNavigate({ from: '/operator/parked-messages' });
  const choose = (change: { readonly service?: string; readonly status?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  return (
    <div className="filters">
      <NativeSelect
        size="xs"
        label={texts.service}
        value={props.service ?? ''}
        onChange={(event) => choose({ service: event.currentTarget.value })}
        data={[{ value: '', label: texts.allServices }, ...services.map((value) => ({ value, label: value }))]}
      />
      <NativeSelect
        size="xs"
        label={payments.status}
        value={props.status}
        onChange={(event) => choose({ status: event.currentTarget.value })}
        data={statuses.map((value) => ({ value, label: worded(words, value) }))}
      />
    </div>
  );
}

function Parked({ row }: { readonly row: ParkedMessageOfAny }) {
  const { parkedEverywhere: texts, moneyIn } = useTexts();
  const params = { path: { id: row.id } };
  const api = panelClient(null);
  const replay = (whole_order: boolean) => () =>
    ask(api.POST('/api/panel/v1/operator/parked-messages/{id}/replay', { params, body: { whole_order } }));
  return (
    <ParkedText title={row.sender ?? row.type ?? row.topic} row={row}>
      <About row={row} />
      {row.status === 'parked' && (
        <ParkedDecisions
          row={row}
          replays={{ [moneyIn.replay]: replay(false), [texts.replayOrder]: replay(true) }}
          giveUpAbout={texts.giveUpAbout}
          giveUp={(reason) =>
            ask(api.POST('/api/panel/v1/operator/parked-messages/{id}/discard', { params, body: { reason } }))
          }
        />
      )}
    </ParkedText>
  );
}

function About({ row }: { readonly row: ParkedMessageOfAny }) {
  const { parkedEverywhere: texts, common } = useTexts();
  const { count } = useSpeech();
  const { merchant, livemode } = row;
  return (
    <Facts
      facts={[
        [texts.service, row.service],
        [
          common.merchant,
          merchant === null ? (
            texts.noMerchant
          ) : (
            <Link to="/operator/merchants/$id" params={{ id: merchant.id }}>
              {merchant.name === '' ? merchant.id : merchant.name}
            </Link>
          ),
        ],
        [common.mode, livemode === null ? null : livemode ? common.live : common.test],
        [texts.group, row.consumer_group],
        [texts.topic, row.topic],
        [texts.orderKey, row.order_key],
        [texts.parkedAt, <When key="at" at={row.parked_at} />],
        [texts.attempts, count(row.attempts)],
        [texts.behind, count(row.behind)],
      ]}
    />
  );
}
