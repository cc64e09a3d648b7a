import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { Icon } from '../parts/icon';
import { useTexts } from '../texts/texts';
import { Window } from '../parts/window';

/** One box for everything a payment can be known by; ⌘K or Ctrl K from anywhere. */
export function SearchBox() {
  const { search } = useTexts();
  const [isOpen, box] = useDisclosure(false);
  useHotkeys([['mod+k', box.open]], []);
  return (
    <>
      <Button
        className="search-button"
        variant="default"
        size="xs"
        leftSection={<Icon name="search" size={16} />}
        rightSection={<kbd aria-hidden="true">⌘K</kbd>}
        onClick={box.open}
      >
        {search.title}
      </Button>
      <ActionIcon
        className="search-icon"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={search.title}
        onClick={box.open}
      >
        <Icon name="search" />
      </ActionIcon>
      <Window isOpen={isOpen} close={box.close} title={search.title} size="lg">
        <SearchForm close={box.close} />
      </Window>
    </>
  );
}

function SearchForm({ close }: { readonly close: () => void }) {
  const { search, customers } = useTexts();
  const { merchant, mode } = useParams({ strict: false });
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const look = (place: 'payments' | 'customers') => {
    close();
    void navigate({
      to: `/m/$merchant/$mode/${place}`,
      params: { merchant: merchant!, mode: mode! },
      search: { q: text.trim() },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look('payments');
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group wrap="nowrap" align="flex-end">
          <TextInput
            className="grows"
            aria-label={search.title}
            placeholder={search.example}
            type="search"
            required
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit">{search.go}</Button>
          <Button variant="default" disabled={text.trim() === ''} onClick={() => look('customers')}>
            {customers.title}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {search.about}
        </Text>
      </Stack>
    </form>
  );
}
