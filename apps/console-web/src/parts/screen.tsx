import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

/** One screen: its title (the window's too), one line on what it is for, and what can be done with all of it. */
export function Screen(props: {
  readonly title: string;
  readonly about?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { title } = props;
  useEffect(() => {
    document.title = `${title} · Paymatch`;
  }, [title]);
  return (
    <section className="screen">
      <Group justify="space-between" align="flex-start" gap="sm" className="screen-head">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {props.about !== undefined && (
            <Text c="dimmed" size="sm">
              {props.about}
            </Text>
          )}
        </div>
        {props.actions !== undefined && <Group gap="xs">{props.actions}</Group>}
      </Group>
      {props.children}
    </section>
  );
}

/** A part of a screen with a name of its own. */
export function Panel(props: { readonly title?: string; readonly actions?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="panel">
      {props.title !== undefined && (
        <Group justify="space-between" mb="sm" gap="xs">
          <Title order={2} size="h4">
            {props.title}
          </Title>
          {props.actions}
        </Group>
      )}
      {props.children}
    </section>
  );
}
