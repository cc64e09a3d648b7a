import { createHash, createHmac } from 'node:crypto';
import {
  forwarderToken,
  isSameDigest,
  isWithinWindow,
  signDeviceRequest,
  signSmsGateRequest,
} from './device-signature.js';

const request = {
  deviceId: '0197a6f0-0000-7000-8000-000000000001',
  seq: 7,
  timestamp: 1_781_250_000,
  body: Buffer.from('{"messages":[]}'),
};

describe("a device's signature", () => {
  it('is the HMAC of id, number, time and the hash of the very bytes', () => {
    const text = `${request.deviceId}.7.1781250000.${createHash('sha256').update('{"messages":[]}').digest('hex')}`;
    expect(signDeviceRequest('s3cret', request)).toBe(createHmac('sha256', 's3cret').update(text).digest('hex'));
  });

  it('is the one printed in the reference', () => {
    expect(signDeviceRequest('s3cret', request)).toBe(
      'b592b3b608a3962006e780bd6e00b84656762c330f8a60454b951dce57fef38f',
    );
  });

  it.each([
    ['device', { ...request, deviceId: '0197a6f0-0000-7000-8000-000000000002' }],
    ['number', { ...request, seq: 8 }],
    ['time', { ...request, timestamp: 1_781_250_001 }],
    ['body', { ...request, body: Buffer.from('{"messages":[] }') }],
  ])('changes with the %s', (_what, other) => {
    expect(signDeviceRequest('s3cret', other)).not.toBe(signDeviceRequest('s3cret', request));
  });

  it('compares upper and lower case alike and refuses what is no digest', () => {
    const digest = signDeviceRequest('s3cret', request);
    expect(isSameDigest(digest, digest.toUpperCase())).toBe(true);
    for (const wrong of [
      '',
      digest.slice(1),
      `${digest}00`,
      `${digest.slice(1)}g`,
      signDeviceRequest('other', request),
    ])
      expect(isSameDigest(digest, wrong)).toBe(false);
  });

  it.each([
    [600, true],
    [-600, true],
    [601, false],
    [-601, false],
  ])('with a clock %i s off is taken: %s', (offSeconds, isTaken) => {
    expect(isWithinWindow(1_781_250_000 + offSeconds, 1_781_250_000_000)).toBe(isTaken);
  });
});

describe('the other forwarders', () => {
  it('sign as SMSGate does: body, then the text of the timestamp', () => {
    expect(signSmsGateRequest('key', Buffer.from('{"a":1}'), '1700000000')).toBe(
      createHmac('sha256', 'key').update('{"a":1}1700000000').digest('hex'),
    );
  });

  it('have a URL token that belongs to the device and its secret, and is no signature of anything else', () => {
    const token = forwarderToken({ id: request.deviceId, secret: 's3cret' });
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(forwarderToken({ id: request.deviceId, secret: 'other' })).not.toBe(token);
    expect(forwarderToken({ id: '0197a6f0-0000-7000-8000-000000000002', secret: 's3cret' })).not.toBe(token);
  });
});
