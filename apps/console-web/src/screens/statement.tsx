import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useState, type DragEvent } from 'react';
import { headersOf, ask } from '../api/client';
import { asProblem, problemOf } from '../api/problem';
import type { StatementReading } from '../api/shapes';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { ToPayment } from '../parts/to-payment';
import { Facts, Money } from '../parts/values';
import { useShop, type Shop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';

type Line = StatementReading['lines'][number];

/** A file goes as it is: its bytes are what the bank wrote. */
async function send(shop: Shop, file: File, isPreview: boolean): Promise<StatementReading> {
  const type = /\.ofx$/i.test(file.name) ? 'application/x-ofx' : 'text/csv';
  const asked = fetch(`/api/panel/v1/bank-statements${isPreview ? '/preview' : ''}`, {
    method: 'POST',
    headers: { ...headersOf(shop, 'POST'), 'content-type': type },
    body: file,
  }).then(async (response) => {
    const body = (await response.json().catch(() => null)) as { readonly data: StatementReading } | null;
    if (!response.ok || body === null) throw problemOf(response, body);
    return { data: body.data, response };
  });
  return ask(
    asked.catch((error: unknown) => {
      throw asProblem(error);
    }),
  );
}

/** A bank's statement: read first, shown, and taken when a person says so. */
export function Statement() {
  const { moneyIn: texts } = useTexts();
  const shop = useShop();
  const [file, setFile] = useState<File | null>(null);
  const [isOver, setOver] = useState(false);
  const preview = useChange((chosen: File) => send(shop, chosen, true));
  const take = useChange((chosen: File) => send(shop, chosen, false));
  const choose = (chosen: File | null | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    take.reset();
    preview.mutate(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  const reading = take.data ?? preview.data;
  const error = take.error ?? preview.error;
  return (
    <Stack gap="md">
      <div
        className="drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text fw={600}>{texts.drop}</Text>
        <Text size="sm" c="dimmed">
          {texts.dropAbout}
        </Text>
        <FileButton onChange={choose} accept=".csv,.ofx,text/csv">
          {(props) => (
            <Button {...props} variant="default" mt="sm" loading={preview.isPending}>
              {texts.choose}
            </Button>
          )}
        </FileButton>
      </div>
      {error !== null && <Failure error={error} />}
      {reading !== undefined && file !== null && error === null && (
        <Reading reading={reading} name={file.name} take={() => take.mutate(file)} isBusy={take.isPending} />
      )}
    </Stack>
  );
}

interface ReadingProps {
  readonly reading: StatementReading;
  readonly name: string;
  readonly take: () => void;
  readonly isBusy: boolean;
}

function Reading({ reading, name, take, isBusy }: ReadingProps) {
  const { t } = useSpeech();
  const texts = t.moneyIn;
  const { may } = useShop();
  const fresh = reading.lines.filter(({ outcome }) => outcome === 'matched' || outcome === 'review').length;
  const columns: readonly Column<Line>[] = [
    { name: 'line', title: texts.line, isFigure: true, isWide: true, show: ({ line }) => line },
    { name: 'day', title: texts.day, show: ({ posted_on }) => posted_on },
    {
      name: 'amount',
      title: t.payments.amount,
      isFigure: true,
      show: ({ amount }) => <Money amount={amount} currency="BRL" />,
    },
    { name: 'payer', title: texts.payer, show: ({ payer_name, description }) => payer_name ?? description },
    {
      name: 'outcome',
      title: texts.outcome,
      show: ({ outcome, reason, payment_id }) => (
        <>
          {payment_id === null ? (
            <Status code={outcome} />
          ) : (
            <ToPayment id={payment_id}>
              <Status code={outcome} />
            </ToPayment>
          )}
          {reason !== null && <Text size="xs">{worded(t.reasons, reason)}</Text>}
        </>
      ),
    },
  ];
  return (
    <Panel title={name} actions={<Text size="sm">{fill(texts.lines, { count: reading.lines.length })}</Text>}>
      <Stack gap="md">
        {reading.applied && <Notice tone="good" title={texts.taken} />}
        <Summary reading={reading} />
        {reading.faults.map((fault) => (
          <Notice key={fault.line} tone="bad" title={fill(texts.fault, { line: fault.line })}>
            <Text size="sm">{fault.problem}</Text>
          </Notice>
        ))}
        {!reading.applied && may('money') && (
          <Group>
            <Button onClick={take} loading={isBusy} disabled={fresh === 0 || reading.faults.length > 0}>
              {fill(texts.take, { count: fresh })}
            </Button>
            <Text size="sm" c="dimmed">
              {reading.faults.length > 0 ? t.books.refusedWhole : fresh === 0 ? t.books.allKnown : texts.nothingYet}
            </Text>
          </Group>
        )}
        <List label={name} columns={columns} rows={reading.lines} rowKey={({ line }) => String(line)} />
      </Stack>
    </Panel>
  );
}

/** In numbers: what will be taken in, what is there already, what is left out and what cannot be read. */
function Summary({ reading }: { readonly reading: StatementReading }) {
  const { t, count, money } = useSpeech();
  const { books } = t;
  const of = (outcome: Line['outcome']) => {
    const lines = reading.lines.filter((line) => line.outcome === outcome);
    return `${count(lines.length)} · ${money(sumOf(lines), 'BRL')}`;
  };
  return (
    <Facts
      facts={[
        [books.willComplete, of('matched')],
        [books.willBeReviewed, of('review')],
        [books.knownAlready, of('known')],
        [books.notYet, of('future')],
        [books.wentOut, count(reading.outgoing_count)],
        [books.unreadable, count(reading.faults.length)],
      ]}
    />
  );
}

/** In whole centavos, so that nothing is lost on the way. */
function sumOf(lines: readonly Line[]): string {
  const sum = lines.reduce((all, { amount }) => all + BigInt(amount.replace('.', '')), 0n);
  const digits = sum.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
