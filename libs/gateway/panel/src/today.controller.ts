import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, type ReviewCase, type WebhookEndpointView } from '@paymatch/contracts';
import { dataAnswer, sendAnswer } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import { receivedBy, roomOf } from '@paymatch/gateway-receiving';
import type { PaidHour, WaitingPayments } from '@paymatch/gateway-read-models';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import { readZone } from './csv-answer.js';
import { admit, askCredits, askWebhooks, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { receivedByWallets } from './wallets/wallet.view.js';
import { startOfDay } from './zone-days.js';

const HOUR_MS = 3_600_000;
const STUCK_MS = 300_000;
const BATTERY_LOW_PERCENT = 20;
const CASES_MAX = 100;

/** The first screen: how the shop is doing, and what it takes to begin. */
@Controller('api/panel/v1')
export class TodayController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('today')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const zone = readZone(request.query as Readonly<Record<string, unknown>>);
    const nowMs = this.desk.clock.nowMs();
    const asked = { correlationId: request.id };
    const { merchantId, livemode } = caller;
    const shop = { merchantId, livemode };
    const [received, waiting, cases, phones, endpoints, rate, checklist, wallets] = await Promise.all([
      this.received(caller, nowMs, zone),
      this.desk.figures.waiting(shop, new Date(nowMs - STUCK_MS)),
      unlessAway(
        askCredits<readonly ReviewCase[]>(
          this.desk,
          { type: 'ListReviewCases', ...shop, status: 'open', reason: null, limit: CASES_MAX, before: null },
          asked,
        ),
      ),
      this.phones(caller),
      unlessAway(askWebhooks<readonly WebhookEndpointView[]>(this.desk, { type: 'ListEndpoints', ...shop }, asked)),
      this.rate(caller, nowMs),
      this.begun(caller),
      this.wallets(caller),
    ]);
    const hasWebhook = endpoints === null ? null : endpoints.some(({ url }) => url !== null);
    sendAnswer(
      reply,
      dataAnswer(200, {
        at: new Date(nowMs).toISOString(),
        zone,
        received,
        waiting: renderWaiting(waiting),
        cases: cases === null ? null : renderCases(cases, nowMs),
        phones,
        wallets,
        webhooks: endpoints === null ? null : renderEndpoints(endpoints),
        rate,
        checklist: [
          { step: 'shop', done: true },
          { step: 'wallet', done: checklist.hasWallet },
          { step: 'phone', done: phones.heard > 0 },
          { step: 'test_payment', done: checklist.hasTestPayment },
          { step: 'webhook', done: hasWebhook },
          { step: 'go_live', done: checklist.isLive },
        ],
      }),
    );
  }

  /** Payments made today that are paid, beside those of the same weekday, whole and up to the same time. */
  private async received(caller: Caller, nowMs: number, zone: string): Promise<object> {
    const today = startOfDay(nowMs, zone);
    const weekAgo = startOfDay(nowMs, zone, 7);
    const [ofToday, ofLastWeek] = await Promise.all([
      this.desk.figures.paidByHour(caller, new Date(today), new Date(today + 25 * HOUR_MS)),
      this.desk.figures.paidByHour(caller, new Date(weekAgo), new Date(startOfDay(nowMs, zone, 6))),
    ]);
    const hour = Math.floor((nowMs - today) / HOUR_MS);
    return {
      today: sums(ofToday),
      last_week: sums(ofLastWeek),
      last_week_so_far: sums(ofLastWeek.filter((one) => one.hour < hour)),
      by_hour: { today: ofToday.map(renderHour), last_week: ofLastWeek.map(renderHour) },
    };
  }

  private async phones({ merchantId, livemode }: Caller): Promise<{
    readonly count: number;
    readonly heard: number;
    readonly silent: number;
    readonly with_gaps: number;
    readonly battery_low: number;
  }> {
    const devices = await this.desk.devices.list(merchantId, livemode);
    const active = devices.filter(({ status }) => status === 'active').map(({ id }) => id);
    const standings = [...(await this.desk.deviceAlerts.standings(active)).values()];
    return {
      count: active.length,
      heard: standings.filter(({ lastHeardAt }) => lastHeardAt !== null).length,
      silent: standings.filter(({ openAlerts }) => openAlerts.includes('silent')).length,
      with_gaps: standings.filter(({ openAlerts }) => openAlerts.includes('gap')).length,
      battery_low: standings.filter(({ batteryPercent }) => (batteryPercent ?? 100) < BATTERY_LOW_PERCENT).length,
    };
  }

  /** How many wallets are near what may come to them, by what payments brought. */
  private async wallets(caller: Caller): Promise<{ readonly near_limit: number; readonly limit_reached: number }> {
    const wallets = await this.desk.wallets.active(caller.merchantId, caller.livemode);
    const paid = await receivedByWallets(this.desk, caller, wallets);
    const rooms = wallets.map((wallet) => roomOf(wallet, receivedBy(wallet, paid)));
    const count = (wanted: (typeof rooms)[number]): number => rooms.filter((room) => room === wanted).length;
    return { near_limit: count('near'), limit_reached: count('reached') };
  }

  /** The rate that dollars are sold at; `null`: none was set. */
  private async rate({ merchantId }: Caller, nowMs: number): Promise<object | null> {
    const [newest] = (await this.desk.exchange.list(merchantId)).toSorted(
      (a, b) => Number(a.isForAll) - Number(b.isForAll),
    );
    if (newest === undefined) return null;
    const ageSeconds = Math.max(0, Math.floor((nowMs - Date.parse(newest.quotedAt)) / 1_000));
    return { rate: newest.rate, base_currency: newest.baseCurrency, set_at: newest.quotedAt, age_seconds: ageSeconds };
  }

  private async begun(caller: Caller): Promise<{
    readonly hasWallet: boolean;
    readonly hasTestPayment: boolean;
    readonly isLive: boolean;
  }> {
    const { merchantId, livemode } = caller;
    const [wallets, pix, bank, hasTestPayment, isLive] = await Promise.all([
      this.desk.wallets.active(merchantId, livemode),
      this.desk.accounts.pix(caller),
      this.desk.accounts.bank(caller),
      this.desk.figures.hasPaid({ merchantId, livemode: false }),
      this.desk.figures.hasPaid({ merchantId, livemode: true }),
    ]);
    return { hasWallet: wallets.length > 0 || pix !== null || bank !== null, hasTestPayment, isLive };
  }
}

/** `null` while the service that knows is away: one figure must not take the others along. */
async function unlessAway<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RequestUnavailable) return null;
    throw error;
  }
}

function sums(hours: readonly PaidHour[]): readonly object[] {
  return [...new Set(hours.map(({ currency }) => currency))].sort().map((currency) => {
    const own = hours.filter((one) => one.currency === currency);
    return {
      currency,
      count: own.reduce((sum, { count }) => sum + count, 0),
      amount: formatMinor(own.reduce((sum, { amountMinor }) => sum + amountMinor, 0)),
    };
  });
}

function renderHour({ hour, currency, count, amountMinor }: PaidHour): object {
  return { hour, currency, count, amount: formatMinor(amountMinor) };
}

function renderWaiting({ count, isExact, oldestAt, stuckCount }: WaitingPayments): object {
  return { count, is_exact: isExact, oldest_at: oldestAt, stuck: stuckCount };
}

function renderCases(cases: readonly ReviewCase[], nowMs: number): object {
  const ages = cases.map(({ openedAt }) => nowMs - Date.parse(openedAt));
  const younger = (hours: number): number => ages.filter((age) => age < hours * HOUR_MS).length;
  return {
    count: cases.length,
    is_exact: cases.length < CASES_MAX,
    oldest_at: cases.map(({ openedAt }) => openedAt).sort()[0] ?? null,
    under_an_hour: younger(1),
    under_a_day: younger(24) - younger(1),
    older: cases.length - younger(24),
  };
}

function renderEndpoints(endpoints: readonly WebhookEndpointView[]): object {
  return {
    count: endpoints.length,
    failing: endpoints.filter(({ failing, status }) => failing !== undefined && status === 'active').length,
    disabled: endpoints.filter(({ status }) => status === 'disabled').length,
  };
}
