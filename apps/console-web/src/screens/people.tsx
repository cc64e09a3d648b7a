import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { paths } from '../api/panel-api';
import { peopleQuery } from '../api/shop-queries';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { List, type Column } from '../parts/list';
import { Panel, Screen } from '../parts/screen';
import { Copied, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';

type PeopleAnswer = paths['/api/panel/v1/people']['get']['responses'][200]['content']['application/json'];
type Person = PeopleAnswer['data'][number];
type Invitation = PeopleAnswer['invitations'][number];
type Role = Person['role'];
const roles = ['owner', 'manager', 'support', 'developer', 'read-only'] as const satisfies readonly Role[];

/** Who may do what in this shop. */
export function People() {
  const { people: texts } = useTexts();
  const shop = useShop();
  const people = useQuery(peopleQuery(shop));
  const isOwner = shop.membership.role === 'owner';
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        isOwner && (
          <Dialog label={texts.invite} title={texts.invite} isPrimary>
            {() => <Invite />}
          </Dialog>
        )
      }
    >
      <Answer query={people}>
        {({ data, invitations }) => (
          <>
            <PersonList rows={data} isOwner={isOwner} />
            {invitations.length > 0 && <Invitations rows={invitations} isOwner={isOwner} />}
          </>
        )}
      </Answer>
    </Screen>
  );
}

function PersonList({ rows, isOwner }: { readonly rows: readonly Person[]; readonly isOwner: boolean }) {
  const { t } = useSpeech();
  const { session } = useShop();
  const columns: readonly Column<Person>[] = [
    {
      name: 'name',
      title: t.people.person,
      show: (person) => (
        <>
          <strong>{person.name}</strong>
          <Text size="xs" c="dimmed">
            {person.email}
          </Text>
        </>
      ),
    },
    { name: 'role', title: t.people.role, show: ({ role }) => worded(t.roles, role) },
    {
      name: 'seen',
      title: t.people.seen,
      isWide: true,
      show: ({ last_seen_at }) => <When at={last_seen_at} otherwise={t.people.notYet} />,
    },
    {
      name: 'actions',
      title: t.phones.actions,
      isFigure: true,
      show: (person) => isOwner && person.user_id !== session.user.id && <PersonActions person={person} />,
    },
  ];
  return <List label={t.people.title} columns={columns} rows={rows} rowKey={({ user_id }) => user_id} />;
}

function PersonActions({ person }: { readonly person: Person }) {
  const { t } = useSpeech();
  const { api } = useShop();
  const [role, setRole] = useState<Role>(person.role);
  const params = { path: { id: person.user_id } };
  return (
    <Group gap="xs" justify="flex-end">
      <Confirm
        label={t.people.change}
        title={person.name}
        confirm={t.common.save}
        isReasoned
        isSmall
        what={<RoleSelect role={role} choose={setRole} />}
        run={(reason) => ask(api.PATCH('/api/panel/v1/people/{id}', { params, body: { role, reason } }))}
      />
      <Confirm
        label={t.people.remove}
        title={fill(t.people.removeTitle, { name: person.name })}
        confirm={t.people.remove}
        isSmall
        isDangerous
        isReasoned
        what={<Text size="sm">{t.people.removeAbout}</Text>}
        run={(reason) => ask(api.DELETE('/api/panel/v1/people/{id}', { params, body: { reason } }))}
      />
    </Group>
  );
}

function RoleSelect({ role, choose }: { readonly role: Role; readonly choose: (role: Role) => void }) {
  const { t } = useSpeech();
  return (
    <NativeSelect
      label={t.people.role}
      description={t.people.may[role]}
      value={role}
      onChange={(event) => choose(roles.find((each) => each === event.currentTarget.value) ?? 'read-only')}
      data={roles.map((value) => ({ value, label: t.roles[value] }))}
    />
  );
}

function Invitations({ rows, isOwner }: { readonly rows: readonly Invitation[]; readonly isOwner: boolean }) {
  const { t } = useSpeech();
  const { api } = useShop();
  return (
    <Panel title={t.people.invited}>
      <Stack gap="xs">
        {rows.map((row) => (
          <Group key={row.id} justify="space-between">
            <Text size="sm">
              {row.email} · {worded(t.roles, row.role)} · {t.phones.validUntil} <When at={row.expires_at} />
            </Text>
            {isOwner && (
              <Confirm
                label={t.people.withdraw}
                title={t.people.withdraw}
                confirm={t.people.withdraw}
                isSmall
                isDangerous
                what={<Text size="sm">{row.email}</Text>}
                run={() =>
                  ask(
                    api.DELETE('/api/panel/v1/people/invitations/{id}', { params: { path: { id: row.id } }, body: {} }),
                  )
                }
              />
            )}
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}

function Invite() {
  const { t } = useSpeech();
  const { api } = useShop();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('support');
  const invite = useChange(() => ask(api.POST('/api/panel/v1/people/invitations', { body: { email, role } })));
  if (invite.data !== undefined)
    return (
      <Stack gap="md">
        <Text size="sm">
          {`${fill(t.people.linkAbout, { email })} ` +
            `${invite.data.data.is_mailed ? fill(t.people.mailed, { email }) : t.people.notMailed}`}
        </Text>
        <Copied text={invite.data.data.url} />
      </Stack>
    );
  return (
    <ChangeForm change={invite} send={t.people.makeLink}>
      <TextInput
        label={t.login.email}
        type="email"
        required
        value={email}
        error={fieldErrors(invite.error)['email']}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-autofocus
      />
      <RoleSelect role={role} choose={setRole} />
    </ChangeForm>
  );
}
