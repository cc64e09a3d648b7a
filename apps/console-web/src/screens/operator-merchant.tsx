import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, panelClient } from '../api/client';
import type { components } from '../api/panel-api';
import { sessionKey } from '../api/session';
import { fieldErrors } from '../api/problem';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Answer } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Panel, Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { Copied, Facts, When } from '../parts/values';
import { fill, useSpeech, useTexts } from '../texts/texts';
import { SharedAccounts } from './operator-shared-accounts';
import { InviteOwner, MerchantStanding } from './operator-merchant-parts';

export type MerchantDetail = components['schemas']['MerchantDetail'];

/** One merchant: what it has and uses, whether it may work, and a way in to look. */
export function OperatorMerchant() {
  const { operator: texts } = useTexts();
  const { id } = useParams({ from: '/inside/operator/merchants/$id' });
  const merchant = useQuery({
    queryKey: ['installation', 'merchant', id],
    queryFn: async () =>
      (await ask(panelClient(null).GET('/api/panel/v1/operator/merchants/{id}', { params: { path: { id } } }))).data,
  });
  return (
    <Screen
      title={merchant.data?.name ?? texts.title}
      actions={
        <Button component={Link} to="/operator/merchants" variant="default">
          {texts.title}
        </Button>
      }
    >
      <Answer query={merchant}>
        {(found) => (
          <>
            {found.suspension_reason !== null && <Suspended reason={found.suspension_reason} />}
            <About merchant={found} />
            <PlanAndUsage merchant={found} />
            <SharedAccounts id={found.id} />
            <Access merchant={found} />
          </>
        )}
      </Answer>
    </Screen>
  );
}

function Suspended({ reason }: { readonly reason: string }) {
  const { merchantPage: texts } = useTexts();
  return <Notice tone="warn" title={fill(texts.suspendedBecause, { reason })} />;
}

function About({ merchant }: { readonly merchant: MerchantDetail }) {
  const { t } = useSpeech();
  return (
    <Panel>
      <Facts
        facts={[
          [t.payments.status, <Status code={merchant.status} />],
          [t.merchantPage.since, <When at={merchant.created_at} />],
          ['ID', <Copied text={merchant.id} />],
        ]}
      />
      <Group gap="xs" mt="md">
        <Dialog label={t.merchantPage.rename} title={t.merchantPage.rename}>
          {(close) => <Rename merchant={merchant} close={close} />}
        </Dialog>
        <Dialog label={t.operator.invite} title={fill(t.operator.inviteTitle, { name: merchant.name })}>
          {() => <InviteOwner id={merchant.id} />}
        </Dialog>
        <MerchantStanding merchant={merchant} />
        <Button component={Link} to="/operator/audit" search={{ merchant_id: merchant.id } as never} variant="default">
          {t.merchantPage.changes}
        </Button>
      </Group>
    </Panel>
  );
}

function Rename({ merchant, close }: { readonly merchant: MerchantDetail; readonly close: () => void }) {
  const { settings, common } = useTexts();
  const [name, setName] = useState(merchant.name);
  const rename = useChange(
    () =>
      ask(
        panelClient(null).PATCH('/api/panel/v1/operator/merchants/{id}', {
          params: { path: { id: merchant.id } },
          body: { name },
        }),
      ),
    close,
  );
  return (
    <ChangeForm change={rename} send={common.save}>
      <TextInput
        label={settings.name}
        required
        maxLength={100}
        value={name}
        error={fieldErrors(rename.error)['name']}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
    </ChangeForm>
  );
}

function PlanAndUsage({ merchant }: { readonly merchant: MerchantDetail }) {
  const { t, count, day } = useSpeech();
  const texts = t.merchantPage;
  const { usage, limits, plan } = merchant;
  const used = (amount: number, most: number | null | undefined) =>
    most === null || most === undefined
      ? fill(texts.unlimited, { used: count(amount) })
      : fill(texts.ofMost, { used: count(amount), most: count(most) });
  return (
    <Panel
      title={texts.planUsage}
      actions={
        <Dialog label={texts.changePlan} title={texts.changePlan} isSmall>
          {(close) => <ChangePlan merchant={merchant} close={close} />}
        </Dialog>
      }
    >
      {plan === null && (
        <Text size="sm" mb="sm">
          {texts.noPlan}
        </Text>
      )}
      <Facts
        facts={[
          ...(plan === null
            ? []
            : ([
                [texts.plan, plan.id],
                [texts.until, plan.until === null ? '—' : day(plan.until)],
              ] as const)),
          [texts.payments, used(usage.payments_this_month, limits?.payments_per_month)],
          [texts.wallets, used(usage.wallets, limits?.wallets_max)],
          [texts.phones, used(usage.phones, limits?.phones_max)],
        ]}
      />
    </Panel>
  );
}

function ChangePlan({ merchant, close }: { readonly merchant: MerchantDetail; readonly close: () => void }) {
  const { merchantPage: texts, common } = useTexts();
  const [given, setGiven] = useState({ id: merchant.plan?.id ?? '', until: '' });
  const plans = useQuery({
    queryKey: ['installation', 'plans'],
    queryFn: async () => (await ask(panelClient(null).GET('/api/panel/v1/operator/plans'))).data,
  });
  const change = useChange(
    (id: string) =>
      ask(
        panelClient(null).PATCH('/api/panel/v1/operator/merchants/{id}', {
          params: { path: { id: merchant.id } },
          body: { plan: { id, until: new Date(`${given.until}T23:59:59`).toISOString() } },
        }),
      ),
    close,
  );
  return (
    <Answer query={plans} lines={2}>
      {(rows) => {
        const first = rows[0];
        if (first === undefined) return <Text size="sm">{texts.noPlans}</Text>;
        const chosen = given.id || first.id;
        return (
          <ChangeForm change={{ ...change, mutate: () => change.mutate(chosen) }} send={common.save}>
            <NativeSelect
              label={texts.plan}
              value={chosen}
              onChange={(event) => setGiven({ ...given, id: event.currentTarget.value })}
              data={rows.map(({ id, price }) => ({ value: id, label: price === null ? id : `${id} (${price})` }))}
            />
            <TextInput
              label={texts.planUntil}
              type="date"
              required
              value={given.until}
              onChange={(event) => setGiven({ ...given, until: event.currentTarget.value })}
            />
          </ChangeForm>
        );
      }}
    </Answer>
  );
}

/** What an operator sees of a shop is written into the shop's own log, with the reason. */
function Access({ merchant }: { readonly merchant: MerchantDetail }) {
  const { merchantPage: texts } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, name } = merchant;
  const enter = async (reason: string) => {
    const params = { path: { id } };
    await ask(panelClient(null).POST('/api/panel/v1/operator/merchants/{id}/enter', { params, body: { reason } }));
    await queries.refetchQueries({ queryKey: sessionKey });
    await navigate({ to: '/m/$merchant/$mode', params: { merchant: id, mode: 'live' } });
  };
  return (
    <Panel title={texts.access}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{texts.enterAbout}</Text>
        <Confirm
          label={texts.enter}
          title={fill(texts.enterTitle, { name })}
          confirm={texts.enter}
          isReasoned
          what={<Text size="sm">{texts.enterAbout}</Text>}
          run={enter}
        />
      </Stack>
    </Panel>
  );
}
