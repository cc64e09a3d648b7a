import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How far the device's clock may be off, and how long a captured request stays usable. */
export const signatureWindowMs = 10 * 60_000;

const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/** Hex HMAC-SHA256 over `{deviceId}.{seq}.{timestamp}.{sha256hex(raw body)}` (docs/reference/device-api.md). */
export function signDeviceRequest(
  secret: string,
  request: { readonly deviceId: string; readonly seq: number; readonly timestamp: number; readonly body: Uint8Array },
): string {
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  return hmacHex(secret, `${request.deviceId}.${request.seq}.${request.timestamp}.${bodyHash}`);
}

/**
 * Hex HMAC-SHA256 over the raw body with the timestamp's text behind it: the scheme of SMSGate
 * (capcom6/android-sms-gateway).
 */
export function signSmsGateRequest(secret: string, body: Uint8Array, timestamp: string): string {
  return createHmac('sha256', secret).update(body).update(timestamp).digest('hex');
}

/**
 * The path token of a device whose forwarder app can only be given a URL. Derived from the device's secret: nothing
 * more is stored, and a new secret or a revoked device ends the URL.
 */
export function forwarderToken(device: { readonly id: string; readonly secret: string }): string {
  return hmacHex(device.secret, `forwarder-url.${device.id}`);
}

/** Compares two hex digests without telling by its time how much of them is right. */
export function isSameDigest(expected: string, given: string): boolean {
  if (!HEX_SHA256.test(given)) return false;
  return timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(given, 'hex'));
}

/** Whether unix seconds lie within the window around now, both ends included. */
export function isWithinWindow(timestamp: number, nowMs: number): boolean {
  return Math.abs(timestamp * 1_000 - nowMs) <= signatureWindowMs;
}

function hmacHex(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
