import { NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { ParkedMessage } from '../api/shapes';
import { Empty } from '../parts/notice';
import { Paged } from '../parts/paged';
import { ParkedDecisions, ParkedText } from '../parts/parked';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useTexts, worded } from '../texts/texts';

const PAGE = 50;
const LIVE_EVERY_MS = 10_000;
const parkedStatuses = ['parked', 'discarded'] as const;

/** Messages that told of money and could not be taken yet: none of them is lost, also when it is given up. */
export function ParkedMessages() {
  const { moneyIn: texts, payments, statuses } = useTexts();
  const { api, key } = useShop();
  const { status: given } = useSearch({ from: '/inside/m/$merchant/$mode/money' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/money' });
  const status = given === 'discarded' ? 'discarded' : 'parked';
  const found = useInfiniteQuery({
    queryKey: [...key, 'parked', status],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      const query = { status, limit: PAGE, ...(pageParam !== null && { before: pageParam }) } as const;
      const { data } = await ask(api.GET('/api/panel/v1/parked-messages', { params: { query } }));
      return { data, next: data.length < PAGE ? null : (data.at(-1)?.id ?? null) };
    },
    getNextPageParam: ({ next }) => next,
    refetchInterval: LIVE_EVERY_MS,
  });
  return (
    <Stack gap="md">
      <div className="filters">
        <NativeSelect
          size="xs"
          label={payments.status}
          value={status}
          onChange={(event) =>
            void navigate({ search: { tab: 'parked', status: event.currentTarget.value }, replace: true })
          }
          data={parkedStatuses.map((value) => ({ value, label: worded(statuses, value) }))}
        />
      </div>
      <Paged
        found={found}
        empty={
          <Empty title={status === 'parked' ? texts.noneParked : texts.noneGivenUp} about={texts.noneParkedAbout} />
        }
      >
        {(rows) => rows.map((row) => <Parked key={row.id} row={row} />)}
      </Paged>
    </Stack>
  );
}

function Parked({ row }: { readonly row: ParkedMessage }) {
  const { moneyIn: texts } = useTexts();
  const { api, may } = useShop();
  const params = { path: { id: row.id } };
  return (
    <ParkedText title={row.sender ?? row.kind} row={row}>
      <Text size="xs" c="dimmed">
        <When at={row.parked_at} />
      </Text>
      {may('money') && row.status === 'parked' && (
        <ParkedDecisions
          row={row}
          replays={{
            [texts.replay]: () => ask(api.POST('/api/panel/v1/parked-messages/{id}/replay', { params, body: {} })),
          }}
          giveUpAbout={texts.giveUpAbout}
          giveUp={(reason) => ask(api.POST('/api/panel/v1/parked-messages/{id}/discard', { params, body: { reason } }))}
        />
      )}
    </ParkedText>
  );
}
