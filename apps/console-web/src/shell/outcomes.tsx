import { Anchor, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { asProblem } from '../api/problem';
import { Failure } from '../parts/answer';
import { useTexts } from '../texts/texts';

export function Loading() {
  const { common } = useTexts();
  return (
    <Center mih={200} role="status" aria-label={common.loading}>
      <Loader size="sm" />
    </Center>
  );
}

export function NotFound() {
  const { common } = useTexts();
  return (
    <Center mih="60vh" component="main">
      <Stack align="center" gap="xs">
        <Title order={1} size="h2">
          {common.notFound}
        </Title>
        <Text c="dimmed">{common.notFoundAbout}</Text>
        <Anchor component={Link} to="/">
          {common.home}
        </Anchor>
      </Stack>
    </Center>
  );
}

export function ScreenFailure({ error, reset }: ErrorComponentProps) {
  return (
    <div className="screen">
      <Failure error={asProblem(error)} retry={reset} />
    </div>
  );
}
