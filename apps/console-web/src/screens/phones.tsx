import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Device } from '../api/shapes';
import { Answer } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts, worded } from '../texts/texts';
import { PhoneActions } from './phone-changes';
import { EnrolPhone } from './phone-enrolment';
import { TryText } from './try-text';

/** The phones that tell of money: which are heard, which are not, and how another one comes in. */
export function Phones() {
  const { phones: texts } = useTexts();
  const { api, key, may } = useShop();
  const devices = useQuery({
    queryKey: [...key, 'devices'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/devices'))).data,
    refetchInterval: 5_000,
  });
  return (
    <Screen
      title={texts.title}
      about={texts.about}
      actions={
        <>
          {may('note') && <TryText />}
          {may('money') && <EnrolPhone />}
        </>
      }
    >
      <Answer query={devices}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={texts.none}>
              <Text size="sm" c="dimmed">
                {texts.noneAbout}
              </Text>
            </Empty>
          ) : (
            <PhoneList rows={rows} />
          )
        }
      </Answer>
    </Screen>
  );
}

function PhoneList({ rows }: { readonly rows: readonly Device[] }) {
  const { t } = useSpeech();
  const { may } = useShop();
  const columns: readonly Column<Device>[] = [
    { name: 'name', title: t.phones.name, show: ({ name }) => <strong>{name}</strong> },
    {
      name: 'health',
      title: t.payments.status,
      show: ({ health, open_alerts }) => (
        <>
          <Status code={health} />
          {open_alerts.map((alert) => (
            <Text size="xs" key={alert}>
              {worded(t.phones.alerts, alert)}
            </Text>
          ))}
        </>
      ),
    },
    { name: 'heard', title: t.phones.heard, show: ({ last_heard_at }) => <When at={last_heard_at} /> },
    {
      name: 'battery',
      title: t.phones.battery,
      isFigure: true,
      isWide: true,
      show: ({ battery_percent }) => (battery_percent === null ? '—' : `${battery_percent} %`),
    },
    { name: 'version', title: t.phones.version, isWide: true, show: ({ app_version }) => app_version ?? '—' },
    {
      name: 'actions',
      title: t.phones.actions,
      isFigure: true,
      show: (device) => may('money') && device.status === 'active' && <PhoneActions device={device} />,
    },
  ];
  return <List label={t.phones.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
