import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { Wallet } from '../api/shapes';
import { walletsQuery } from '../api/shop-queries';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { textOf, useGiven } from '../parts/fields';
import { List, type Column } from '../parts/list';
import { Empty, Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { Money } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';
import { ChangeWallet, TryWallet } from './wallet-changes';
import { noTerms, saidTerms, WalletTermsFields } from './wallet-terms';

const walletProviders = ['bkash', 'nagad', 'rocket', 'upay'] as const;
const accountTypes = ['personal', 'merchant', 'agent'] as const;
/** Wallets are of mobile money, which is in taka. */
const CURRENCY = 'BDT';

/** The wallets that customers send money to. */
export function Wallets() {
  const { wallets: texts } = useTexts();
  const shop = useShop();
  const { may } = shop;
  const wallets = useQuery(walletsQuery(shop));
  return (
    <Panel
      title={texts.title}
      actions={
        may('money') && (
          <Dialog label={texts.add} title={texts.add} isSmall isPrimary>
            {(close) => <AddWallet close={close} />}
          </Dialog>
        )
      }
    >
      <Answer query={wallets} lines={2}>
        {(rows) =>
          rows.length === 0 ? <Empty title={texts.none} about={texts.noneAbout} /> : <WalletList rows={rows} />
        }
      </Answer>
    </Panel>
  );
}

function WalletList({ rows }: { readonly rows: readonly Wallet[] }) {
  const { t } = useSpeech();
  const columns: readonly Column<Wallet>[] = [
    { name: 'provider', title: t.wallets.provider, show: ({ provider }) => worded(t.providers, provider) },
    {
      name: 'number',
      title: t.wallets.number,
      show: (wallet) => (
        <>
          <span className="figure">{wallet.number}</span>
          {wallet.account_name !== null && (
            <Text size="xs" c="dimmed">
              {wallet.account_name}
            </Text>
          )}
          {wallet.status === 'active' && wallet.room !== 'open' && (
            <Text size="xs" fw={600}>
              {t.wallets.rooms[wallet.room]}
            </Text>
          )}
        </>
      ),
    },
    { name: 'type', title: t.wallets.type, isWide: true, show: (row) => worded(t.wallets.types, row.account_type) },
    {
      name: 'today',
      title: t.wallets.today,
      isFigure: true,
      isWide: true,
      show: (wallet) => <Received wallet={wallet} />,
    },
    {
      name: 'actions',
      title: t.phones.actions,
      isFigure: true,
      show: (wallet) => (wallet.status === 'closed' ? <Status code="closed" /> : <Actions wallet={wallet} />),
    },
  ];
  return (
    <>
      {rows.some(isFull) && (
        <Notice tone="warn" title={t.wallets.nearLimit}>
          <Text size="sm">{t.wallets.nearLimitAbout}</Text>
        </Notice>
      )}
      <List label={t.wallets.title} columns={columns} rows={rows} rowKey={({ id }) => id} />
    </>
  );
}

/** What can be done with a wallet that is open. */
function Actions({ wallet }: { readonly wallet: Wallet }) {
  const { wallets: texts } = useTexts();
  const { api, may } = useShop();
  const { id, number } = wallet;
  if (!may('money')) return null;
  return (
    <Group gap={4} justify="flex-end">
      <Dialog label={texts.change} title={fill(texts.changeTitle, { number })} isSmall>
        {(close) => <ChangeWallet wallet={wallet} close={close} />}
      </Dialog>
      <Dialog label={texts.trial} title={fill(texts.trialTitle, { number })} isSmall>
        {() => <TryWallet wallet={wallet} />}
      </Dialog>
      <Confirm
        label={texts.close}
        title={fill(texts.closeTitle, { number })}
        confirm={texts.close}
        isSmall
        isDangerous
        what={<Text size="sm">{texts.closeAbout}</Text>}
        run={() => ask(api.POST('/api/panel/v1/wallets/{id}/close', { params: { path: { id } }, body: {} }))}
      />
    </Group>
  );
}

function isFull({ room, status }: Wallet): boolean {
  return status === 'active' && room !== 'open';
}

/** What payments brought today, of what may come in a day. */
function Received({ wallet }: { readonly wallet: Wallet }) {
  if (wallet.status === 'closed') return null;
  return (
    <>
      <Money amount={wallet.received_today} currency={CURRENCY} />
      {wallet.day_max !== null && (
        <>
          {' / '}
          <Money amount={wallet.day_max} currency={CURRENCY} />
        </>
      )}
    </>
  );
}

function AddWallet({ close }: { readonly close: () => void }) {
  const { t } = useSpeech();
  const { api } = useShop();
  const [given, change] = useGiven({
    provider: 'bkash',
    number: '',
    account_type: 'personal' as Wallet['account_type'],
  });
  const [terms, changeTerms] = useGiven(noTerms);
  const add = useChange(
    () => ask(api.POST('/api/panel/v1/wallets', { body: { ...given, ...saidTerms(terms) } })),
    close,
  );
  const errors = fieldErrors(add.error);
  const fields = { given, errors, change };
  return (
    <ChangeForm change={add} send={t.wallets.add}>
      <NativeSelect
        label={t.wallets.provider}
        {...textOf(fields, 'provider')}
        data={walletProviders.map((value) => ({ value, label: worded(t.providers, value) }))}
      />
      <TextInput
        label={t.wallets.number}
        description={t.wallets.numberAbout}
        inputMode="tel"
        required
        {...textOf(fields, 'number')}
        data-autofocus
      />
      <NativeSelect
        label={t.wallets.type}
        value={given.account_type}
        onChange={(event) =>
          change({ account_type: accountTypes.find((type) => type === event.currentTarget.value) ?? 'personal' })
        }
        data={accountTypes.map((value) => ({ value, label: t.wallets.types[value] }))}
      />
      <WalletTermsFields given={terms} errors={errors} change={changeTerms} />
    </ChangeForm>
  );
}
