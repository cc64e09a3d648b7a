import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { AuditEntry } from '../api/shapes';
import { peopleQuery } from '../api/shop-queries';
import { Dialog } from '../parts/action';
import { ExportButton } from '../parts/export-button';
import { ChoiceFilter, TextFilter, useFilterChoice } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { Facts, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts } from '../texts/texts';

/** Who changed what, from where and why. Nothing of it can be changed. */
export function Audit() {
  const { audit: texts } = useTexts();
  const shop = useShop();
  const filters = useSearch({ from: '/inside/m/$merchant/$mode/audit' });
  const found = usePages([...shop.key, 'audit', filters], (page) =>
    ask(shop.api.GET('/api/panel/v1/audit', { params: { query: { ...filters, limit: 50, ...page } } })),
  );
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        <ExportButton
          path={`/api/panel/v1/audit.csv?${new URLSearchParams(filters as Record<string, string>)}`}
          name="audit.csv"
          scope={shop}
        />
      }
    >
      <Filters filters={filters} />
      <Paged found={found} empty={<Empty title={isFiltered ? texts.noneFound : texts.none} />}>
        {(rows) => <AuditList rows={rows} />}
      </Paged>
    </Screen>
  );
}

interface AuditFilters {
  readonly action?: string;
  readonly user_id?: string;
}

function Filters({ filters }: { readonly filters: AuditFilters }) {
  const { audit: texts } = useTexts();
  const navigate = useNavigate({ from: '/m/$merchant/$mode/audit' });
  const people = useQuery(peopleQuery(useShop()));
  const choose = useFilterChoice(navigate);
  return (
    <div className="filters" role="search">
      <TextFilter label={texts.action} value={filters.action} choose={choose('action')} />
      <ChoiceFilter
        label={texts.who}
        value={filters.user_id}
        choices={people.data?.data.map(({ user_id, name }) => [user_id, name] as const) ?? []}
        choose={choose('user_id')}
      />
    </div>
  );
}

/** `more` is what stands beside each change, before what was done. */
export function AuditList<Entry extends AuditEntry>(props: {
  readonly rows: readonly Entry[];
  readonly more?: readonly Column<Entry>[];
}) {
  const { t } = useSpeech();
  const { rows, more = [] } = props;
  const columns: readonly Column<Entry>[] = [
    { name: 'at', title: t.audit.at, show: ({ at }) => <When at={at} /> },
    { name: 'who', title: t.audit.who, show: ({ who }) => who.name },
    ...more,
    { name: 'action', title: t.audit.action, show: ({ action }) => <code>{action}</code> },
    { name: 'reason', title: t.common.reason, isWide: true, show: ({ reason }) => reason ?? '—' },
    { name: 'from', title: t.audit.address, isWide: true, show: ({ address }) => address },
    {
      name: 'more',
      title: t.audit.details,
      isFigure: true,
      show: (row) => (
        <Dialog label={t.audit.details} title={row.action} isSmall size="lg">
          {() => <Details row={row} />}
        </Dialog>
      ),
    },
  ];
  return <List label={t.audit.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function Details({ row }: { readonly row: AuditEntry }) {
  const { t, moment } = useSpeech();
  return (
    <>
      <Facts
        facts={[
          [t.audit.at, moment(row.at)],
          [t.audit.who, row.who.name],
          [t.audit.address, row.address],
          [t.audit.subject, row.subject],
          [t.common.reason, row.reason],
          [t.common.requestId, row.request_id],
        ]}
      />
      {[[t.audit.before, row.before] as const, [t.audit.after, row.after] as const].map(
        ([name, value]) =>
          value !== null &&
          value !== undefined && (
            <figure key={name} className="evidence">
              <figcaption>{name}</figcaption>
              <pre className="message">{JSON.stringify(value, null, 2)}</pre>
            </figure>
          ),
      )}
    </>
  );
}
