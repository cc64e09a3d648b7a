import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask, panelClient } from '../api/client';
import type { components } from '../api/panel-api';
import { ExportButton } from '../parts/export-button';
import { ChoiceFilter, TextFilter, useFilterChoice } from '../parts/filters';
import type { Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { useTexts } from '../texts/texts';
import { AuditList } from './audit';
import { useMerchants } from './merchants-query';

type InstallationAuditEntry = components['schemas']['InstallationAuditEntry'];

/** Every change on the installation, at whichever merchant. */
export function OperatorAudit() {
  const { installationAudit: texts, audit } = useTexts();
  const filters = useSearch({ from: '/inside/operator/audit' });
  const navigate = useNavigate({ from: '/operator/audit' });
  const merchants = useMerchants({});
  const found = usePages(['installation', 'audit', filters], (page) =>
    ask(
      panelClient(null).GET('/api/panel/v1/operator/audit', { params: { query: { ...filters, limit: 50, ...page } } }),
    ),
  );
  const choose = useFilterChoice(navigate);
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
        <TextFilter label={audit.action} value={filters.action} choose={choose('action')} />
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
