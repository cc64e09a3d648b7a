import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

const shapes = { bad: 'review', warn: 'clock', good: 'check', plain: 'dot' } as const satisfies Record<
  string,
  IconName
>;

/** Something to read before going on; told at once to screen readers when it is bad. */
export function Notice(props: {
  readonly tone: keyof typeof shapes;
  readonly title?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="notice" data-tone={props.tone} role={props.tone === 'bad' ? 'alert' : 'note'}>
      <Icon name={shapes[props.tone]} />
      <div>
        {props.title !== undefined && (
          <Text fw={600} size="sm">
            {props.title}
          </Text>
        )}
        {props.children}
      </div>
    </div>
  );
}

/** What an empty list says: that it is empty, and what makes it fill. */
export function Empty(props: { readonly title: string; readonly about?: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <Text fw={600}>{props.title}</Text>
      {props.about !== undefined && (
        <Text size="sm" c="dimmed">
          {props.about}
        </Text>
      )}
      {props.children}
    </div>
  );
}
