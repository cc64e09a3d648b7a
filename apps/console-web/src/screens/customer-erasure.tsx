import { List, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { notifications } from '@mantine/notifications';
import { ask } from '../api/client';
import type { Customer } from '../api/shapes';
import { Confirm } from '../parts/action';
import { useShop } from '../shell/shop';
import { fill, useSpeech } from '../texts/texts';
import { useCounted } from './customers';

/** Takes whoever this is out of everything that is kept, at the word of an owner. */
export function EraseCustomer({ customer }: { readonly customer: Customer }) {
  const { t, count } = useSpeech();
  const { api, membership, merchant, mode } = useShop();
  const navigate = useNavigate();
  const counted = useCounted();
  const { erasure: texts } = t;
  if (membership.role !== 'owner') return null;
  const called = customer.name ?? customer.phone ?? customer.email ?? customer.reference;
  const erase = async (reason: string) => {
    const params = { path: { id: customer.id } };
    const { data } = await ask(api.POST('/api/panel/v1/customers/{id}/erase', { params, body: { reason } }));
    const left = data.has_more ? texts.more : data.published === 'later' ? texts.later : texts.done;
    notifications.show({ message: fill(left, { count: count(data.payments) }), color: 'brand', autoClose: false });
    await navigate({ to: '/m/$merchant/$mode/customers', params: { merchant, mode } as never });
  };
  return (
    <Confirm
      label={texts.erase}
      title={fill(texts.title, { name: called })}
      confirm={texts.erase}
      isDangerous
      isReasoned
      words={{ label: fill(texts.words, { name: called }), expected: called }}
      what={
        <Stack gap="xs">
          <Text size="sm">{fill(texts.about, { count: counted(customer) })}</Text>
          <List size="sm">
            <List.Item>{texts.goes}</List.Item>
            <List.Item>{texts.stays}</List.Item>
            <List.Item>{texts.beyond}</List.Item>
          </List>
          <Text size="sm" fw={600}>
            {texts.noWay}
          </Text>
        </Stack>
      }
      run={erase}
    />
  );
}
