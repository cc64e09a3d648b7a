import { Radio, Stack, Text } from '@mantine/core';
import type { ReviewCaseWithPayment } from '../api/shapes';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { Money, When } from '../parts/values';
import { useSpeech, worded } from '../texts/texts';

type Candidate = ReviewCaseWithPayment['candidates'][number];

/** Payments the money may be for, likeliest first, as the gateway has compared them. */
export function ReviewCandidates(props: {
  readonly row: ReviewCaseWithPayment;
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
}) {
  const { t } = useSpeech();
  const { row } = props;
  const known = row.candidates.some(({ payment }) => payment.id === row.payment?.id);
  return (
    <Panel title={t.review.candidates}>
      {row.candidates.length === 0 && row.payment === null ? (
        <Text size="sm" c="dimmed">
          {t.review.noCandidates}
        </Text>
      ) : (
        <Radio.Group value={props.chosen ?? ''} onChange={props.choose} aria-label={t.review.candidates}>
          <Stack gap="xs">
            {row.payment !== null && !known && <CandidateCard payment={row.payment} differs={[]} row={row} />}
            {row.candidates.map(({ payment, differs }) => (
              <CandidateCard key={payment.id} payment={payment} differs={differs} row={row} />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Panel>
  );
}

interface CandidateCardProps {
  readonly payment: NonNullable<ReviewCaseWithPayment['payment']>;
  readonly differs: Candidate['differs'];
  readonly row: ReviewCaseWithPayment;
}

function CandidateCard({ payment, differs, row }: CandidateCardProps) {
  const { t } = useSpeech();
  const objection = row.claims.find(({ payment_id }) => payment_id === payment.id)?.objection ?? null;
  const isOther = (field: Candidate['differs'][number]['field']) => differs.some((each) => each.field === field);
  return (
    <div className="candidate">
      <Radio
        value={payment.id}
        label={payment.invoice_id ?? payment.id.slice(-10)}
        description={objection === null ? undefined : worded(t.reasons, objection)}
      />
      <dl className="compared">
        <Compared name={t.payments.amount} differs={isOther('amount')}>
          <Money amount={payment.amount} currency={payment.currency} />
        </Compared>
        <Compared name={t.payments.trxId} differs={isOther('trx_id')}>
          <code>{payment.trx_id ?? '—'}</code>
        </Compared>
        <Compared name={t.payment.wallet} differs={isOther('wallet_number')}>
          {payment.wallet_number ?? '—'}
        </Compared>
        <Compared name={t.payments.sender} differs={isOther('sender_number')}>
          {payment.sender_number ?? '—'}
        </Compared>
      </dl>
      <Text size="xs" c="dimmed">
        <Status code={payment.status} /> · <When at={payment.created_at} /> ·{' '}
        <ToPayment id={payment.id} size="xs" underline="always">
          {t.review.openPayment}
        </ToPayment>
      </Text>
    </div>
  );
}

/** A value beside that of the money that arrived: where they differ, by a word as well as by its look. */
function Compared(props: { readonly name: string; readonly differs: boolean; readonly children: React.ReactNode }) {
  const { t } = useSpeech();
  return (
    <div data-differs={props.differs}>
      <dt>{props.name}</dt>
      <dd>
        {props.children}
        {props.differs && <span className="differs"> {t.review.differs}</span>}
      </dd>
    </div>
  );
}
