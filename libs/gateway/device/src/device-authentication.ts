import { randomBytes } from 'node:crypto';
import { isUuid } from '@paymatch/contracts';
import type { Device, Devices } from '@paymatch/gateway-access';
import { forwarderToken, isSameDigest, isWithinWindow, signDeviceRequest, signSmsGateRequest } from './device-signature.js';
import { notAuthorised, Problem } from './problem.js';

export interface SignedRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

const WHOLE_NUMBER = /^\d{1,15}$/;

/** Finds out which device speaks. Every refusal is the same `401`, in about the same time, whether the device exists or not. */
export class DeviceAuthentication {
  private readonly nobodysSecret = randomBytes(32).toString('hex');

  constructor(private readonly devices: Devices) {}

  /** Our own scheme: `X-Device-Id`, `X-Device-Seq`, `X-Device-Timestamp`, `X-Device-Signature`. */
  async ofSignedUpload(request: SignedRequest, nowMs: number): Promise<{ readonly device: Device; readonly seq: number }> {
    const deviceId = header(request, 'x-device-id');
    const seq = header(request, 'x-device-seq');
    const timestamp = header(request, 'x-device-timestamp');
    if (!WHOLE_NUMBER.test(seq) || !WHOLE_NUMBER.test(timestamp)) throw notAuthorised();
    const device = await this.activeDevice(deviceId);
    const expected = signDeviceRequest(device?.secret ?? this.nobodysSecret, { deviceId, seq: Number(seq), timestamp: Number(timestamp), body: request.body });
    if (!isSameDigest(expected, header(request, 'x-device-signature')) || device === null) throw notAuthorised();
    checkClock(Number(timestamp), nowMs);
    return { device, seq: Number(seq) };
  }

  /** SMSGate signs the body with the timestamp's text behind it. */
  async ofSmsGate(deviceId: string, request: SignedRequest, nowMs: number): Promise<Device> {
    const timestamp = header(request, 'x-timestamp');
    if (!WHOLE_NUMBER.test(timestamp)) throw notAuthorised();
    const device = await this.activeDevice(deviceId);
    const expected = signSmsGateRequest(device?.secret ?? this.nobodysSecret, request.body, timestamp);
    if (!isSameDigest(expected, header(request, 'x-signature')) || device === null) throw notAuthorised();
    checkClock(Number(timestamp), nowMs);
    return device;
  }

  /** An app that can only be given a URL: the token in the path is all there is. */
  async ofForwarderUrl(deviceId: string, token: string): Promise<Device> {
    const device = await this.activeDevice(deviceId);
    const expected = forwarderToken({ id: deviceId, secret: device?.secret ?? this.nobodysSecret });
    if (!isSameDigest(expected, token) || device === null) throw notAuthorised();
    return device;
  }

  private async activeDevice(deviceId: string): Promise<Device | null> {
    const device = isUuid(deviceId) ? await this.devices.find(deviceId) : null;
    return device?.status === 'active' ? device : null;
  }
}

/** Told apart from a wrong signature on purpose, and only to who signed rightly: a phone with a wrong clock must be findable. */
function checkClock(timestamp: number, nowMs: number): void {
  if (!isWithinWindow(timestamp, nowMs)) {
    throw new Problem(401, 'The request was signed more than ten minutes from now; check the phone\'s clock.', { code: 'clock-off', members: { now: Math.floor(nowMs / 1_000) } });
  }
}

function header(request: SignedRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
