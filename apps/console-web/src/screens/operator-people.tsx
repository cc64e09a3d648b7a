import { Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ask, panelClient } from '../api/client';
import type { components } from '../api/panel-api';
import { Confirm } from '../parts/action';
import { TextFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { When } from '../parts/values';
import { fill, useSpeech, useTexts, worded, type Texts } from '../texts/texts';

type InstallationPerson = components['schemas']['InstallationPerson'];

/** Everybody who has an account here: who they are, where they work, how they sign in. */
export function OperatorPeople() {
  const { installationPeople: texts } = useTexts();
  const filters = useSearch({ from: '/inside/operator/people' });
  const navigate = useNavigate({ from: '/operator/people' });
  const found = usePages(['installation', 'people', filters], (page) =>
    ask(
      panelClient(null).GET('/api/panel/v1/operator/people', { params: { query: { ...filters, limit: 50, ...page } } }),
    ),
  );
  const search = useCallback(
    (q: string | undefined) => void navigate({ search: q === undefined ? {} : { q }, replace: true }),
    [navigate],
  );
  return (
    <Screen title={texts.title} about={texts.about}>
      <div className="filters" role="search">
        <TextFilter label={texts.search} type="search" value={filters.q} choose={search} />
      </div>
      <Paged found={found} empty={<Empty title={texts.none} about={texts.noneAbout} />}>
        {(rows) => <PeopleList rows={rows} />}
      </Paged>
    </Screen>
  );
}

function safetyOf(person: InstallationPerson, texts: Texts['installationPeople']): string {
  const ways = [
    ...(person.totp_enabled ? [texts.authenticator] : []),
    ...(person.passkeys > 0 ? [fill(texts.passkeys, { count: person.passkeys })] : []),
  ];
  return ways.length === 0 ? texts.passwordOnly : ways.join(', ');
}

function PeopleList({ rows }: { readonly rows: readonly InstallationPerson[] }) {
  const { t } = useSpeech();
  const texts = t.installationPeople;
  const columns: readonly Column<InstallationPerson>[] = [
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
    {
      name: 'merchants',
      title: texts.merchants,
      show: (person) => (
        <>
          {person.is_operator && <div>{texts.operator}</div>}
          {person.merchants.map(({ id, name, role }) => (
            <div key={id}>{`${name}: ${worded(t.roles, role)}`}</div>
          ))}
        </>
      ),
    },
    { name: 'safety', title: texts.safety, isWide: true, show: (person) => safetyOf(person, texts) },
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
      show: (person) => (person.totp_enabled || person.passkeys > 0) && <ResetFactors person={person} />,
    },
  ];
  return <List label={texts.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function ResetFactors({ person }: { readonly person: InstallationPerson }) {
  const { installationPeople: texts } = useTexts();
  return (
    <Confirm
      label={texts.reset}
      title={fill(texts.resetTitle, { name: person.name })}
      confirm={texts.reset}
      isSmall
      isDangerous
      isReasoned
      what={<Text size="sm">{texts.resetAbout}</Text>}
      run={(reason) =>
        ask(
          panelClient(null).POST('/api/panel/v1/operator/people/{id}/reset-authenticator', {
            params: { path: { id: person.id } },
            body: { reason },
          }),
        )
      }
    />
  );
}
