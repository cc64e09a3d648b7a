import { NativeSelect, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import type { ReviewCaseWithPayment } from '../api/shapes';
import { peopleQuery } from '../api/shop-queries';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { Window } from '../parts/window';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

/** Whose work a case is: one of those who may decide it, or nobody's. */
export function HandOverDialog({ row, close }: { readonly row: ReviewCaseWithPayment; readonly close: () => void }) {
  const { review } = useTexts();
  const shop = useShop();
  const [given, setGiven] = useState({ to: row.holder?.user_id ?? '', note: '' });
  const people = useQuery(peopleQuery(shop));
  const handOver = useChange(
    () => {
      const note = given.note.trim();
      const body = { user_id: given.to === '' ? null : given.to, ...(note !== '' && { note }) };
      return ask(
        shop.api.POST('/api/panel/v1/review-cases/{id}/hand-over', { params: { path: { id: row.id } }, body }),
      );
    },
    () => {
      notifications.show({ message: `${review.handOver}: ${review.done}`, color: 'brand' });
      close();
    },
  );
  const deciders = (people.data?.data ?? []).filter(({ role }) => role === 'owner' || role === 'manager');
  return (
    <Window isOpen close={close} title={review.handOver}>
      <ChangeForm change={handOver} send={review.handOver} cancel={close} isDisabled={people.data === undefined}>
        <Text size="sm">{review.handOverAbout}</Text>
        <NativeSelect
          label={review.handOverTo}
          value={given.to}
          onChange={({ currentTarget: { value } }) => setGiven((before) => ({ ...before, to: value }))}
          data={[
            { value: '', label: review.nobody },
            ...deciders.map(({ user_id: value, name, email }) => ({ value, label: `${name} (${email})` })),
          ]}
          data-autofocus
        />
        <Textarea
          label={review.handOverNote}
          maxLength={500}
          value={given.note}
          onChange={({ currentTarget: { value } }) => setGiven((before) => ({ ...before, note: value }))}
        />
        {people.error !== null && <Failure error={people.error} />}
      </ChangeForm>
    </Window>
  );
}
