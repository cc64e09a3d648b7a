import { randomBytes } from 'node:crypto';
import { isUuid } from '@paymatch/contracts';
import { Problem } from '@paymatch/gateway-edge';
import {
  type Device,
  type Devices,
  forwarderToken,
  isSameDigest,
  isWithinWindow,
  signDeviceRequest,
  signSmsGateRequest,
} from '@paymatch/gateway-receiving';
import { notAuthorised } from './problem.js';

export interface SignedRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** Who somebody says to be, and what that device would have signed with a secret. */
interface Introduction {
  readonly deviceId: string;
  readonly nowMs: number;
  readonly digestUnder: (secret: string) => string;
}

const WHOLE_NUMBER = /^\d{1,15}$/;

/**
 * Finds out which device speaks. Every refusal is the same `401`, in about the same time, whether the device exists or
 * not.
 */
export class DeviceAuthentication {
  private readonly nobodysSecret = randomBytes(32).toString('hex');

  constructor(private readonly devices: Devices) {}

  /** Our own scheme: `X-Device-Id`, `X-Device-Seq`, `X-Device-Timestamp`, `X-Device-Signature`. */
  async ofSignedUpload(
    request: SignedRequest,
    nowMs: number,
  ): Promise<{ readonly device: Device; readonly seq: number }> {
    const deviceId = header(request, 'x-device-id');
    const seq = header(request, 'x-device-seq');
    const timestamp = header(request, 'x-device-timestamp');
    if (!WHOLE_NUMBER.test(seq) || !WHOLE_NUMBER.test(timestamp)) throw notAuthorised();
    const signed = { deviceId, seq: Number(seq), timestamp: Number(timestamp), body: request.body };
    const device = await this.authenticatedDevice(header(request, 'x-device-signature'), {
      deviceId,
      nowMs,
      digestUnder: (secret) => signDeviceRequest(secret, signed),
    });
    checkClock(Number(timestamp), nowMs);
    return { device, seq: Number(seq) };
  }

  /** SMSGate signs the body with the timestamp's text behind it. */
  async ofSmsGate(deviceId: string, request: SignedRequest, nowMs: number): Promise<Device> {
    const timestamp = header(request, 'x-timestamp');
    if (!WHOLE_NUMBER.test(timestamp)) throw notAuthorised();
    const device = await this.authenticatedDevice(header(request, 'x-signature'), {
      deviceId,
      nowMs,
      digestUnder: (secret) => signSmsGateRequest(secret, request.body, timestamp),
    });
    checkClock(Number(timestamp), nowMs);
    return device;
  }

  /** An app that can only be given a URL: the token in the path is all there is. */
  ofForwarderUrl(deviceId: string, token: string, nowMs: number): Promise<Device> {
    return this.authenticatedDevice(token, {
      deviceId,
      nowMs,
      digestUnder: (secret) => forwarderToken({ id: deviceId, secret }),
    });
  }

  /** The device whose secret, or whose previous one while it still counts, makes that digest. */
  private async authenticatedDevice(digest: string, introduction: Introduction): Promise<Device> {
    const known = await this.devices.recall(introduction.deviceId);
    // Tried for nobody, too: the time must not tell whether the device was heard lately.
    if (this.isDigestOf(known, digest, introduction) && known !== null) return known;
    // Nobody we know, or one whose secret was changed at another instance a moment ago.
    const found = isUuid(introduction.deviceId) ? await this.devices.find(introduction.deviceId) : null;
    const device = found?.status === 'active' ? found : null;
    if (!this.isDigestOf(device, digest, introduction) || device === null) throw notAuthorised();
    return device;
  }

  private isDigestOf(device: Device | null, digest: string, introduction: Introduction): boolean {
    const { previousSecret } = device ?? {};
    const secrets = [
      device?.secret ?? this.nobodysSecret,
      previousSecret !== undefined && introduction.nowMs < previousSecret.until.getTime()
        ? previousSecret.secret
        : this.nobodysSecret,
    ];
    // Both are always tried: the time must not tell which of them is there.
    const isRight = secrets.map((secret) => isSameDigest(introduction.digestUnder(secret), digest)).includes(true);
    return isRight && device !== null && device.status === 'active';
  }
}

/**
 * Told apart from a wrong signature on purpose, and only to who signed rightly: a phone with a wrong clock must be
 * findable.
 */
function checkClock(timestamp: number, nowMs: number): void {
  if (!isWithinWindow(timestamp, nowMs)) {
    throw new Problem(401, 'clock-off', {
      detail: "The request was signed more than ten minutes from now; check the phone's clock.",
      members: { now: Math.floor(nowMs / 1_000) },
    });
  }
}

function header(request: SignedRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
