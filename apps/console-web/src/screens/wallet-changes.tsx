import { Anchor, Button, Stack, Text } from '@mantine/core';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { Wallet } from '../api/shapes';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { useGiven } from '../parts/fields';
import { Notice } from '../parts/notice';
import { ToPayment } from '../parts/to-payment';
import { Copied } from '../parts/values';
import { useShop } from '../shell/shop';
import { useSpeech, useTexts } from '../texts/texts';
import { saidTerms, termsOf, WalletTermsFields } from './wallet-terms';

/** Whose account a wallet is, and what may come to it. */
export function ChangeWallet({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const { wallets: texts, common } = useTexts();
  const { api } = useShop();
  const [given, change] = useGiven(() => termsOf(wallet));
  const save = useChange(
    () => ask(api.PATCH('/api/panel/v1/wallets/{id}', { params: { path: { id: wallet.id } }, body: saidTerms(given) })),
    close,
  );
  return (
    <ChangeForm change={save} send={common.save}>
      <WalletTermsFields given={given} errors={fieldErrors(save.error)} change={change} />
      <Text size="sm" c="dimmed">
        {texts.limitsAbout}
      </Text>
    </ChangeForm>
  );
}

/** A payment of one taka to this wallet, to send and to see complete. */
export function TryWallet({ wallet }: { readonly wallet: Wallet }) {
  const { t, money } = useSpeech();
  const { api, mode } = useShop();
  const begin = useChange(() =>
    ask(api.POST('/api/panel/v1/wallets/{id}/trial', { params: { path: { id: wallet.id } }, body: {} })),
  );
  const made = begin.data?.data;
  const isLive = mode === 'live';
  return (
    <Stack gap="md">
      <Text size="sm">{isLive ? t.wallets.trialAbout : t.wallets.trialInTest}</Text>
      {begin.error !== null && <Failure error={begin.error} />}
      {made === undefined ? (
        <Button loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
          {t.wallets.trialGo}
        </Button>
      ) : (
        <Notice tone="good" title={isLive ? t.wallets.trialMade : t.developers.made}>
          <Stack gap="xs" mt="xs">
            {isLive && (
              <Text size="sm">
                {money('1.00', 'BDT')} → <Copied text={wallet.number} />
              </Text>
            )}
            <Anchor href={made.checkout_url} target="_blank" rel="noreferrer" size="sm">
              {t.wallets.trialPage}
            </Anchor>
            <ToPayment id={made.id} size="sm">
              {t.wallets.trialWatch}
            </ToPayment>
          </Stack>
        </Notice>
      )}
    </Stack>
  );
}
