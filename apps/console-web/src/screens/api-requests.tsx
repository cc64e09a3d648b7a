import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { ApiRequest } from '../api/shapes';
import { ChoiceFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Copied, When } from '../parts/values';
import { useLiveInterval } from '../shell/live-context';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

const LIVE_EVERY_MS = 10_000;
const statuses = ['error', 'ok'] as const;

/** What the shop's server was answered lately. */
export function ApiRequests() {
  const t = useTexts();
  const { api, key } = useShop();
  const search = useSearch({ from: '/inside/m/$merchant/$mode/developers' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/developers' });
  const status = statuses.find((name) => name === search.status);
  const everyMs = useLiveInterval(LIVE_EVERY_MS);
  const found = usePages(
    [...key, 'requests', { status }],
    (page) => {
      const query = { ...(status !== undefined && { status }), ...page };
      return ask(api.GET('/api/panel/v1/requests', { params: { query } }));
    },
    everyMs,
  );
  return (
    <>
      <div className="filters">
        <ChoiceFilter
          label={t.requests.answer}
          value={status}
          choices={statuses.map((name) => [name, t.requests[name]])}
          choose={(value) =>
            void navigate({
              search: { tab: 'requests', ...(value !== undefined && { status: value }) },
              replace: true,
            })
          }
        />
      </div>
      <Paged found={found} empty={<Empty title={t.requests.none} about={t.requests.noneAbout} />}>
        {(rows) => <RequestList rows={rows} />}
      </Paged>
    </>
  );
}

function RequestList({ rows }: { readonly rows: readonly ApiRequest[] }) {
  const t = useTexts();
  const columns: readonly Column<ApiRequest>[] = [
    {
      name: 'request',
      title: t.requests.request,
      show: ({ method, path }) => <code>{`${method} ${path}`}</code>,
    },
    {
      name: 'answer',
      title: t.requests.answer,
      show: ({ status, error_code }) => (error_code === null ? status : `${status} ${error_code}`),
    },
    { name: 'at', title: t.audit.at, show: ({ at }) => <When at={at} /> },
    { name: 'key', title: t.requests.key, show: ({ key }) => key.name ?? key.id.slice(-12) },
    { name: 'took', title: t.requests.took, isFigure: true, show: ({ duration_ms }) => `${duration_ms} ms` },
    { name: 'id', title: t.requests.id, show: ({ request_id }) => <Copied text={request_id} /> },
  ];
  return <List label={t.requests.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
