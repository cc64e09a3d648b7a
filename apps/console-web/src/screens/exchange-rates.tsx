import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import type { ExchangeRate } from '../api/shapes';
import { Confirm } from '../parts/action';
import { Answer } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Panel } from '../parts/screen';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts } from '../texts/texts';

/** The rates at which dollars were sold; the newest holds, for both modes. */
export function ExchangeRates() {
  const { rates: texts } = useTexts();
  const { api, key, mode, may } = useShop();
  const rates = useQuery({
    queryKey: [...key, 'exchange-rates'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/exchange-rates'))).data,
  });
  return (
    <Panel title={texts.title} actions={may('manage') && mode === 'live' && <SetRate />}>
      {mode === 'test' && (
        <Text size="sm" c="dimmed" mb="sm">
          {texts.liveOnly}
        </Text>
      )}
      <Answer query={rates} lines={2}>
        {(rows) =>
          rows.length === 0 ? <Empty title={texts.none} about={texts.noneAbout} /> : <RateList rows={rows} />
        }
      </Answer>
    </Panel>
  );
}

function RateList({ rows }: { readonly rows: readonly ExchangeRate[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<ExchangeRate>[] = [
    { name: 'rate', title: t.rates.rate, isFigure: true, show: ({ rate }) => rate },
    { name: 'at', title: t.rates.at, show: ({ set_at }) => <When at={set_at} /> },
    {
      name: 'by',
      title: t.rates.by,
      isWide: true,
      show: ({ set_by, is_for_all }) => (is_for_all ? t.rates.installation : set_by),
    },
  ];
  return <List label={t.rates.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function SetRate() {
  const { rates: texts } = useTexts();
  const { api } = useShop();
  const [rate, setRate] = useState('');
  return (
    <Confirm
      label={texts.set}
      title={texts.set}
      confirm={rate === '' ? texts.set : fill(texts.setGo, { rate })}
      isSmall
      what={
        <TextInput
          label={texts.rate}
          description={texts.about}
          inputMode="decimal"
          required
          pattern="[0-9]{1,9}([.][0-9]{1,9})?"
          value={rate}
          onChange={(event) => setRate(event.currentTarget.value)}
          data-autofocus
        />
      }
      run={() => ask(api.POST('/api/panel/v1/exchange-rates', { body: { base_currency: 'USD', rate } }))}
    />
  );
}
