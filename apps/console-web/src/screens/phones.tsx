import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Device } from '../api/shapes';
import { devicesQuery, walletsQuery } from '../api/shop-queries';
import { Answer } from '../parts/answer';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts, worded } from '../texts/texts';
import { PhoneAlerts } from './phone-alerts';
import { PhoneActions } from './phone-changes';
import { EnrolPhone } from './phone-enrolment';
import { TryText } from './try-text';

/** As the gateway counts it on Today. */
const BATTERY_LOW_PERCENT = 20;

/** The phones that tell of money: which are heard, which are not, and how another one comes in. */
export function Phones() {
  const { phones: texts } = useTexts();
  const shop = useShop();
  const { may } = shop;
  // Nobody tells of each time a phone is heard.
  const devices = useQuery({ ...devicesQuery(shop), refetchInterval: 5_000 });
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
            <Empty title={texts.none} about={texts.noneAbout} />
          ) : (
            <>
              {rows.some(({ health }) => health === 'alert') && <PhoneAlerts devices={rows} />}
              <PhoneList rows={rows} />
            </>
          )
        }
      </Answer>
    </Screen>
  );
}

function PhoneList({ rows }: { readonly rows: readonly Device[] }) {
  const { t } = useSpeech();
  const shop = useShop();
  const { may } = shop;
  const wallets = useQuery(walletsQuery(shop));
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
      show: ({ battery_percent: percent }) =>
        percent === null ? '—' : percent < BATTERY_LOW_PERCENT ? `${percent} % · ${t.phoneHealth.low}` : `${percent} %`,
    },
    {
      name: 'wallets',
      title: t.phoneHealth.serves,
      isWide: true,
      show: (device) =>
        device.wallets
          .map(({ wallet_id }) => wallets.data?.find(({ id }) => id === wallet_id))
          .map((wallet) => (wallet === undefined ? '…' : `${worded(t.providers, wallet.provider)} ${wallet.number}`))
          .join(', '),
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
