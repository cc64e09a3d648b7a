import { Button, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { Dialog, useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Facts } from '../parts/values';
import { useShop } from '../shell/shop';
import { useTexts, worded } from '../texts/texts';

const accounts = ['personal', 'merchant', 'agent', 'bank'] as const;

/** What a message would be read as; nothing of it is kept, and no money is moved. */
export function TryText() {
  const { phones } = useTexts();
  return (
    <Dialog label={phones.tryText} title={phones.tryText} size="lg">
      {() => <TextForm />}
    </Dialog>
  );
}

function TextForm() {
  const { phones: texts, wallets } = useTexts();
  const { api } = useShop();
  const [account, setAccount] = useState<(typeof accounts)[number]>('personal');
  const [sender, setSender] = useState('bKash');
  const [body, setBody] = useState('');
  const read = useChange(() =>
    ask(api.POST('/api/panel/v1/parse-messages', { body: { messages: [{ account, sender, body }] } })),
  );
  const reading = read.data?.data[0];
  return (
    <form onSubmit={sends(read)}>
      <Stack gap="md">
        <Text size="sm">{texts.tryAbout}</Text>
        <NativeSelect
          label={wallets.type}
          value={account}
          onChange={(event) => setAccount(event.currentTarget.value as typeof account)}
          data={accounts.map((value) => ({ value, label: wallets.types[value] }))}
        />
        <TextInput
          label={texts.textFrom}
          required
          maxLength={200}
          value={sender}
          onChange={(event) => setSender(event.currentTarget.value)}
        />
        <Textarea
          label={texts.text}
          required
          autosize
          minRows={3}
          maxLength={10_000}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          data-autofocus
        />
        {read.error !== null && <Failure error={read.error} />}
        <Button type="submit" loading={read.isPending}>
          {texts.readIt}
        </Button>
        {reading !== undefined && <Reading reading={reading} />}
      </Stack>
    </form>
  );
}

interface Read {
  readonly outcome: string;
  readonly amount: string | null;
  readonly trx_id: string | null;
  readonly counterparty: string | null;
  readonly fee: string | null;
  readonly balance: string | null;
  readonly reasons: readonly string[];
}

function Reading({ reading }: { readonly reading: Read }) {
  const { phones, timeline } = useTexts();
  return (
    <Notice tone={reading.outcome === 'credit' ? 'good' : 'warn'} title={worded(phones.outcomes, reading.outcome)}>
      {reading.reasons.map((reason) => (
        <Text size="sm" key={reason}>
          {worded({}, reason)}
        </Text>
      ))}
      <Facts
        facts={[
          [timeline.fields.amount, reading.amount],
          [timeline.fields.trx_id, reading.trx_id],
          [timeline.fields.sender, reading.counterparty],
          [timeline.fields.fee, reading.fee],
          [timeline.fields.balance, reading.balance],
        ]}
      />
    </Notice>
  );
}
