import { SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/client';
import type { Today as TodayShape } from '../api/shapes';
import { Answer } from '../parts/answer';
import { Icon } from '../parts/icon';
import { Panel, Screen } from '../parts/screen';
import { Money, When } from '../parts/values';
import { useShop } from '../shell/shop';
import { fill, useSpeech } from '../texts/texts';
import { dayText } from './days';
import { Hours } from './today-hours';

const LIVE_EVERY_MS = 15_000;
const at = '/m/$merchant/$mode';

/** What the day brought and what needs somebody; every figure leads to its list. */
export function Today() {
  const { t } = useSpeech();
  const { api, key } = useShop();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = useQuery({
    queryKey: [...key, 'today'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/today', { params: { query: { zone } } }))).data,
    // Also for what time alone changes: ages, and phones that are heard again.
    refetchInterval: LIVE_EVERY_MS,
  });
  return (
    <Screen title={t.today.title} about={fill(t.today.about, { zone })}>
      <Answer query={today}>
        {(day) => (
          <>
            {day.checklist.some(({ done }) => done === false) && <Checklist steps={day.checklist} />}
            <Received day={day} />
            <Figures day={day} />
          </>
        )}
      </Answer>
    </Screen>
  );
}

function Received({ day }: { readonly day: TodayShape }) {
  const { t, count } = useSpeech();
  const { merchant, mode } = useShop();
  const { today, last_week_so_far: before } = day.received;
  const date = dayText(new Date(day.at));
  return (
    <Panel
      title={t.today.received}
      actions={
        <Link
          to={`${at}/payments`}
          params={{ merchant, mode } as never}
          search={{ status: 'completed', from: date, to: date } as never}
        >
          {t.todayMore.list}
        </Link>
      }
    >
      {today.length === 0 && <Text size="sm">{t.today.nothing}</Text>}
      {today.map((sum) => {
        const then = before.find(({ currency }) => currency === sum.currency);
        return (
          <div key={sum.currency} className="received">
            <span className="amount-big">
              <Money amount={sum.amount} currency={sum.currency} />
            </span>
            <Text size="sm" c="dimmed">
              {fill(t.payments.count, { count: count(sum.count) })} · {t.today.lastWeek}{' '}
              {then === undefined ? '—' : <Money amount={then.amount} currency={then.currency} />}
            </Text>
          </div>
        );
      })}
      {today.length > 0 && <Hours hours={day.received.by_hour} />}
    </Panel>
  );
}

interface FigureProps {
  readonly to: NonNullable<LinkProps['to']>;
  readonly search?: Readonly<Record<string, string>>;
  readonly title: string;
  readonly value: ReactNode;
  readonly isBad: boolean;
  readonly children?: ReactNode;
}

function Figure(props: FigureProps) {
  const { merchant, mode } = useShop();
  return (
    <Link
      to={props.to}
      params={{ merchant, mode } as never}
      search={(props.search ?? {}) as never}
      className="figure-card"
      data-bad={props.isBad}
    >
      <Text size="sm" c="dimmed">
        {props.title}
      </Text>
      <span className="figure-value">
        {props.isBad && <Icon name="review" />}
        {props.value}
      </span>
      <Text size="xs">{props.children}</Text>
    </Link>
  );
}

function Figures({ day }: { readonly day: TodayShape }) {
  const { t, count } = useSpeech();
  const { waiting, cases, phones, webhooks, rate, wallets } = day;
  const broken = phones.silent + phones.with_gaps + phones.battery_low;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md">
      <Figure
        to={`${at}/payments`}
        search={{ status: 'awaiting_verification' }}
        title={t.today.waiting}
        value={count(waiting.count)}
        isBad={waiting.stuck > 0}
      >
        {waiting.oldest_at === null ? t.today.none : <When at={waiting.oldest_at} />}
        {waiting.stuck > 0 && ` · ${fill(t.today.stuck, { count: count(waiting.stuck) })}`}
      </Figure>
      {cases !== null && (
        <Figure to={`${at}/review`} title={t.today.cases} value={count(cases.count)} isBad={cases.older > 0}>
          {cases.oldest_at === null ? t.today.none : <When at={cases.oldest_at} />}
          {cases.count > 0 &&
            ` · ${fill(t.todayMore.ages, {
              hour: count(cases.under_an_hour),
              day: count(cases.under_a_day),
              older: count(cases.older),
            })}`}
        </Figure>
      )}
      <Figure to={`${at}/phones`} title={t.today.phones} value={count(phones.count)} isBad={broken > 0}>
        {broken === 0
          ? t.today.allWell
          : fill(t.today.phonesBroken, {
              silent: count(phones.silent),
              gaps: count(phones.with_gaps),
              low: count(phones.battery_low),
            })}
      </Figure>
      {wallets.near_limit + wallets.limit_reached > 0 && (
        <Figure
          to={`${at}/settings`}
          title={t.wallets.title}
          value={count(wallets.near_limit + wallets.limit_reached)}
          isBad
        >
          {fill(t.todayMore.walletsFull, {
            near: count(wallets.near_limit),
            reached: count(wallets.limit_reached),
          })}
        </Figure>
      )}
      {webhooks !== null && (
        <Figure
          to={`${at}/webhooks`}
          title={t.today.webhooks}
          value={count(webhooks.count)}
          isBad={webhooks.failing + webhooks.disabled > 0}
        >
          {webhooks.failing + webhooks.disabled === 0
            ? t.today.allWell
            : fill(t.today.webhooksBroken, { failing: count(webhooks.failing), disabled: count(webhooks.disabled) })}
        </Figure>
      )}
      {rate !== null && (
        <Figure to={`${at}/settings`} title={t.today.rate} value={rate.rate} isBad={rate.age_seconds > 86_400}>
          <When at={rate.set_at} />
        </Figure>
      )}
    </SimpleGrid>
  );
}

const stepPlaces = {
  shop: 'settings',
  wallet: 'settings',
  phone: 'phones',
  test_payment: 'developers',
  webhook: 'webhooks',
  go_live: 'keys',
} as const;

/** What a new shop has still to do, each step a way to do it. */
function Checklist({ steps }: { readonly steps: TodayShape['checklist'] }) {
  const { t } = useSpeech();
  const { merchant, mode } = useShop();
  return (
    <Panel title={t.today.checklist}>
      <ol className="checklist">
        {steps.map(({ step, done }) => (
          <li key={step} data-done={done === true}>
            <Icon name={done === true ? 'check' : 'dot'} />
            <Link
              to={`${at}/${stepPlaces[step]}`}
              params={{ merchant, mode: step === 'test_payment' ? 'test' : mode } as never}
              search={(step === 'test_payment' ? { tab: 'simulator' } : {}) as never}
            >
              {t.today.steps[step]}
            </Link>
            <Text size="xs" c="dimmed">
              {done === true ? t.today.stepDone : t.today.stepOpen}
            </Text>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
