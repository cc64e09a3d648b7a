import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Device } from '../api/shapes';
import type { paths } from '../api/panel-api';
import { Confirm } from '../parts/action';
import { Answer } from '../parts/answer';
import { Notice } from '../parts/notice';
import { When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech } from '../texts/texts';

type Alert =
  paths['/api/panel/v1/device-alerts']['get']['responses'][200]['content']['application/json']['data'][number];
const LIVE_EVERY_MS = 10_000;

/** What is wrong with which phone since when, and what that means for money. */
export function PhoneAlerts({ devices }: { readonly devices: readonly Device[] }) {
  const { api, key } = useShop();
  const alerts = useQuery({
    queryKey: [...key, 'device-alerts'],
    queryFn: async () =>
      (await ask(api.GET('/api/panel/v1/device-alerts', { params: { query: { status: 'open' } } }))).data,
    refetchInterval: LIVE_EVERY_MS,
  });
  return (
    <Answer query={alerts} lines={1}>
      {(rows) => (
        <>
          {rows.map((alert) => (
            <AlertNotice
              key={alert.id}
              alert={alert}
              name={devices.find(({ id }) => id === alert.device_id)?.name ?? '—'}
            />
          ))}
        </>
      )}
    </Answer>
  );
}

function AlertNotice({ alert, name }: { readonly alert: Alert; readonly name: string }) {
  const { t, count } = useSpeech();
  const { api, may } = useShop();
  const { phoneHealth } = t;
  const missing = alert.missing.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return (
    <Notice
      tone="bad"
      title={
        alert.kind === 'silent'
          ? fill(phoneHealth.silent, { name })
          : fill(phoneHealth.gap, { name, count: count(missing) })
      }
    >
      <Text size="sm">{alert.kind === 'silent' ? phoneHealth.silentAbout : phoneHealth.gapAbout}</Text>
      <Text size="sm">
        {t.phones.heard}: <When at={alert.last_heard_at} otherwise={t.statuses.not_heard_yet} /> · {phoneHealth.noticed}{' '}
        <When at={alert.opened_at} />
      </Text>
      {alert.kind === 'gap' && (
        <Text size="xs">
          {phoneHealth.numbers}{' '}
          {alert.missing.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')}
        </Text>
      )}
      {alert.kind === 'gap' && may('money') && (
        <Confirm
          label={phoneHealth.dismiss}
          title={phoneHealth.dismissTitle}
          confirm={phoneHealth.dismiss}
          isSmall
          what={<Text size="sm">{fill(phoneHealth.dismissAbout, { count: count(missing), name })}</Text>}
          run={() =>
            ask(api.POST('/api/panel/v1/device-alerts/{id}/dismiss', { params: { path: { id: alert.id } }, body: {} }))
          }
        />
      )}
    </Notice>
  );
}
