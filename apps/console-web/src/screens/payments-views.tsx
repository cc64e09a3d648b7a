import { ActionIcon, Anchor, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { Icon } from '../parts/icon';
import { useKept } from '../parts/kept';
import { useShop } from '../shell/shop';
import { fill, useTexts } from '../texts/texts';
import type { PaymentSearch } from './payments-filters';

interface View {
  readonly name: string;
  readonly search: PaymentSearch;
}
/** More than a person tells apart by their names. */
const VIEWS_MAX = 30;

/** Filters and columns under a name of one's own, kept in this browser. */
export function PaymentViews({ search }: { readonly search: PaymentSearch }) {
  const { views: texts } = useTexts();
  const { merchant, mode } = useShop();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [views, keep] = useKept<readonly View[]>('payment-views', []);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const called = name.trim();
    keep([...views.filter((view) => view.name !== called), { name: called, search }].slice(-VIEWS_MAX));
    setName('');
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpen(!isOpen)}>
          {texts.title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.title}>
        <Stack gap="xs">
          {views.length === 0 && <Text size="sm">{texts.none}</Text>}
          {views.map((view) => (
            <Group key={view.name} justify="space-between" wrap="nowrap">
              <Anchor
                component={Link}
                to="/m/$merchant/$mode/payments"
                params={{ merchant, mode } as never}
                search={view.search as never}
                size="sm"
                onClick={() => setOpen(false)}
              >
                {view.name}
              </Anchor>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={fill(texts.forget, { name: view.name })}
                onClick={() => keep(views.filter((each) => each !== view))}
              >
                <Icon name="cross" size={15} />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={save}>
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
              <Button size="xs" type="submit">
                {texts.save}
              </Button>
            </Group>
          </form>
          <Text size="xs" c="dimmed">
            {texts.where}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
