import { useInfiniteQuery } from '@tanstack/react-query';
import { ask, panelClient } from '../api/client';

const PAGE = 50;

/** The merchants of the installation, newest first, page by page. */
export function useMerchants(filters: { readonly q?: string; readonly status?: string }) {
  const { q, status } = filters;
  const known = (['active', 'suspended'] as const).find((each) => each === status);
  return useInfiniteQuery({
    queryKey: ['installation', 'merchants', q, status],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      ask(
        panelClient(null).GET('/api/panel/v1/operator/merchants', {
          params: {
            query: {
              ...(known !== undefined && { status: known }),
              ...(q !== undefined && { q }),
              limit: PAGE,
              ...(pageParam !== null && { after: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });
}
