import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts';
import { Confirm, useChange } from './action';
import { Failure } from './answer';
import { Panel } from './screen';
import { Status } from './status';

interface ParkedRow {
  readonly body: string;
  readonly error: string;
  readonly status: string;
  readonly replay_requested: boolean;
}

/** A message that could not be taken, and why. */
export function ParkedText(props: { readonly title: string; readonly row: ParkedRow; readonly children: ReactNode }) {
  const { row } = props;
  return (
    <Panel title={props.title} actions={<Status code={row.status} />}>
      <pre className="message">{row.body}</pre>
      <Text size="sm" my="xs">
        {row.error}
      </Text>
      {props.children}
    </Panel>
  );
}

/** Once more as it is, for what has been mended; or no more, so that what waits behind it goes on. */
export function ParkedDecisions(props: {
  readonly row: ParkedRow;
  /** By what stands on their buttons. */
  readonly replays: Readonly<Record<string, () => Promise<unknown>>>;
  readonly giveUpAbout: string;
  readonly giveUp: (reason: string) => Promise<unknown>;
}) {
  const { moneyIn: texts } = useTexts();
  const { row, replays } = props;
  const replay = useChange((run: () => Promise<unknown>) => run());
  return (
    <Stack gap="xs" mt="sm">
      {row.replay_requested && <Text size="sm">{texts.replaying}</Text>}
      {replay.error !== null && <Failure error={replay.error} />}
      <Group gap="xs">
        {Object.entries(replays).map(([label, run]) => (
          <Button
            key={label}
            size="xs"
            variant="default"
            disabled={row.replay_requested}
            loading={replay.isPending}
            onClick={() => replay.mutate(run)}
          >
            {label}
          </Button>
        ))}
        <Confirm
          label={texts.giveUp}
          title={texts.giveUpTitle}
          confirm={texts.giveUp}
          isSmall
          isDangerous
          isReasoned
          what={
            <>
              <Text size="sm" mb="sm">
                {props.giveUpAbout}
              </Text>
              <pre className="message">{row.body}</pre>
            </>
          }
          run={props.giveUp}
        />
      </Group>
    </Stack>
  );
}
