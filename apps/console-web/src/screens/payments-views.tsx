import { ActionIcon, Anchor, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../api/client';
import { useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { Icon } from '../parts/icon';
import { useShop } from '../shell/shop';
import { fill, useTexts } from '../texts/texts';
import type { PaymentSearch } from './payments-filters';

const SCREEN = 'payments';

/** Filters and columns under a name of one's own, kept in one's account. */
export function PaymentViews({ search }: { readonly search: PaymentSearch }) {
  const { views: texts } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpen(!isOpen)}>
          {texts.title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.title}>
        <Views search={search} close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Views({ search, close }: { readonly search: PaymentSearch; readonly close: () => void }) {
  const { views: texts } = useTexts();
  const { api, key, merchant, mode } = useShop();
  const views = useQuery({
    queryKey: [...key, 'saved-views'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/saved-views'))).data,
  });
  const forget = useChange((id: string) =>
    ask(api.DELETE('/api/panel/v1/saved-views/{id}', { params: { path: { id } }, body: {} })),
  );
  return (
    <Stack gap="xs">
      <Answer query={views} lines={2}>
        {(all) => {
          const rows = all.filter(({ screen }) => screen === SCREEN);
          if (rows.length === 0) return <Text size="sm">{texts.none}</Text>;
          return rows.map(({ id, name, query }) => (
            <Group key={id} justify="space-between" wrap="nowrap">
              <Anchor
                component={Link}
                to="/m/$merchant/$mode/payments"
                params={{ merchant, mode } as never}
                search={Object.fromEntries(new URLSearchParams(query)) as never}
                size="sm"
                onClick={close}
              >
                {name}
              </Anchor>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={fill(texts.forget, { name })}
                onClick={() => forget.mutate(id)}
              >
                <Icon name="cross" size={15} />
              </ActionIcon>
            </Group>
          ));
        }}
      </Answer>
      {forget.error !== null && <Failure error={forget.error} />}
      <SaveView search={search} />
      <Text size="xs" c="dimmed">
        {texts.where}
      </Text>
    </Stack>
  );
}

function SaveView({ search }: { readonly search: PaymentSearch }) {
  const { views: texts } = useTexts();
  const { api } = useShop();
  const [name, setName] = useState('');
  const save = useChange(
    () => {
      const query = new URLSearchParams(search as Record<string, string>).toString();
      return ask(api.POST('/api/panel/v1/saved-views', { body: { screen: SCREEN, name, query } }));
    },
    () => setName(''),
  );
  return (
    <form onSubmit={sends(save)}>
      <Group align="flex-end" wrap="nowrap" gap="xs">
        <TextInput
          className="grows"
          size="xs"
          label={texts.name}
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" loading={save.isPending}>
          {texts.save}
        </Button>
      </Group>
      {save.error !== null && <Failure error={save.error} />}
    </form>
  );
}
