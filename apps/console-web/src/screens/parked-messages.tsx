import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { Answer } from '../parts/answer';
import { Empty } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

/** Messages that told of money and could not be taken yet: none of them is lost. */
export function ParkedMessages() {
  const { moneyIn: texts } = useTexts();
  const { api, key } = useShop();
  const parked = useQuery({
    queryKey: [...key, 'parked'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/parked-messages', { params: { query: {} } }))).data,
  });
  return (
    <Answer query={parked}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={texts.noneParked}>
            <Text size="sm" c="dimmed">
              {texts.noneParkedAbout}
            </Text>
          </Empty>
        ) : (
          <Stack gap="md">
            {rows.map((row) => (
              <Panel key={row.id} title={row.sender ?? row.kind} actions={<Status code={row.status} />}>
                <pre className="message">{row.body}</pre>
                <Text size="sm" mt="xs">
                  {row.error}
                </Text>
                <Text size="xs" c="dimmed">
                  <When at={row.parked_at} />
                </Text>
              </Panel>
            ))}
          </Stack>
        )
      }
    </Answer>
  );
}
