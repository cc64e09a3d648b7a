import { Anchor, List as TextList, Tabs, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Panel, Screen } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';
import { ApiRequests } from './api-requests';
import { Simulator } from './simulator';
import { WebhookEvents } from './webhook-events';

/** For whoever connects the shop's server: what can be tried, and where it is written how. */
export function Developers() {
  const { developers: texts, events, requests } = useTexts();
  const { tab = 'events' } = useSearch({ from: '/inside/m/$merchant/$mode/developers' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/developers' });
  return (
    <Screen title={texts.title} about={texts.about}>
      <Tabs
        value={tab}
        onChange={(chosen) => void navigate({ search: chosen === null ? {} : { tab: chosen } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="events">{events.title}</Tabs.Tab>
          <Tabs.Tab value="requests">{requests.title}</Tabs.Tab>
          <Tabs.Tab value="simulator">{texts.simulator}</Tabs.Tab>
          <Tabs.Tab value="pages">{texts.pages}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="events">
          <WebhookEvents />
        </Tabs.Panel>
        <Tabs.Panel value="requests">
          <ApiRequests />
        </Tabs.Panel>
        <Tabs.Panel value="simulator">
          <Simulator />
        </Tabs.Panel>
        <Tabs.Panel value="pages">
          <Pages />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}

function Pages() {
  const { developers: texts } = useTexts();
  const { merchant, mode } = useShop();
  return (
    <Panel title={texts.pages}>
      <TextList spacing="xs" size="sm">
        <TextList.Item>
          <Anchor href="/docs" target="_blank" rel="noreferrer" size="sm">
            {texts.reference}
          </Anchor>
        </TextList.Item>
        {(['fastaar', 'smartfastpay', 'panel', 'device'] as const).map((name) => (
          <TextList.Item key={name}>
            <Anchor href={`/openapi/${name}.json`} target="_blank" rel="noreferrer" size="sm">
              {`OpenAPI: ${name}`}
            </Anchor>
          </TextList.Item>
        ))}
        <TextList.Item>
          <Link to="/m/$merchant/$mode/keys" params={{ merchant, mode } as never}>
            {texts.keys}
          </Link>
        </TextList.Item>
        <TextList.Item>
          <Link to="/m/$merchant/$mode/webhooks" params={{ merchant, mode } as never}>
            {texts.testEvent}
          </Link>
        </TextList.Item>
      </TextList>
      <Text size="xs" c="dimmed" mt="sm">
        {texts.pagesAbout}
      </Text>
    </Panel>
  );
}
