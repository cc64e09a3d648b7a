import { textOf } from '@paymatch/gateway-edge';

/** What a forwarder app sent, as entries our own upload would have had. `null` = not the app's body at all. */
export type ForwardedEntries = readonly Readonly<Record<string, unknown>>[] | null;

/**
 * Body of bogkonstantin/android_income_sms_gateway_webhook: `{from,text,sentStamp,receivedStamp,sim}`, stamps in
 * milliseconds (as numbers or texts, the template is the user's), `sim` like `sim1` or `undetected`.
 */
export function fromIncomeSmsWebhook(body: unknown): ForwardedEntries {
  if (!isRecord(body) || !('from' in body) || !('text' in body)) return null;
  return [
    {
      seq: null,
      sender: body.from,
      body: body.text,
      sim_slot: slotOf(body.sim),
      sent_at: stampTime(body.sentStamp),
      received_at: stampTime(body.receivedStamp),
    },
  ];
}

/** Body of a SMSGate webhook. Every event but a received SMS is acknowledged and means nothing to us. */
export function fromSmsGate(body: unknown): ForwardedEntries {
  if (!isRecord(body) || typeof body.event !== 'string') return null;
  if (body.event !== 'sms:received') return [];
  const payload = body.payload;
  if (!isRecord(payload)) return null;
  return [
    {
      // Older versions of the app say `phoneNumber` where newer ones say `sender`.
      seq: null,
      sender: payload.sender ?? payload.phoneNumber,
      body: payload.message,
      sim_slot: slotOf(payload.simNumber),
      sent_at: null,
      received_at: payload.receivedAt ?? null,
    },
  ];
}

/** SMSGate's sign of life, sent at the interval its user set. */
export function isSmsGatePing(body: unknown): boolean {
  return isRecord(body) && body.event === 'system:ping';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `sim1`, `SIM 2`, 1: the slot's number; anything else is a phone that does not know. */
function slotOf(value: unknown): number | null {
  const digits = /^(?:sim)?\s*(\d)$/i.exec(textOf(value) ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Milliseconds since 1970 as an ISO text; what is no such number goes on as it is, to be refused with its name. */
function stampTime(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  const text = textOf(value) ?? '';
  const ms = typeof value === 'number' ? value : /^\d{12,14}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : value;
}
