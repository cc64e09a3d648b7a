import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { fieldErrors } from '../api/problem';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { textOf, useGiven } from '../parts/fields';
import { Notice } from '../parts/notice';
import { useTexts } from '../texts/texts';

/** Who is told, and when they are left in peace. */
interface Contacts {
  readonly emails: readonly string[];
  readonly url: string | null;
  readonly quiet_hours: { readonly from: string; readonly to: string; readonly zone: string } | null;
}

interface Given {
  readonly emails: string;
  readonly url: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

function givenOf({ emails, url, quiet_hours: quiet }: Contacts): Given {
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

/** For a shop's people, and for those who run the installation. */
export function ContactsForm(props: {
  readonly found: Contacts & { readonly mail_is_sent: boolean };
  readonly about: string;
  readonly isAllowed: boolean;
  readonly save: (contacts: ReturnType<typeof bodyOf>) => Promise<unknown>;
  readonly actions?: ReactNode;
}) {
  const { alarms: texts, common } = useTexts();
  const { found, isAllowed } = props;
  const [given, change] = useGiven(() => givenOf(found));
  const save = useChange(
    () => props.save(bodyOf(given)),
    () => notifications.show({ message: common.saved, color: 'brand' }),
  );
  const fields = { given, errors: fieldErrors(save.error), change };
  const isQuiet = given.from !== '' || given.to !== '';
  return (
    <form onSubmit={sends(save)}>
      <fieldset disabled={!isAllowed} className="plain">
        <Stack gap="md" maw={560}>
          <Text size="sm">{props.about}</Text>
          {!found.mail_is_sent && <Notice tone="warn" title={texts.noMail} />}
          <Textarea label={texts.emails} description={texts.emailsAbout} autosize {...textOf(fields, 'emails')} />
          <TextInput label={texts.url} description={texts.urlAbout} type="url" {...textOf(fields, 'url')} />
          <Group grow align="flex-start">
            <TextInput
              label={texts.from}
              type="time"
              required={isQuiet}
              {...textOf(fields, 'from', 'quiet_hours/from')}
            />
            <TextInput label={texts.to} type="time" required={isQuiet} {...textOf(fields, 'to', 'quiet_hours/to')} />
            <TextInput label={texts.zone} required={isQuiet} {...textOf(fields, 'zone', 'quiet_hours/zone')} />
          </Group>
          {save.error !== null && <Failure error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {common.save}
            </Button>
            {props.actions}
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}
