import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import type { Device } from '../api/shapes';
import { walletsQuery } from '../api/shop-queries';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { Copied, Facts, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';

const OVERLAP_MINUTES = 30;

/** What can be done with one phone. */
export function PhoneActions({ device }: { readonly device: Device }) {
  const { phones } = useTexts();
  const { api } = useShop();
  const params = { path: { id: device.id } };
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Dialog label={phones.edit} title={device.name} isSmall>
        {(close) => <PhoneForm device={device} close={close} />}
      </Dialog>
      <Dialog label={phones.newSecret} title={fill(phones.newSecretTitle, { name: device.name })} isSmall size="lg">
        {() => <NewSecret id={device.id} />}
      </Dialog>
      <Confirm
        label={phones.revoke}
        title={fill(phones.revokeTitle, { name: device.name })}
        confirm={phones.revoke}
        isDangerous
        isReasoned
        isSmall
        what={<Text size="sm">{phones.revokeAbout}</Text>}
        run={(reason) => ask(api.POST('/api/panel/v1/devices/{id}/revoke', { params, body: { reason } }))}
      />
    </Group>
  );
}

/** Its name and the wallets it tells of; a wallet that stays keeps its SIM. */
function PhoneForm({ device, close }: { readonly device: Device; readonly close: () => void }) {
  const { t } = useSpeech();
  const shop = useShop();
  const [name, setName] = useState(device.name);
  const [picked, setPicked] = useState<readonly string[]>(device.wallets.map(({ wallet_id }) => wallet_id));
  const wallets = useQuery({
    ...walletsQuery(shop),
    select: (all) =>
      all.filter(({ id, status }) => status === 'active' || device.wallets.some(({ wallet_id }) => wallet_id === id)),
  });
  const save = useChange(() => {
    const kept = new Map(device.wallets.map(({ wallet_id, sim_slot }) => [wallet_id, sim_slot] as const));
    const body = { name, wallets: picked.map((id) => ({ wallet_id: id, sim_slot: kept.get(id) ?? null })) };
    return ask(shop.api.PATCH('/api/panel/v1/devices/{id}', { params: { path: { id: device.id } }, body }));
  }, close);
  return (
    <ChangeForm change={save} send={t.common.save} cancel={close} isDisabled={picked.length === 0}>
      <TextInput
        label={t.phones.name}
        description={t.phones.nameAbout}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Answer query={wallets} lines={2}>
        {(rows) => (
          <Checkbox.Group label={t.phones.wallets} value={[...picked]} onChange={setPicked}>
            <Stack gap="xs" mt="xs">
              {rows.map(({ id, provider, number }) => (
                <Checkbox key={id} value={id} label={`${worded(t.providers, provider)} ${number}`} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </Answer>
    </ChangeForm>
  );
}

/** The old one goes on for a while, so that nothing is lost until the phone has the new one. */
function NewSecret({ id }: { readonly id: string }) {
  const { phones } = useTexts();
  const { api } = useShop();
  const replace = useChange(() =>
    ask(
      api.POST('/api/panel/v1/devices/{id}/rotate-secret', {
        params: { path: { id } },
        body: { overlap_minutes: OVERLAP_MINUTES },
      }),
    ),
  );
  const given = replace.data?.data;
  if (given !== undefined)
    return (
      <Stack gap="md">
        <Text size="sm">{phones.newSecretOnce}</Text>
        <Copied text={given.secret} />
        <Facts
          facts={[
            [phones.uploadTo, <Copied key="upload" text={given.upload_url} />],
            [phones.forwardTo, <Copied key="forward" text={given.forward_url} />],
            [phones.oldUntil, <When key="until" at={given.previous_secret_until} />],
          ]}
        />
      </Stack>
    );
  return (
    <Stack gap="md">
      <Text size="sm">{fill(phones.newSecretAbout, { minutes: OVERLAP_MINUTES })}</Text>
      {replace.error !== null && <Failure error={replace.error} />}
      <Button loading={replace.isPending} onClick={() => replace.mutate(undefined)}>
        {phones.newSecret}
      </Button>
    </Stack>
  );
}
