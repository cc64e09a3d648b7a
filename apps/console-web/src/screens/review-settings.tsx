import { Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask } from '../api/client';
import { asProblem } from '../api/problem';
import { useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { Panel } from '../parts/screen';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts } from '../texts/texts';

/** For how long a TrxID waits for its message before a person looks at it. */
export function ReviewSettings() {
  const { review } = useTexts();
  const { api, key } = useShop();
  const found = useQuery({
    queryKey: [...key, 'review-settings'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/review-settings'))).data,
  });
  return (
    <Panel title={review.title}>
      <Answer query={found} lines={1}>
        {({ message_wait_minutes: own, installation_message_wait_minutes: usual }) => (
          <WaitForm own={own} usual={usual} />
        )}
      </Answer>
    </Panel>
  );
}

function WaitForm({ own, usual }: { readonly own: number | null; readonly usual: number }) {
  const { t, count } = useSpeech();
  const { api, may } = useShop();
  const [minutes, setMinutes] = useState(own?.toString() ?? '');
  const save = useChange(
    () => {
      const body = { message_wait_minutes: minutes === '' ? null : Number(minutes) };
      return ask(api.PATCH('/api/panel/v1/review-settings', { body }));
    },
    () => notifications.show({ message: t.common.saved, color: 'brand' }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!may('manage')} className="plain">
        <Stack gap="md" maw={560}>
          <TextInput
            label={t.settings.wait}
            description={fill(t.settings.waitAbout, { minutes: count(usual) })}
            type="number"
            min={1}
            max={10_080}
            value={minutes}
            error={save.error === null ? undefined : asProblem(save.error).about.fields['message_wait_minutes']}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
          {save.error !== null && <Failure error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t.common.save}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}
