import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask, panelClient } from '../api/client';
import type { ListedMerchant } from '../api/shapes';
import { Confirm, useChange } from '../parts/action';
import { ChangeForm } from '../parts/change-form';
import { Copied } from '../parts/values';
import { fill, useSpeech, useTexts } from '../texts/texts';

/** Suspends a merchant, by a reason and its name typed out, or lets it go on. */
export function MerchantStanding({ merchant }: { readonly merchant: Pick<ListedMerchant, 'id' | 'name' | 'status'> }) {
  const { operator: texts, merchantPage } = useTexts();
  const params = { path: { id: merchant.id } };
  const api = panelClient(null);
  if (merchant.status === 'suspended')
    return (
      <Confirm
        label={texts.resume}
        title={fill(texts.resumeTitle, { name: merchant.name })}
        confirm={texts.resume}
        what={<Text size="sm">{texts.resumeAbout}</Text>}
        run={() => ask(api.POST('/api/panel/v1/operator/merchants/{id}/resume', { params, body: {} }))}
      />
    );
  return (
    <Confirm
      label={texts.suspend}
      title={fill(texts.suspendTitle, { name: merchant.name })}
      confirm={texts.suspend}
      isDangerous
      isReasoned
      words={{ label: fill(merchantPage.confirmWords, { name: merchant.name }), expected: merchant.name }}
      what={<Text size="sm">{texts.suspendAbout}</Text>}
      run={(reason) => ask(api.POST('/api/panel/v1/operator/merchants/{id}/suspend', { params, body: { reason } }))}
    />
  );
}

export function InviteOwner({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const [email, setEmail] = useState('');
  const invite = useChange(() =>
    ask(
      panelClient(null).POST('/api/panel/v1/operator/merchants/{id}/invitations', {
        params: { path: { id } },
        body: { email },
      }),
    ),
  );
  if (invite.data !== undefined)
    return (
      <Stack gap="md">
        <Text size="sm">{fill(t.people.linkAbout, { email })}</Text>
        <Copied text={invite.data.data.url} />
      </Stack>
    );
  return (
    <ChangeForm change={invite} send={t.people.makeLink}>
      <TextInput
        label={t.login.email}
        type="email"
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-autofocus
      />
    </ChangeForm>
  );
}
