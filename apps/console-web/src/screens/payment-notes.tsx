import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { Panel } from '../parts/screen';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

/** What the shop's people have written on a payment; what is written stays. */
export function PaymentNotes({ id }: { readonly id: string }) {
  const { notes: texts } = useTexts();
  const { api, key, may } = useShop();
  const notes = useQuery({
    queryKey: [...key, 'notes', id],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/payments/{id}/notes', { params: { path: { id } } }))).data,
  });
  return (
    <Panel title={texts.title}>
      <Stack gap="md">
        <Answer query={notes} lines={1}>
          {(rows) =>
            rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                {texts.none}
              </Text>
            ) : (
              rows.map((note) => (
                <div key={note.id} className="attempt">
                  <Text size="xs" c="dimmed">
                    {note.author} · <When at={note.created_at} />
                  </Text>
                  <Text size="sm" className="note">
                    {note.text}
                  </Text>
                </div>
              ))
            )
          }
        </Answer>
        {may('note') && <NoteForm id={id} />}
      </Stack>
    </Panel>
  );
}

function NoteForm({ id }: { readonly id: string }) {
  const { notes: texts } = useTexts();
  const { api } = useShop();
  const [text, setText] = useState('');
  const write = useChange(
    () => ask(api.POST('/api/panel/v1/payments/{id}/notes', { params: { path: { id } }, body: { text } })),
    () => setText(''),
  );
  return (
    <form onSubmit={sends(write)}>
      <Stack gap="sm" maw={560}>
        <Textarea
          label={texts.note}
          description={texts.about}
          required
          autosize
          maxLength={1_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {write.error !== null && <Failure error={write.error} />}
        <Group>
          <Button type="submit" variant="default" loading={write.isPending}>
            {texts.write}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
