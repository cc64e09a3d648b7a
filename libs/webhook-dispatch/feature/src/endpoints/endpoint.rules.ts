import { webhookEventPatterns, webhookOrders, type WebhookEndpointSettings } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { refuseHeaders, refuseUrl, type TargetPolicy } from '@paymatch/webhook-dispatch-domain';

const DESCRIPTION_LENGTH_MAX = 200;
const CONCURRENCY_MAX = 256;
const RATE_MAX = 1_000;

/** Throws the refusal of the first setting that will not do. */
export function refuseSettings(settings: WebhookEndpointSettings, targets: TargetPolicy): void {
  const { url, description, events, headers, order, concurrencyMax, ratePerSecond } = settings;
  const reason = url === null ? null : refuseUrl(url, targets);
  if (reason !== null) throw new Refusal('URL_NOT_ALLOWED', { reason });
  const isWrong: Readonly<Record<string, boolean>> = {
    description: typeof description !== 'string' || [...description].length > DESCRIPTION_LENGTH_MAX,
    events: !Array.isArray(events) || !events.every((event) => webhookEventPatterns.includes(event)),
    headers: refuseHeaders(headers) !== null,
    order: !webhookOrders.includes(order),
    concurrencyMax: !isWholeOrNone(concurrencyMax, CONCURRENCY_MAX),
    ratePerSecond: !isWholeOrNone(ratePerSecond, RATE_MAX),
  };
  const [field] = Object.entries(isWrong).find(([, wrong]) => wrong) ?? [];
  if (field !== undefined) throw new Refusal('INVALID_COMMAND', { field });
}

function isWholeOrNone(value: number | null, max: number): boolean {
  return value === null || (Number.isInteger(value) && value >= 1 && value <= max);
}
