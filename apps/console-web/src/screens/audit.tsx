import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { AuditEntry } from '../api/shapes';
import { Dialog } from '../parts/action';
import { Failure } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Facts, When } from '../parts/values';
import { Loading } from '../shell/outcomes';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts } from '../texts/texts';

/** Who changed what, from where and why. Nothing of it can be changed. */
export function Audit() {
  const { audit: texts, common } = useTexts();
  const { api, key } = useShop();
  const found = useInfiniteQuery({
    queryKey: [...key, 'audit'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/panel/v1/audit', {
          params: { query: { limit: 50, ...(pageParam !== null && { after: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });
  const rows = found.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Screen title={texts.title} about={texts.about}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data !== undefined && (rows.length === 0 ? <Empty title={texts.none} /> : <AuditList rows={rows} />)}
      {found.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {common.more}
          </Button>
        </Group>
      )}
    </Screen>
  );
}

function AuditList({ rows }: { readonly rows: readonly AuditEntry[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<AuditEntry>[] = [
    { name: 'at', title: t.audit.at, show: ({ at }) => <When at={at} /> },
    { name: 'who', title: t.audit.who, show: ({ who }) => who.name },
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
