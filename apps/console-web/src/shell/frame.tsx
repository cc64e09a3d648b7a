import { ActionIcon, Burger, Group, Menu, NativeSelect, Text, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate, useParams, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ask, panelClient } from '../api/client';
import type { Session } from '../api/session';
import { Icon } from '../parts/icon';
import { languageNames, useSpeech, useTexts } from '../texts/texts';
import type { Language } from '../format';
import { MerchantSwitch } from './merchant-switch';
import { Navigation } from './navigation';
import { SearchBox } from './search-box';

/** What stands round every screen behind the login. */
export function Frame() {
  const { session } = useRouteContext({ from: '/inside' });
  const { merchant, mode } = useParams({ strict: false });
  const { common } = useTexts();
  const [isOpen, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(menu.close, [pathname, menu.close]);
  return (
    <div className="frame" data-mode={mode ?? 'none'} data-menu={isOpen ? 'open' : 'closed'}>
      <a className="skip" href="#content">
        {common.skip}
      </a>
      <header className="frame-head">
        <Group gap="xs" wrap="nowrap" className="frame-where">
          <Burger className="menu-button" opened={isOpen} onClick={menu.toggle} size="sm" aria-label={common.menu} />
          <Link to="/" className="brand">
            Paymatch
          </Link>
          <MerchantSwitch session={session} />
        </Group>
        <Group gap="xs" wrap="nowrap">
          {merchant !== undefined && <SearchBox />}
          <ColourButton />
          <PersonMenu session={session} />
        </Group>
      </header>
      {mode === 'test' && (
        <aside className="test-strip" aria-label={common.mode}>
          <Text size="sm" fw={600}>
            {common.testMode}
          </Text>
        </aside>
      )}
      <Navigation session={session} />
      <main id="content" className="frame-main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function ColourButton() {
  const { common } = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDark =
    colorScheme === 'dark' || (colorScheme === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
      aria-label={isDark ? common.light : common.dark}
    >
      <Icon name={isDark ? 'sun' : 'moon'} />
    </ActionIcon>
  );
}

function PersonMenu({ session }: { readonly session: Session }) {
  const { common } = useTexts();
  const { language, choose } = useSpeech();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await ask(panelClient(null).DELETE('/api/panel/v1/session'));
    queries.clear();
    await navigate({ to: '/login' });
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={`${common.account}: ${session.user.name}`}>
          <Text size="sm" fw={600} aria-hidden="true">
            {session.user.name.slice(0, 1).toUpperCase()}
          </Text>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user.name}
          <br />
          {session.user.email}
        </Menu.Label>
        <Menu.Item component={Link} to="/me">
          {common.mySecurity}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="leave" size={16} />} onClick={() => void leave()}>
          {common.signOut}
        </Menu.Item>
        <Menu.Divider />
        <LanguageSelect language={language} choose={choose} />
      </Menu.Dropdown>
    </Menu>
  );
}

export function LanguageSelect(props: { readonly language: Language; readonly choose: (language: Language) => void }) {
  const { common } = useTexts();
  return (
    <NativeSelect
      size="xs"
      m="xs"
      aria-label={common.language}
      value={props.language}
      onChange={(event) => props.choose(event.currentTarget.value as Language)}
      data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
    />
  );
}
