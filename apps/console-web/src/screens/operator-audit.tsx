import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ask, panelClient } from '../api/client';
import type { components } from '../api/panel-api';
import { ExportButton } from '../parts/export-button';
import { ChoiceFilter, TextFilter } from '../parts/filters';
import type { Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged } from '../parts/paged';
import { Screen } from '../parts/screen';
import { useTexts } from '../texts/texts';
import { AuditList } from './audit';
import { useMerchants } from './merchants-query';

type InstallationAuditEntry = components['schemas']['InstallationAuditEntry'];
type Filter = 'action' | 'user_id' | 'merchant_id';

/** Every change on the installation, at whichever merchant. */
export function OperatorAudit() {
  const { installationAudit: texts, audit } = useTexts();
  const filters = useSearch({ from: '/inside/operator/audit' });
  const navigate = useNavigate({ from: '/operator/audit' });
  const merchants = useMerchants({});
  const found = useInfiniteQuery({
    queryKey: ['installation', 'audit', filters],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      ask(
        panelClient(null).GET('/api/panel/v1/operator/audit', {
          params: { query: { ...filters, limit: 50, ...(pageParam !== null && { after: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });
  const choose = useCallback(
    (name: Filter) => (value: string | undefined) =>
      void navigate({
        search: (before) => {
          const { [name]: _replaced, ...others } = before;
          return value === undefined ? others : { ...others, [name]: value };
        },
        replace: true,
      }),
    [navigate],
  );
  const chooseAction = useMemo(() => choose('action'), [choose]);
  const merchant: Column<InstallationAuditEntry> = {
    name: 'merchant',
    title: texts.merchant,
    show: (row) => row.merchant?.name ?? texts.ofInstallation,
  };
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        <ExportButton
          path={`/api/panel/v1/operator/audit.csv?${new URLSearchParams(filters as Record<string, string>)}`}
          name="installation-audit.csv"
          scope={null}
        />
      }
    >
      <div className="filters" role="search">
        <TextFilter label={audit.action} value={filters.action} choose={chooseAction} />
        <ChoiceFilter
          label={texts.merchant}
          value={filters.merchant_id}
          choices={merchants.data?.pages.flatMap(({ data }) => data.map(({ id, name }) => [id, name] as const)) ?? []}
          choose={choose('merchant_id')}
        />
      </div>
      <Paged found={found} empty={<Empty title={Object.keys(filters).length > 0 ? audit.noneFound : audit.none} />}>
        {(rows) => <AuditList rows={rows} more={[merchant]} />}
      </Paged>
    </Screen>
  );
}
