import { forwarderToken } from './device-signature.js';

export interface ForwarderUrls {
  /** For our own uploads, signed. */
  readonly upload: string;
  /** To paste into Android Income SMS Gateway Webhook; a secret in itself. */
  readonly forward: string;
  readonly forwardHeartbeat: string;
  /** To paste into SMSGate, with the device's secret as its signing key. */
  readonly smsGate: string;
}

/** Where a device's messages go, by app; `publicUrl` is the gateway's base without a slash at its end. */
export function forwarderUrls(
  publicUrl: string,
  device: { readonly id: string; readonly secret: string },
): ForwarderUrls {
  const base = `${publicUrl}/api/device/v1`;
  const forward = `${base}/forward/${device.id}/${forwarderToken(device)}`;
  return {
    upload: `${base}/messages`,
    forward,
    forwardHeartbeat: `${forward}/heartbeat`,
    smsGate: `${base}/smsgate/${device.id}`,
  };
}

/** What a phone scans: where to hand in the code, and behind `#`, which no browser sends anywhere, the code. */
export function deviceEnrolmentUrl(publicUrl: string, code: string): string {
  return `${publicUrl}/api/device/v1/enrolments#code=${code}`;
}
