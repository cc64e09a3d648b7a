import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTexts } from '../texts/texts';
import { Failure } from './answer';

interface Change {
  readonly mutate: (given: undefined) => void;
  readonly error: Error | null;
  readonly isPending: boolean;
}

/** Asks for the change where a browser would leave the page. */
export function sends({ mutate }: Pick<Change, 'mutate'>): (event: FormEvent) => void {
  return (event) => {
    event.preventDefault();
    mutate(undefined);
  };
}

/** What is asked for a change, why it was refused, and the button that makes it. */
export function ChangeForm(props: {
  readonly change: Change;
  /** What stands on the button. */
  readonly send: ReactNode;
  readonly children: ReactNode;
  /** Leaves it at what it is; without it there is no button for that. */
  readonly cancel?: () => void;
  readonly isDisabled?: boolean;
  readonly isDangerous?: boolean;
}) {
  const { common } = useTexts();
  const { change, cancel, isDisabled = false } = props;
  const send = (
    <Button
      type="submit"
      loading={change.isPending}
      disabled={isDisabled}
      {...(props.isDangerous === true && { color: 'red.9' })}
    >
      {props.send}
    </Button>
  );
  return (
    <form onSubmit={sends(change)}>
      <Stack gap="md">
        {props.children}
        {change.error !== null && <Failure error={change.error} />}
        {cancel === undefined ? (
          send
        ) : (
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={cancel}>
              {common.cancel}
            </Button>
            {send}
          </Group>
        )}
      </Stack>
    </form>
  );
}
