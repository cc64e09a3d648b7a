import { Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import { useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { Panel } from '../parts/screen';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts } from '../texts/texts';

interface Settings {
  readonly message_wait_minutes: number | null;
  readonly installation_message_wait_minutes: number;
  readonly messages_kept_days: number | null;
}

const numberOf = (text: string) => (text === '' ? null : Number(text));

/** For how long a TrxID waits for its message before a person looks at it, and messages are kept. */
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
        {(settings) => <SettingsForm settings={settings} />}
      </Answer>
    </Panel>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const { t, count } = useSpeech();
  const { api, may } = useShop();
  const [minutes, setMinutes] = useState(settings.message_wait_minutes?.toString() ?? '');
  const [days, setDays] = useState(settings.messages_kept_days?.toString() ?? '');
  const save = useChange(
    () => {
      const body = { message_wait_minutes: numberOf(minutes), messages_kept_days: numberOf(days) };
      return ask(api.PATCH('/api/panel/v1/review-settings', { body }));
    },
    () => notifications.show({ message: t.common.saved, color: 'brand' }),
  );
  const fields = fieldErrors(save.error);
  return (
    <form onSubmit={sends(save)}>
      <fieldset disabled={!may('manage')} className="plain">
        <Stack gap="md" maw={560}>
          <TextInput
            label={t.settings.wait}
            description={fill(t.settings.waitAbout, { minutes: count(settings.installation_message_wait_minutes) })}
            type="number"
            min={1}
            max={10_080}
            value={minutes}
            error={fields['message_wait_minutes']}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
          <TextInput
            label={t.settings.kept}
            description={t.settings.keptAbout}
            type="number"
            min={7}
            max={3_650}
            value={days}
            error={fields['messages_kept_days']}
            onChange={(event) => setDays(event.currentTarget.value)}
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
