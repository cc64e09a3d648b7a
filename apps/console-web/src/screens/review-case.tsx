import { Button, Group, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import type { ReviewCaseWithPayment } from '../api/shapes';
import { Answer } from '../parts/answer';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { Facts, Money, When } from '../parts/values';
import { useLiveInterval } from '../shell/live-context';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';
import { ReviewCandidates } from './review-candidates';
import { DecisionDialog, type Decision } from './review-decision';
import { HandOverDialog } from './review-handover';

/** What arrived and what it may be for, side by side, with what a person may decide. */
export function ReviewCaseView({ id, next }: { readonly id: string; readonly next: () => void }) {
  const { api, key } = useShop();
  const found = useQuery({
    queryKey: [...key, 'case', id],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/review-cases/{id}', { params: { path: { id } } }))).data,
    refetchInterval: useLiveInterval(5_000),
  });
  return <Answer query={found}>{(row) => <Case row={row} next={next} />}</Answer>;
}

function Case({ row, next }: { readonly row: ReviewCaseWithPayment; readonly next: () => void }) {
  const { t } = useSpeech();
  const { may } = useShop();
  const [decision, setDecision] = useState<Decision | null>(null);
  const [isHandingOver, setHandingOver] = useState(false);
  const [chosen, setChosen] = useState<string | null>(row.payment_id ?? row.claims[0]?.payment_id ?? null);
  const isOpen = row.status === 'open' && may('money');
  const may_ = decisionsOf(row);
  const begin = (wanted: Decision) => {
    if (isOpen && may_.includes(wanted)) setDecision(wanted);
  };
  useHotkeys([
    ['a', () => begin(row.credit === null ? 'complete' : 'assign')],
    ['r', () => begin('reject')],
    ['i', () => begin('ignore')],
    ['h', () => setHandingOver(isOpen)],
  ]);
  return (
    <Stack gap="md" className="case" component="article" aria-label={worded(t.reasons, row.reason)}>
      <Panel>
        <Group justify="space-between" mb="sm">
          <div>
            <Text fw={650}>{worded(t.reasons, row.reason)}</Text>
            <Text size="sm" c="dimmed">
              {worded(t.reasonsAbout, row.reason in t.reasonsAbout ? row.reason : 'other')}
            </Text>
          </div>
          <Status code={row.status} />
        </Group>
        {isOpen && (
          <Group gap="xs">
            {may_.map((name, index) => (
              <Button key={name} variant={index === 0 ? 'filled' : 'default'} onClick={() => setDecision(name)}>
                {t.review.decisions[name]}
              </Button>
            ))}
            <Button variant="default" onClick={() => setHandingOver(true)}>
              {t.review.handOver}
            </Button>
          </Group>
        )}
        {row.holder !== null && <Holder holder={row.holder} />}
        {row.status === 'closed' && <Text size="sm">{worded(t.resolutions, row.resolution)}</Text>}
      </Panel>
      <div className="side-by-side">
        <Arrived row={row} />
        <ReviewCandidates row={row} chosen={chosen} choose={setChosen} />
      </div>
      <History row={row} />
      {isHandingOver && <HandOverDialog row={row} close={() => setHandingOver(false)} />}
      {decision !== null && (
        <DecisionDialog
          row={row}
          decision={decision}
          paymentId={chosen}
          close={() => setDecision(null)}
          done={() => {
            setDecision(null);
            next();
          }}
        />
      )}
    </Stack>
  );
}

function Holder({ holder }: { readonly holder: NonNullable<ReviewCaseWithPayment['holder']> }) {
  const { review } = useTexts();
  return (
    <Text size="sm" mt="sm">
      {fill(review.heldBy, { name: holder.name, by: holder.given_by })} · <When at={holder.given_at} />
      {holder.note !== null && ` · ${holder.note}`}
    </Text>
  );
}

/** What makes sense for a case: a missing message has no money that could be put aside. */
function decisionsOf(row: ReviewCaseWithPayment): readonly Decision[] {
  if (row.proposal !== null) return ['confirm', 'ignore'];
  if (row.credit === null) return ['complete', 'reject'];
  return row.payment_id === null ? ['assign', 'ignore'] : ['assign', 'reject', 'ignore'];
}

function Arrived({ row }: { readonly row: ReviewCaseWithPayment }) {
  const { t } = useSpeech();
  const { review } = t;
  const money = row.credit ?? row.proposal;
  return (
    <Panel title={review.arrived}>
      {money === null ? (
        <Notice tone="warn" title={fill(review.noMessage, { trxId: row.awaited_trx_id ?? '—' })}>
          {(row.phones ?? []).map((phone) => (
            <Text size="sm" key={phone.id}>
              {phone.name}: <When at={phone.last_heard_at} otherwise={t.statuses.not_heard_yet} />
            </Text>
          ))}
        </Notice>
      ) : (
        <Facts
          facts={[
            [t.payments.amount, <Money key="amount" amount={money.amount} currency={money.currency} />],
            [t.payments.trxId, <code key="trx">{money.trx_id}</code>],
            [t.payments.method, worded(t.providers, money.provider)],
            [t.payment.wallet, money.wallet_number],
            [t.payments.sender, money.sender_number],
            [review.receivedAt, <When key="at" at={money.received_at} />],
          ]}
        />
      )}
      {row.proposal !== null && (
        <Notice tone="plain" title={fill(review.proposedBy, { name: row.proposal.proposed_by })}>
          <Text size="sm">{row.proposal.note}</Text>
        </Notice>
      )}
      {row.evidence.map((message) => (
        <figure key={message.id} className="evidence">
          <figcaption>
            {message.sender} · <When at={message.arrived_at} />
          </figcaption>
          <pre className="message">{message.body}</pre>
        </figure>
      ))}
    </Panel>
  );
}

function History({ row }: { readonly row: ReviewCaseWithPayment }) {
  const { review, resolutions } = useTexts();
  if (row.history.length === 0) return null;
  return (
    <Panel title={review.history}>
      <ol className="timeline">
        {row.history.map((entry) => (
          <li key={`${entry.at} ${entry.action}`}>
            <Text size="sm">
              <strong>{worded(resolutions, entry.action)}</strong> · {entry.actor} · <When at={entry.at} />
            </Text>
            {entry.note !== null && <Text size="sm">{entry.note}</Text>}
            {entry.payment_id !== null && (
              <ToPayment id={entry.payment_id} size="sm">
                {review.openPayment}
              </ToPayment>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
