import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { WebhookEndpoint } from '../api/shapes';
import { Confirm, Dialog, useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { ChangeForm } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Status } from '../parts/status';
import { Copied, Facts, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts } from '../texts/texts';
import { StartReplay } from './webhook-replays';

const eventTypes = [
  ...(['payment.completed', 'payment.created', 'payment.awaiting_verification', 'payment.failed'] as const),
  ...(['payment.expired', 'payment.refunded', 'payment.review_required', 'payment.review_resolved'] as const),
];

export function AddEndpoint() {
  const { webhooks } = useTexts();
  return (
    <Dialog label={webhooks.add} title={webhooks.add} isPrimary>
      {() => <EndpointForm />}
    </Dialog>
  );
}

function EndpointForm() {
  const { webhooks, common } = useTexts();
  const { api } = useShop();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const add = useChange(() =>
    ask(api.POST('/api/panel/v1/webhook-endpoints', { body: { url, description, events: ['payment.*'] } })),
  );
  if (add.data !== undefined) return <Secret secret={add.data.data.secret} />;
  return (
    <ChangeForm change={add} send={common.save}>
      <TextInput
        label={webhooks.url}
        description={webhooks.urlAbout}
        type="url"
        required
        value={url}
        error={fieldErrors(add.error)['url']}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={webhooks.description}
        maxLength={200}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </ChangeForm>
  );
}

function Secret({ secret }: { readonly secret: string }) {
  const { webhooks } = useTexts();
  return (
    <Stack gap="sm">
      <Text size="sm">{webhooks.secretAbout}</Text>
      <Copied text={secret} />
    </Stack>
  );
}

export function EndpointCard({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const { t } = useSpeech();
  const { may } = useShop();
  const state = endpoint.status === 'active' && endpoint.failing !== null ? 'failing' : endpoint.status;
  return (
    <Panel title={endpoint.description || t.webhooks.endpoint} actions={<Status code={state} />}>
      <Stack gap="sm">
        {endpoint.failing !== null && (
          <Notice tone="bad" title={fill(t.webhooks.failing, { count: endpoint.failing.failed_attempts })}>
            <Text size="sm">
              <When at={endpoint.failing.since} />
            </Text>
          </Notice>
        )}
        {endpoint.disabled_reason !== null && (
          <Notice tone="bad" title={endpoint.disabled_reason.replaceAll('_', ' ')} />
        )}
        <Facts
          facts={[
            [t.webhooks.url, <code key="url">{endpoint.url ?? t.webhooks.perPayment}</code>],
            [t.webhooks.events, endpoint.events.join(', ')],
            [t.payments.created, <When key="at" at={endpoint.created_at} />],
          ]}
        />
        {may('develop') && <EndpointActions endpoint={endpoint} />}
      </Stack>
    </Panel>
  );
}

function EndpointActions({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const { webhooks: texts } = useTexts();
  const { api } = useShop();
  const params = { path: { id: endpoint.id } };
  const isActive = endpoint.status === 'active';
  return (
    <Group gap="xs">
      <Dialog label={texts.test} title={texts.test} isSmall size="lg">
        {() => <TestEvent id={endpoint.id} />}
      </Dialog>
      <Dialog label={texts.secret} title={texts.secret} isSmall>
        {() => (
          <ShownSecret
            show={() => ask(api.GET('/api/panel/v1/webhook-endpoints/{id}/secret', { params }))}
            rotate={() => ask(api.POST('/api/panel/v1/webhook-endpoints/{id}/rotate-secret', { params, body: {} }))}
          />
        )}
      </Dialog>
      {isActive && <StartReplay endpointId={endpoint.id} />}
      <Confirm
        label={isActive ? texts.disable : texts.enable}
        title={isActive ? texts.disable : texts.enable}
        confirm={isActive ? texts.disable : texts.enable}
        isSmall
        what={<Text size="sm">{isActive ? texts.disableAbout : texts.enableAbout}</Text>}
        run={() => ask(api.PATCH('/api/panel/v1/webhook-endpoints/{id}', { params, body: { enabled: !isActive } }))}
      />
      <Confirm
        label={texts.remove}
        title={texts.remove}
        confirm={texts.remove}
        isSmall
        isDangerous
        what={<Text size="sm">{fill(texts.removeAbout, { url: endpoint.url ?? '' })}</Text>}
        run={() => ask(api.DELETE('/api/panel/v1/webhook-endpoints/{id}', { params }))}
      />
    </Group>
  );
}

interface GivenSecret {
  readonly data: { readonly secret: string };
}

/** Asked for only when somebody wants to see it: secrets are not carried to screens in passing. */
export function ShownSecret(props: Readonly<Record<'show' | 'rotate', () => Promise<GivenSecret>>>) {
  const { webhooks: texts } = useTexts();
  const show = useChange(props.show);
  const rotate = useChange(props.rotate);
  const secret = rotate.data?.data.secret ?? show.data?.data.secret;
  const error = rotate.error ?? show.error;
  return (
    <Stack gap="md">
      {secret === undefined ? <Text size="sm">{texts.secretAbout}</Text> : <Secret secret={secret} />}
      {error !== null && <Failure error={error} />}
      <Group gap="xs">
        <Button variant="default" loading={show.isPending} onClick={() => show.mutate(undefined)}>
          {texts.showSecret}
        </Button>
        <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
          {texts.rotate}
        </Button>
      </Group>
    </Stack>
  );
}

function TestEvent({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const { api } = useShop();
  const [type, setType] = useState<(typeof eventTypes)[number]>('payment.completed');
  const test = useChange(() =>
    ask(api.POST('/api/panel/v1/webhook-endpoints/{id}/test', { params: { path: { id } }, body: { type } })),
  );
  const attempt = test.data?.data.attempt ?? null;
  return (
    <Stack gap="md">
      <Text size="sm">{t.webhooks.testAbout}</Text>
      <NativeSelect
        label={t.webhooks.event}
        value={type}
        onChange={(event) => setType(event.currentTarget.value as typeof type)}
        data={eventTypes}
      />
      <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>
        {t.webhooks.send}
      </Button>
      {test.error !== null && <Failure error={test.error} />}
      {attempt !== null && (
        <Notice tone={attempt.http_status !== null && attempt.http_status < 300 ? 'good' : 'bad'}>
          <Text size="sm" fw={600}>
            {attempt.http_status === null ? attempt.error : `HTTP ${attempt.http_status}`} ·{' '}
            {fill(t.webhooks.took, { ms: Math.round(attempt.duration_ms) })}
          </Text>
          {attempt.answer && <pre className="message">{attempt.answer}</pre>}
        </Notice>
      )}
    </Stack>
  );
}
