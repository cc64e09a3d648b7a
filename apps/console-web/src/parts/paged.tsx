import { Button, Group } from '@mantine/core';
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts';
import { Awaited, Failure } from './answer';

interface Page<Row> {
  readonly data: readonly Row[];
  readonly next: string | null;
}

/** Asks for a list page by page; `everyMs`: anew by itself, as long as only its first page is shown. */
export function usePages<Found extends Page<unknown>>(
  queryKey: readonly unknown[],
  askFor: (page: { readonly after?: string }) => Promise<Found>,
  everyMs: number | false = false,
) {
  return useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => askFor(pageParam === null ? {} : { after: pageParam }),
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : everyMs),
  });
}

/** A list that comes page by page: while it comes, when it fails, when it is empty, and a button for more of it. */
export function Paged<Row>(props: {
  readonly found: UseInfiniteQueryResult<InfiniteData<Page<Row>>, Error>;
  readonly empty: ReactNode;
  readonly children: (rows: readonly Row[]) => ReactNode;
}) {
  const { common } = useTexts();
  const { found } = props;
  const rows = found.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Awaited lines={8} />}
      {found.data !== undefined && (rows.length === 0 && !found.hasNextPage ? props.empty : props.children(rows))}
      {found.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {common.more}
          </Button>
        </Group>
      )}
    </>
  );
}
