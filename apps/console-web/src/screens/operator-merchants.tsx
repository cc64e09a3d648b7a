import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, panelClient } from '../api/client';
import { fieldErrors } from '../api/problem';
import { sessionKey } from '../api/session';
import type { ListedMerchant } from '../api/shapes';
import { Dialog, useChange } from '../parts/action';
import { ChangeForm } from '../parts/change-form';
import { ChoiceFilter, TextFilter, useFilterChoice } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Paged } from '../parts/paged';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { Copied, When } from '../parts/values';
import { useSpeech, useTexts } from '../texts/texts';
import { useMerchants } from './merchants-query';

interface MerchantFilters {
  readonly q?: string;
  readonly status?: string;
}

/** Every merchant of the installation, for whoever runs it. */
export function OperatorMerchants() {
  const { operator: texts, merchantPage } = useTexts();
  const filters = useSearch({ from: '/inside/operator/merchants' });
  const merchants = useMerchants(filters);
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        <Dialog label={texts.add} title={texts.add} isPrimary>
          {() => <AddMerchant />}
        </Dialog>
      }
    >
      <Filters filters={filters} />
      <Paged
        found={merchants}
        empty={
          isFiltered ? <Empty title={merchantPage.noneFound} /> : <Empty title={texts.none} about={texts.noneAbout} />
        }
      >
        {(rows) => <MerchantList rows={rows} />}
      </Paged>
    </Screen>
  );
}

function Filters({ filters }: { readonly filters: MerchantFilters }) {
  const { merchantPage, payments, statuses } = useTexts();
  const navigate = useNavigate({ from: '/operator/merchants' });
  const choose = useFilterChoice(navigate);
  return (
    <div className="filters" role="search">
      <TextFilter label={merchantPage.search} type="search" value={filters.q} choose={choose('q')} />
      <ChoiceFilter
        label={payments.status}
        value={filters.status}
        choices={(['active', 'suspended'] as const).map((status) => [status, statuses[status]] as const)}
        choose={choose('status')}
      />
    </div>
  );
}

function MerchantList({ rows }: { readonly rows: readonly ListedMerchant[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<ListedMerchant>[] = [
    {
      name: 'name',
      title: t.settings.name,
      show: ({ id, name }) => (
        <Link to="/operator/merchants/$id" params={{ id }}>
          <strong>{name}</strong>
        </Link>
      ),
    },
    { name: 'status', title: t.payments.status, show: ({ status }) => <Status code={status} /> },
    { name: 'plan', title: t.operator.plan, isWide: true, show: ({ plan }) => plan?.id ?? '—' },
    { name: 'created', title: t.payments.created, isWide: true, show: ({ created_at }) => <When at={created_at} /> },
  ];
  return <List label={t.operator.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function AddMerchant() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [isOwner, setOwner] = useState(false);
  const add = useChange(
    () => ask(panelClient(null).POST('/api/panel/v1/operator/merchants', { body: { name, as_owner: isOwner } })),
    () => void queries.invalidateQueries({ queryKey: sessionKey }),
  );
  if (add.data !== undefined)
    return (
      <Stack gap="md">
        <Notice tone="warn" title={t.keys.once} />
        <Copied text={add.data.data.test_key} />
        {isOwner && (
          <Button component="a" href={`/console/m/${add.data.data.id}/test/settings`}>
            {t.operator.open}
          </Button>
        )}
      </Stack>
    );
  return (
    <ChangeForm change={add} send={t.operator.add}>
      <TextInput
        label={t.settings.name}
        required
        maxLength={100}
        value={name}
        error={fieldErrors(add.error)['name']}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Switch
        label={t.operator.asOwner}
        description={t.operator.asOwnerAbout}
        checked={isOwner}
        onChange={(event) => setOwner(event.currentTarget.checked)}
      />
    </ChangeForm>
  );
}
