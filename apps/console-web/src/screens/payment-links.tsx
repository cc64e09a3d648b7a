import { Anchor, Group, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import type { PaymentLink } from '../api/shapes';
import { Confirm, Dialog } from '../parts/action';
import { ChoiceFilter } from '../parts/filters';
import { List, type Column } from '../parts/list';
import { Empty } from '../parts/notice';
import { Paged, usePages } from '../parts/paged';
import { Screen } from '../parts/screen';
import { Status } from '../parts/status';
import { CopyIcon, Money, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech, useTexts, worded } from '../texts/texts';
import { PaymentLinkForm } from './payment-link-form';

const linkStatuses = ['active', 'disabled'] as const;

/** Addresses at which customers pay without a shop's page of its own. */
export function PaymentLinks() {
  const { t } = useSpeech();
  const { api, key, may } = useShop();
  const { status } = useSearch({ from: '/inside/m/$merchant/$mode/payment-links' });
  const navigate = useNavigate({ from: '/m/$merchant/$mode/payment-links' });
  const wanted = linkStatuses.find((each) => each === status);
  const found = usePages([...key, 'payment-links', wanted], (page) => {
    const query = { ...(wanted !== undefined && { status: wanted }), ...page };
    return ask(api.GET('/api/panel/v1/payment-links', { params: { query } }));
  });
  return (
    <Screen title={t.links.title} about={t.links.about} actions={may('manage') && <MakeLink />}>
      <div className="filters">
        <ChoiceFilter
          label={t.payments.status}
          value={wanted}
          choices={linkStatuses.map((code) => [code, worded(t.statuses, code)])}
          choose={(value) => void navigate({ search: value === undefined ? {} : { status: value }, replace: true })}
        />
      </div>
      <Paged found={found} empty={<NoLinks isFiltered={wanted !== undefined} />}>
        {(rows) => <LinkList rows={rows} />}
      </Paged>
    </Screen>
  );
}

function MakeLink() {
  const { links } = useTexts();
  return (
    <Dialog label={links.make} title={links.make} isPrimary size="lg">
      {(close) => <PaymentLinkForm link={null} done={close} />}
    </Dialog>
  );
}

function NoLinks({ isFiltered }: { readonly isFiltered: boolean }) {
  const { links } = useTexts();
  return isFiltered ? <Empty title={links.noneFound} /> : <Empty title={links.none} about={links.noneAbout} />;
}

function titleOf({ texts, default_language, slug }: PaymentLink): string {
  return texts[default_language]?.title ?? slug;
}

function LinkList({ rows }: { readonly rows: readonly PaymentLink[] }) {
  const { t, count } = useSpeech();
  const { may } = useShop();
  const columns: readonly Column<PaymentLink>[] = [
    { name: 'title', title: t.links.link, show: (link) => <Named link={link} /> },
    {
      name: 'state',
      title: t.payments.status,
      show: ({ state }) => <Status code={state === 'open' ? 'active' : state} />,
    },
    { name: 'amount', title: t.links.price, isFigure: true, show: (link) => <Price link={link} /> },
    {
      name: 'places',
      title: t.links.places,
      isFigure: true,
      isWide: true,
      show: ({ payments_max: max, payments_taken: taken }) =>
        max === null ? '—' : fill(t.links.taken, { taken: count(taken ?? 0), max: count(max) }),
    },
    {
      name: 'expires',
      title: t.links.expires,
      isWide: true,
      show: ({ expires_at }) => <When at={expires_at} otherwise={t.keys.never} />,
    },
    ...(may('manage')
      ? [{ name: 'actions', title: t.phones.actions, show: (link: PaymentLink) => <LinkActions link={link} /> }]
      : []),
  ];
  return <List label={t.links.title} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** Its name opens what customers see; the address is for sending. */
function Named({ link }: { readonly link: PaymentLink }) {
  return (
    <span className="copied">
      <Anchor href={link.url} target="_blank" rel="noreferrer" fw={600}>
        {titleOf(link)}
      </Anchor>
      <CopyIcon text={link.url} />
    </span>
  );
}

/** Links ask for taka. */
function Price({ link }: { readonly link: PaymentLink }) {
  const { amount, amount_min: min, amount_max: max } = link;
  if (amount !== null) return <Money amount={amount} currency="BDT" />;
  return (
    <>
      {min !== null && <Money amount={min} currency="BDT" />} – {max !== null && <Money amount={max} currency="BDT" />}
    </>
  );
}

function LinkActions({ link }: { readonly link: PaymentLink }) {
  const { links: texts, webhooks } = useTexts();
  const { api } = useShop();
  const params = { path: { id: link.id } };
  const isActive = link.status === 'active';
  const verb = isActive ? webhooks.disable : webhooks.enable;
  return (
    <Group gap="xs">
      <Dialog label={texts.edit} title={titleOf(link)} isSmall size="lg">
        {(close) => <PaymentLinkForm link={link} done={close} />}
      </Dialog>
      <Confirm
        label={verb}
        title={fill(isActive ? texts.disableTitle : texts.enableTitle, { name: titleOf(link) })}
        confirm={verb}
        isSmall
        what={<Text size="sm">{isActive ? texts.disableAbout : texts.enableAbout}</Text>}
        run={() =>
          ask(
            api.PATCH('/api/panel/v1/payment-links/{id}', {
              params,
              body: { status: isActive ? 'disabled' : 'active' },
            }),
          )
        }
      />
      <Confirm
        label={webhooks.remove}
        title={fill(texts.removeTitle, { name: titleOf(link) })}
        confirm={webhooks.remove}
        isSmall
        isDangerous
        what={<Text size="sm">{fill(texts.removeAbout, { url: link.url })}</Text>}
        run={() => ask(api.DELETE('/api/panel/v1/payment-links/{id}', { params }))}
      />
    </Group>
  );
}
