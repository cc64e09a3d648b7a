import { Anchor, Button, Code, Group, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { ListedPayment } from '../api/shapes';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Paged } from '../parts/paged';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { Money, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts } from '../texts/texts';
import { usePayments } from './payments-query';

const outcomes = ['complete', 'fail', 'expire', 'review'] as const;
type Outcome = (typeof outcomes)[number];
/** As docs/reference/test-mode.md has them. */
const amounts: readonly (readonly [string, Outcome])[] = [
  ['700.01', 'complete'],
  ['700.02', 'fail'],
  ['700.03', 'expire'],
  ['700.04', 'review'],
];
const trxIds: readonly (readonly [string, Outcome])[] = [
  ['TESTPAID01', 'complete'],
  ['TESTFAIL01', 'fail'],
  ['TESTREVIEW', 'review'],
];

/** What can be pretended in test mode; live mode leads there. */
export function Simulator() {
  const { developers: texts } = useTexts();
  const { merchant, mode } = useShop();
  if (mode === 'live')
    return (
      <Empty title={texts.onlyTest}>
        <Link
          to="/m/$merchant/$mode/developers"
          params={{ merchant, mode: 'test' } as never}
          search={{ tab: 'simulator' } as never}
        >
          {texts.toTest}
        </Link>
      </Empty>
    );
  return (
    <Stack gap="md">
      <MakePayment />
      <PretendMessage />
      <OpenPayments />
      <Words />
    </Stack>
  );
}

/** A test payment without a line of code; what becomes of it is pretended in the list below. */
function MakePayment() {
  const { developers: texts, payments } = useTexts();
  const { api } = useShop();
  const [amount, setAmount] = useState('500.00');
  const make = useChange(() => ask(api.POST('/api/panel/v1/test/payments', { body: { amount } })));
  const made = make.data?.data;
  return (
    <Panel title={texts.make}>
      <form onSubmit={sends(make)}>
        <Stack gap="sm" maw={560}>
          <Text size="sm">{texts.makeAbout}</Text>
          <TextInput
            label={payments.amount}
            required
            inputMode="decimal"
            value={amount}
            error={fieldErrors(make.error)['amount']}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
          {make.error !== null && <Failure error={make.error} />}
          {made !== undefined && (
            <Notice tone="good" title={texts.made}>
              <Group gap="md">
                <Anchor href={made.checkout_url} target="_blank" rel="noreferrer" size="sm">
                  {texts.madePage}
                </Anchor>
                <ToPayment id={made.id} size="sm">
                  {texts.madeStory}
                </ToPayment>
              </Group>
            </Notice>
          )}
          <Group>
            <Button type="submit" loading={make.isPending}>
              {texts.makeGo}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function PretendMessage() {
  const { developers: texts, phones } = useTexts();
  const { api } = useShop();
  const [sender, setSender] = useState('bKash');
  const [body, setBody] = useState('');
  const send = useChange(
    () => ask(api.POST('/api/panel/v1/test/messages', { body: { sender, body } })),
    () => setBody(''),
  );
  return (
    <Panel title={texts.message}>
      <form onSubmit={sends(send)}>
        <Stack gap="sm" maw={560}>
          <Text size="sm">{texts.messageAbout}</Text>
          <TextInput
            label={phones.textFrom}
            required
            maxLength={64}
            value={sender}
            onChange={(event) => setSender(event.currentTarget.value)}
          />
          <Textarea
            label={phones.text}
            required
            autosize
            minRows={3}
            maxLength={4_000}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          {send.error !== null && <Failure error={send.error} />}
          {send.isSuccess && <Notice tone="good" title={texts.messageSent} />}
          <Group>
            <Button type="submit" loading={send.isPending}>
              {texts.messageGo}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function OpenPayments() {
  const { t } = useSpeech();
  const shop = useShop();
  const pending = usePayments(shop, { status: 'pending' });
  const claimed = usePayments(shop, { status: 'awaiting_verification' });
  const pretend = useChange(({ id, outcome }: { readonly id: string; readonly outcome: Outcome }) =>
    ask(shop.api.POST('/api/panel/v1/test/payments/{id}/{outcome}', { params: { path: { id, outcome } } })),
  );
  const columns: readonly Column<ListedPayment>[] = [
    {
      name: 'payment',
      title: t.payments.payment,
      show: (row) => (
        <Link
          to="/m/$merchant/$mode/payments/$payment"
          params={{ merchant: shop.merchant, mode: shop.mode, payment: row.id } as never}
        >
          {row.invoice_id ?? row.id.slice(-10)}
        </Link>
      ),
    },
    {
      name: 'amount',
      title: t.payments.amount,
      isFigure: true,
      show: (row) => <Money amount={row.amount} currency={row.currency} />,
    },
    { name: 'status', title: t.payments.status, isWide: true, show: ({ status }) => <Status code={status} /> },
    { name: 'at', title: t.payments.created, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
    {
      name: 'pretend',
      title: t.developers.pretend,
      show: ({ id }) => <Outcomes isBusy={pretend.isPending} choose={(outcome) => pretend.mutate({ id, outcome })} />,
    },
  ];
  const waiting = claimed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Panel title={t.developers.open}>
      {pretend.error !== null && <Failure error={pretend.error} />}
      <Paged
        found={pending}
        empty={
          waiting.length > 0 ? (
            <List label={t.developers.open} columns={columns} rows={waiting} rowKey={({ id }) => id} />
          ) : (
            <Empty title={t.developers.noneOpen} about={t.developers.noneOpenAbout}>
              <Link
                to="/m/$merchant/$mode/payment-links"
                params={{ merchant: shop.merchant, mode: shop.mode } as never}
              >
                {t.links.title}
              </Link>
            </Empty>
          )
        }
      >
        {(rows) => (
          <List label={t.developers.open} columns={columns} rows={[...waiting, ...rows]} rowKey={({ id }) => id} />
        )}
      </Paged>
    </Panel>
  );
}

function Outcomes(props: { readonly isBusy: boolean; readonly choose: (outcome: Outcome) => void }) {
  const { developers: texts } = useTexts();
  return (
    <Group gap={4}>
      {outcomes.map((outcome) => (
        <Button
          key={outcome}
          size="compact-xs"
          variant="default"
          disabled={props.isBusy}
          onClick={() => props.choose(outcome)}
        >
          {texts.outcomes[outcome]}
        </Button>
      ))}
    </Group>
  );
}

/** Amounts and TrxIDs that say by themselves what becomes of a test payment. */
function Words() {
  const { developers: texts, payments } = useTexts();
  const rows = [
    ...amounts.map(([text, outcome]) => [payments.amount, text, outcome] as const),
    ...trxIds.map(([text, outcome]) => [payments.trxId, text, outcome] as const),
  ];
  return (
    <Panel title={texts.words}>
      <Text size="sm" mb="sm">
        {texts.wordsAbout}
      </Text>
      <Table maw={480}>
        <Table.Tbody>
          {rows.map(([kind, text, outcome]) => (
            <Table.Tr key={text}>
              <Table.Td>{kind}</Table.Td>
              <Table.Td>
                <Code>{text}</Code>
              </Table.Td>
              <Table.Td>{texts.outcomes[outcome]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" mt="sm">
        {texts.clock} <Code>POST /api/v1/test/clock</Code>
      </Text>
    </Panel>
  );
}
