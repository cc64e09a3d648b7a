import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask } from '../api/client';
import { asProblem } from '../api/problem';
import type { WebhookAlarmContacts } from '../api/shapes';
import { useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

/** Who is told of cases, silent phones, failing webhooks and old rates, and when they are left in peace. */
export function AlarmContacts() {
  const { alarms: texts } = useTexts();
  const { api, key } = useShop();
  const contacts = useQuery({
    queryKey: [...key, 'alarm-contacts'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/webhook-alarm-contacts'))).data,
  });
  return (
    <Panel title={texts.title}>
      <Answer query={contacts} lines={3}>
        {(found) => <ContactsForm found={found} />}
      </Answer>
    </Panel>
  );
}

interface Given {
  readonly emails: string;
  readonly url: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

function givenOf({ emails, url, quiet_hours: quiet }: WebhookAlarmContacts): Given {
  const zone = quiet?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { emails: emails.join('\n'), url: url ?? '', from: quiet?.from ?? '', to: quiet?.to ?? '', zone };
}

function bodyOf({ emails, url, from, to, zone }: Given) {
  return {
    emails: emails.split(/[\s,;]+/).filter((email) => email !== ''),
    url: url || null,
    quiet_hours: from === '' && to === '' ? null : { from, to, zone },
  };
}

function ContactsForm({ found }: { readonly found: WebhookAlarmContacts }) {
  const { alarms: texts, common } = useTexts();
  const { api, may } = useShop();
  const [given, setGiven] = useState(() => givenOf(found));
  const save = useChange(
    () => ask(api.PATCH('/api/panel/v1/webhook-alarm-contacts', { body: bodyOf(given) })),
    () => notifications.show({ message: common.saved, color: 'brand' }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  const errors = save.error === null ? {} : asProblem(save.error).about.fields;
  const field = (name: keyof Given, pointer: string) => ({
    value: given[name],
    error: errors[pointer],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      setGiven((before) => ({ ...before, [name]: value })),
  });
  const isQuiet = given.from !== '' || given.to !== '';
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!may('develop')} className="plain">
        <Stack gap="md" maw={560}>
          <Text size="sm">{texts.about}</Text>
          {!found.mail_is_sent && <Notice tone="warn" title={texts.noMail} />}
          <Textarea label={texts.emails} description={texts.emailsAbout} autosize {...field('emails', 'emails')} />
          <TextInput label={texts.url} description={texts.urlAbout} type="url" {...field('url', 'url')} />
          <Group grow align="flex-start">
            <TextInput label={texts.from} type="time" required={isQuiet} {...field('from', 'quiet_hours/from')} />
            <TextInput label={texts.to} type="time" required={isQuiet} {...field('to', 'quiet_hours/to')} />
            <TextInput label={texts.zone} required={isQuiet} {...field('zone', 'quiet_hours/zone')} />
          </Group>
          {save.error !== null && <Failure error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {common.save}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}
