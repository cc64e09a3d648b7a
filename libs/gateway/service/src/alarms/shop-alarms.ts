import { noteRaised, unraisedAlerts, type UnraisedAlert } from '@paymatch/gateway-device';
import type { ChangeNews } from '@paymatch/gateway-read-models';
import { ExchangeUnavailable, type ExchangeRates, type ExchangeTable } from '@paymatch/gateway-receiving';
import type { MessageBus } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { raiseAlarms, type RaisedAlarm } from './raise-alarms.js';

const DAY_MS = 86_400_000;
const ALERTS_MAX = 100;
const SELLERS_MAX = 10_000;
/** The one currency that is converted (contract B, Calls). */
const BASE_CURRENCY = 'USD';
/** People hear of a rate when this much of its time is used up: there is a quarter left to set another. */
const STALE_PART = 0.75;

export interface ShopAlarmsOptions {
  readonly database: Database;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly rates: ExchangeRates;
  readonly table: ExchangeTable;
  readonly rateAgeMaxMs: number;
  readonly news: Pick<ChangeNews, 'tell'>;
}

/**
 * Hands what the gateway notices of phones and rates to the service that tells people. Handed over twice, it is told
 * once; what cannot be handed over now is handed over at a later look.
 */
export class ShopAlarms {
  constructor(private readonly options: ShopAlarmsOptions) {}

  /** `true` when there may be more. */
  async tellOfPhones(): Promise<boolean> {
    const { database, clock } = this.options;
    const now = new Date(clock.nowMs());
    const openedAfter = new Date(now.getTime() - DAY_MS);
    const alerts = await unraisedAlerts(database, { openedAfter, rowsMax: ALERTS_MAX });
    for (const own of byShop(alerts)) {
      const { merchantId, livemode } = own[0]!;
      await raiseAlarms(this.options, { merchantId, livemode }, own.map(phoneAlarm));
      for (const { deviceId } of own)
        this.options.news.tell({ merchantId, livemode, kind: 'phone', id: deviceId, change: 'changed' });
      await noteRaised(
        database,
        own.map(({ id }) => id),
        now,
      );
    }
    return alerts.length === ALERTS_MAX;
  }

  /** Of each shop that sells at a rate: the newest one, when its time runs out or has run out. */
  async tellOfRates(): Promise<void> {
    const { rows } = await this.options.database.query<{ merchant_id: string }>(
      `SELECT merchant_id FROM gateway.pix_accounts WHERE livemode
       UNION SELECT merchant_id FROM gateway.bank_accounts WHERE livemode LIMIT ${SELLERS_MAX}`,
    );
    for (const { merchant_id: merchantId } of rows) {
      const stale = await this.staleRate(merchantId);
      if (stale !== null) await raiseAlarms(this.options, { merchantId, livemode: true }, [stale]);
    }
  }

  private async staleRate(merchantId: string): Promise<RaisedAlarm | null> {
    const { rates, table, clock, rateAgeMaxMs } = this.options;
    try {
      const quote = await rates.quote(BASE_CURRENCY, merchantId);
      const isFresh = clock.nowMs() - Date.parse(quote.quotedAt) < rateAgeMaxMs * STALE_PART;
      return isFresh ? null : rateAlarm(quote.rate, quote.quotedAt);
    } catch (error) {
      if (!(error instanceof ExchangeUnavailable)) throw error;
      // A shop for which nobody ever set a rate sells nothing at one.
      const [newest] = await table.list(merchantId);
      return newest === undefined ? null : rateAlarm(newest.rate, newest.quotedAt);
    }
  }
}

function byShop(alerts: readonly UnraisedAlert[]): readonly (readonly UnraisedAlert[])[] {
  const shops = new Map<string, UnraisedAlert[]>();
  for (const alert of alerts) {
    const key = `${alert.merchantId} ${alert.livemode}`;
    shops.set(key, [...(shops.get(key) ?? []), alert]);
  }
  return [...shops.values()];
}

function phoneAlarm({ id, kind, deviceId, deviceName, lastHeardAt }: UnraisedAlert): RaisedAlarm {
  return { alarm: `phone.${kind}`, occasion: id, details: { deviceId, deviceName, lastHeardAt } };
}

function rateAlarm(rate: string, quotedAt: string): RaisedAlarm {
  return { alarm: 'rate.stale', occasion: quotedAt, details: { rate, quotedAt, baseCurrency: BASE_CURRENCY } };
}
