import { Button, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { useTexts } from '../texts/texts';
import { Notice } from './notice';

/** What was asked for, or its shape while it comes, or why it did not come and how to ask again. */
export function Answer<Data>(props: {
  readonly query: UseQueryResult<Data, Error>;
  readonly children: (data: Data) => ReactNode;
  readonly lines?: number;
}) {
  const { query, lines = 5 } = props;
  if (query.data !== undefined) return props.children(query.data);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Awaited lines={lines} />;
}

/** The shape of what is on its way. */
export function Awaited({ lines }: { readonly lines: number }) {
  const { common } = useTexts();
  return (
    <Stack gap="sm" aria-busy="true" role="status" aria-label={common.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={36} />
      ))}
    </Stack>
  );
}

export function Failure({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const { common } = useTexts();
  const problem = asProblem(error);
  return (
    <Notice tone="bad" title={problem.status === 403 ? common.notAllowed : common.failed}>
      <Text size="sm">{explain(problem.code, problem.message, common)}</Text>
      {problem.about.requestId !== null && (
        <Text size="xs" c="dimmed">
          {common.requestId} <code>{problem.about.requestId}</code>
        </Text>
      )}
      {retry !== undefined && problem.status !== 403 && (
        <Button size="xs" variant="default" mt="xs" onClick={retry}>
          {common.retry}
        </Button>
      )}
    </Notice>
  );
}

function explain(code: string, detail: string, common: { readonly unreachable: string }): string {
  return code === 'unreachable' ? common.unreachable : detail;
}
