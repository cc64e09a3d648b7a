import { NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { useChange } from '../parts/action';
import { ChangeForm } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Copied } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech } from '../texts/texts';

const overlaps = ['0', '60', '1440', '4320', '10080'] as const;
const MINUTE_MS = 60_000;

/** A new key for an old one, which works on while servers are told of the new one. */
export function RollKey({ id }: { readonly id: string }) {
  const { t, moment } = useSpeech();
  const { api } = useShop();
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]>('1440');
  const roll = useChange(async () => {
    const params = { path: { id } };
    const body = { overlap_minutes: Number(overlap) };
    const { data } = await ask(api.POST('/api/panel/v1/api-keys/{id}/roll', { params, body }));
    return { key: data.key, oldUntil: new Date(Date.now() + Number(overlap) * MINUTE_MS).toISOString() };
  });
  if (roll.data !== undefined)
    return (
      <Stack gap="md">
        <Notice tone="warn" title={t.keys.once}>
          <Text size="sm">
            {overlap === '0' ? t.keyRoll.oldEnded : fill(t.keyRoll.oldUntil, { moment: moment(roll.data.oldUntil) })}
          </Text>
        </Notice>
        <Copied text={roll.data.key} />
      </Stack>
    );
  return (
    <ChangeForm change={roll} send={t.keyRoll.roll}>
      <Text size="sm">{t.keyRoll.about}</Text>
      <NativeSelect
        label={t.keyRoll.overlap}
        value={overlap}
        onChange={(event) => setOverlap(overlaps.find((each) => each === event.currentTarget.value) ?? '1440')}
        data={overlaps.map((value) => ({ value, label: t.keyRoll.overlaps[value] }))}
        data-autofocus
      />
    </ChangeForm>
  );
}
