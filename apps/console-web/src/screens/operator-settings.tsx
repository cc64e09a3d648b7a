import { Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { ask, panelClient } from '../api/client';
import type { InstallationSetting } from '../api/shapes';
import { Answer } from '../parts/answer';
import { TextFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Screen } from '../parts/screen';
import { useTexts } from '../texts/texts';

/** With what the installation was started. */
export function OperatorSettings() {
  const { installationSettings: texts } = useTexts();
  const { q } = useSearch({ from: '/inside/operator/settings' });
  const navigate = useNavigate({ from: '/operator/settings' });
  const [isChangedOnly, setChangedOnly] = useState(false);
  const settings = useQuery({
    queryKey: ['installation', 'settings'],
    queryFn: async () => (await ask(panelClient(null).GET('/api/panel/v1/operator/settings'))).data,
  });
  const search = useCallback(
    (text: string | undefined) => void navigate({ search: text === undefined ? {} : { q: text }, replace: true }),
    [navigate],
  );
  const isShown = (setting: InstallationSetting) =>
    (!isChangedOnly || setting.value !== setting.default) &&
    `${setting.name} ${setting.about}`.toLowerCase().includes((q ?? '').toLowerCase());
  return (
    <Screen title={texts.title} about={texts.about}>
      <div className="filters" role="search">
        <TextFilter label={texts.search} type="search" value={q} choose={search} />
        <Switch
          label={texts.onlyChanged}
          checked={isChangedOnly}
          onChange={(event) => setChangedOnly(event.currentTarget.checked)}
        />
      </div>
      <Answer query={settings} lines={8}>
        {(found) => <SettingList rows={found.filter(isShown)} />}
      </Answer>
    </Screen>
  );
}

function SettingList({ rows }: { readonly rows: readonly InstallationSetting[] }) {
  const { installationSettings: texts } = useTexts();
  const columns: readonly Column<InstallationSetting>[] = [
    {
      name: 'name',
      title: texts.name,
      show: ({ name, about }) => (
        <>
          <code className="setting-name">{name}</code>
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        </>
      ),
    },
    {
      name: 'value',
      title: texts.value,
      show: ({ value, default: delivered }) => (
        <>
          <code className="setting-value">{value ?? texts.notSet}</code>
          {value === delivered && (
            <Text size="xs" c="dimmed">
              {texts.isDefault}
            </Text>
          )}
        </>
      ),
    },
  ];
  if (rows.length === 0) return <Empty title={texts.none} />;
  return <List label={texts.title} columns={columns} rows={rows} rowKey={({ name }) => name} />;
}
