import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { walletsQuery } from '../api/shop-queries';
import { Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Copied, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';

export function EnrolPhone() {
  const { phones } = useTexts();
  return (
    <Dialog label={phones.enrol} title={phones.enrol} isPrimary>
      {() => <Enrolment />}
    </Dialog>
  );
}

interface Enrolled {
  readonly enrolment_url: string;
  readonly qr_svg: string;
  readonly code: string;
  readonly expires_at: string;
}

function Enrolment() {
  const { t } = useSpeech();
  const shop = useShop();
  const { api } = shop;
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const wallets = useQuery({
    ...walletsQuery(shop),
    select: (all) => all.filter(({ status }) => status === 'active'),
  });
  const picked = chosen ?? wallets.data?.map(({ id }) => id) ?? [];
  const enrol = useChange(() =>
    ask(
      api.POST('/api/panel/v1/device-enrolments', {
        body: { name, wallets: picked.map((id) => ({ wallet_id: id })) },
      }),
    ),
  );
  if (enrol.data !== undefined) return <Code enrolled={enrol.data.data} />;
  return (
    <ChangeForm change={enrol} send={t.phones.showCode} isDisabled={picked.length === 0}>
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
        {(rows) =>
          rows.length === 0 ? (
            <Notice tone="warn" title={t.phones.noWallet} />
          ) : (
            <Checkbox.Group label={t.phones.wallets} value={[...picked]} onChange={setChosen}>
              <Stack gap="xs" mt="xs">
                {rows.map((wallet) => (
                  <Checkbox
                    key={wallet.id}
                    value={wallet.id}
                    label={`${worded(t.providers, wallet.provider)} ${wallet.number}`}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )
        }
      </Answer>
    </ChangeForm>
  );
}

/** Only this machine answers there: what a phone would call is itself. */
const isOnlyHere = (url: string): boolean => /\/\/(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(url);

function Code({ enrolled }: { readonly enrolled: Enrolled }) {
  const { t } = useSpeech();
  return (
    <Stack gap="md" align="center">
      {isOnlyHere(decodeURIComponent(enrolled.enrolment_url)) && (
        <Notice tone="bad" title={t.phones.onlyHere}>
          <Text size="sm">{t.phones.onlyHereAbout}</Text>
        </Notice>
      )}
      <Text size="sm">{t.phones.scan}</Text>
      <img
        className="qr"
        alt={t.phones.qr}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(enrolled.qr_svg)}`}
        width={240}
        height={240}
      />
      <Text size="xs" c="dimmed">
        {fill(t.phones.byHand, {})}
      </Text>
      <Copied text={enrolled.enrolment_url} />
      <Text size="xs" c="dimmed">
        {t.phones.validUntil} <When at={enrolled.expires_at} />
      </Text>
    </Stack>
  );
}
