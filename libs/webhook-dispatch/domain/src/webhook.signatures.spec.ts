import { isAcceptableSecret } from '@paymatch/vocabulary';
import { Webhook } from 'standardwebhooks';
import {
  fastaarSignature,
  formatSecret,
  secretBytes,
  smartfastpaySignature,
  standardWebhooksHeaders,
} from './index.js';

describe('the signature of contract A', () => {
  const body =
    '{"event":"payment.completed","livemode":true,"data":{"id":"01k000000000000000000000a1","status":"completed"}}';

  it("is the contract's vector", () => {
    expect(fastaarSignature('whsec_test_secret', { body, nowMs: 1_781_250_000_000 })).toBe(
      't=1781250000,v1=7cfd51e36835d03857ae7a938da68bc07ea978164097ef5f8fa3a67e37bbe113',
    );
  });

  it('has the one shape that clients match, and cuts the fraction of a second', () => {
    const signature = fastaarSignature('whsec_test_secret', { body, nowMs: 1_781_250_000_999 });
    expect(signature).toMatch(/^t=(\d+),v1=([a-f0-9]{64})$/);
    expect(signature).toContain('t=1781250000,');
  });

  it('signs the UTF-8 bytes of the body', () => {
    expect(fastaarSignature('s', { body: 'টাকা', nowMs: 0 })).not.toBe(
      fastaarSignature('s', { body: 'টাক', nowMs: 0 }),
    );
  });
});

describe('the signature of contract B', () => {
  it("is the contract's vector, in milliseconds", () => {
    expect(
      smartfastpaySignature('my-secret', { body: '{"callback":true,"value":"value-field"}', nowMs: 1_681_235_417_000 }),
    ).toBe('t=1681235417000,v1=b9ffafcd16416bd11e36f877c2d7ccc71633d174f8245abc49fc2aef7e6633c8');
  });
});

describe('the Standard Webhooks headers', () => {
  const input = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', nowMs: 1_614_265_330_000 };

  it("are the standard's vector", () => {
    expect(standardWebhooksHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], input)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('are accepted by a receiver that knows either secret while a secret is being changed', () => {
    const secrets = [
      formatSecret(new Uint8Array(secretBytes).fill(1)),
      formatSecret(new Uint8Array(secretBytes).fill(2)),
    ];
    const headers = standardWebhooksHeaders(secrets, { id: 'e1', body: '{"a":1}', nowMs: Date.now() });
    for (const secret of secrets) expect(new Webhook(secret).verify('{"a":1}', headers)).toEqual({ a: 1 });
    const stranger = new Webhook(formatSecret(new Uint8Array(secretBytes).fill(3)));
    expect(() => stranger.verify('{"a":1}', headers)).toThrow('No matching signature found');
  });

  it.each(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'c2l4dGVlbiBieXRlcyE=', 'whsec_'])(
    'are those of the reference library, with the secret %s',
    (secret) => {
      const reference = secret === 'whsec_' ? new Webhook(secret, { format: 'raw' }) : new Webhook(secret);
      for (const body of ['', '{}', '{"টাকা":"\u0000"}']) {
        const signature = reference.sign(input.id, new Date(input.nowMs), body);
        expect(standardWebhooksHeaders([secret], { ...input, body })['webhook-signature']).toBe(signature);
      }
    },
  );

  it("use a merchant's own secret as it is when it is not base64", () => {
    const headers = standardWebhooksHeaders(['whsec_test_secret'], { id: 'e1', body: '{}', nowMs: Date.now() });
    expect(new Webhook('whsec_test_secret', { format: 'raw' }).verify('{}', headers)).toEqual({});
  });
});

describe('a secret', () => {
  it('looks like whsec_… and decodes to exactly the bytes it was made of', () => {
    const bytes = Uint8Array.from({ length: secretBytes }, (_, i) => 255 - i);
    const secret = formatSecret(bytes);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(Uint8Array.from(Buffer.from(secret.slice('whsec_'.length), 'base64'))).toEqual(bytes);
    expect(isAcceptableSecret(secret)).toBe(true);
  });

  it('is never made of fewer bytes', () => {
    expect(() => formatSecret(new Uint8Array(secretBytes - 1))).toThrow(RangeError);
  });

  it.each([
    ['a'.repeat(15), false],
    ['a'.repeat(16), true],
    ['a'.repeat(200), true],
    ['a'.repeat(201), false],
    ['sixteen chars  x', false],
    ['টাকাটাকাটাকাটাকা', false],
  ])('brought by the merchant: %j is accepted: %s', (secret, isAccepted) => {
    expect(isAcceptableSecret(secret)).toBe(isAccepted);
  });
});
