import { Group, Text } from '@mantine/core';
import { Money } from '../parts/values';
import { fill, useSpeech } from '../texts/texts';

interface CurrencyTotals {
  readonly count: number;
  readonly is_exact: boolean;
  readonly by_currency: readonly { readonly currency: string; readonly count: number; readonly amount: string }[];
}

export function Totals({ totals }: { readonly totals: CurrencyTotals }) {
  const { t, count } = useSpeech();
  return (
    <Group gap="lg" className="totals">
      <Text size="sm">
        {fill(totals.is_exact ? t.payments.count : t.payments.countAtLeast, { count: count(totals.count) })}
      </Text>
      {totals.by_currency.map(({ currency, amount }) => (
        <Text size="sm" fw={600} key={currency}>
          <Money amount={amount} currency={currency} />
        </Text>
      ))}
    </Group>
  );
}
