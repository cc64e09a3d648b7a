import { Group, SegmentedControl, Table, Text, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReviewCase } from '../api/shapes';
import { casesQuery } from '../api/shop-queries';
import { Answer } from '../parts/answer';
import { Empty } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Money, When } from '../parts/values';
import { useLiveInterval } from '../shell/live-context';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts, worded } from '../texts/texts';
import { ReviewCaseView } from './review-case';
import { Window } from '../parts/window';

const LIVE_EVERY_MS = 5_000;

/** Money and messages that wait for a person: the queue on the left, the case on the right, both by keyboard. */
export function Review() {
  const { review, statuses } = useTexts();
  const shop = useShop();
  const { status = 'open', case: opened, holder } = useSearch({ from: '/inside/m/$merchant/$mode/review' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/review' });
  const isOpen = status !== 'closed';
  const isMine = holder === 'me';
  const show = (chosen: { readonly status?: string; readonly holder?: string }) =>
    void navigate({ search: { status, ...(isMine && { holder: 'me' }), ...chosen } });
  const cases = useQuery({
    ...casesQuery(shop, isOpen ? 'open' : 'closed', isMine ? 'me' : undefined),
    refetchInterval: useLiveInterval(LIVE_EVERY_MS),
  });
  const open = (id: string) => void navigate({ search: (before) => ({ ...before, case: id }), replace: true });
  return (
    <Screen
      title={review.title}
      about={review.about}
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            value={isMine ? 'me' : 'all'}
            onChange={(chosen) => show({ holder: chosen })}
            data={(['all', 'me'] as const).map((value) => ({ value, label: review.whose[value] }))}
            aria-label={review.whoseCases}
          />
          <SegmentedControl
            size="xs"
            value={isOpen ? 'open' : 'closed'}
            onChange={(chosen) => show({ status: chosen })}
            data={(['open', 'closed'] as const).map((value) => ({ value, label: statuses[value] }))}
            aria-label={review.which}
          />
        </Group>
      }
    >
      <Answer query={cases}>
        {(rows) =>
          rows.length === 0 && opened === undefined ? (
            <Empty title={isOpen ? review.none : review.noneClosed} about={review.noneAbout} />
          ) : (
            <Queue rows={rows} opened={opened ?? rows[0]?.id} open={open} />
          )
        }
      </Answer>
    </Screen>
  );
}

interface QueueProps {
  readonly rows: readonly ReviewCase[];
  readonly opened: string | undefined;
  readonly open: (id: string) => void;
}

function Queue({ rows, opened, open }: QueueProps) {
  const { review } = useTexts();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const at = rows.findIndex(({ id }) => id === opened);
  const step = (by: number) => {
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (next !== undefined) open(next.id);
  };
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['shift+?', () => setHelpOpen(true)],
  ]);
  useEffect(() => {
    document.querySelector('.queue [aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  return (
    <>
      <div className="two-panes">
        {rows.length === 0 ? (
          <Empty title={review.none} />
        ) : (
          <ol className="queue" aria-label={review.queue}>
            {rows.map((row) => (
              <li key={row.id}>
                <QueueRow row={row} isOpen={row.id === opened} open={open} />
              </li>
            ))}
          </ol>
        )}
        {opened !== undefined && <ReviewCaseView key={opened} id={opened} next={() => step(1)} />}
      </div>
      <Text size="xs" c="dimmed" className="keyboard-hint">
        {review.keysHint}
      </Text>
      <Window isOpen={isHelpOpen} close={() => setHelpOpen(false)} title={review.keys}>
        <Table>
          <Table.Tbody>
            {(['j', 'k', 'a', 'r', 'i', 'h', '?'] as const).map((name) => (
              <Table.Tr key={name}>
                <Table.Td>
                  <kbd>{name}</kbd>
                </Table.Td>
                <Table.Td>{review.keyMeanings[name]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Window>
    </>
  );
}

function QueueRow(props: { readonly row: ReviewCase; readonly isOpen: boolean; readonly open: (id: string) => void }) {
  const { t } = useSpeech();
  const { row } = props;
  return (
    <UnstyledButton className="queue-row" aria-current={props.isOpen} onClick={() => props.open(row.id)}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600}>
          {worded(t.reasons, row.reason)}
        </Text>
        {row.credit !== null && (
          <Text size="sm" fw={600}>
            <Money amount={row.credit.amount} currency={row.credit.currency} />
          </Text>
        )}
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" c="dimmed" truncate>
          {worded(t.providers, row.provider)} {row.credit?.trx_id ?? row.awaited_trx_id ?? ''}
          {row.holder === null ? '' : ` · ${row.holder.name}`}
        </Text>
        <Text size="xs" c="dimmed">
          <When at={row.opened_at} />
        </Text>
      </Group>
    </UnstyledButton>
  );
}
