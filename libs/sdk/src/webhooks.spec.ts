import { createHmac } from 'node:crypto';
import { SignatureError } from './errors.js';
import { verifyWebhook } from './webhooks.js';

const body =
  '{"event":"payment.completed","livemode":true,"data":{"id":"01k000000000000000000000a1","status":"completed"}}';
const headers = {
  'X-Fastaar-Signature': 't=1781250000,v1=7cfd51e36835d03857ae7a938da68bc07ea978164097ef5f8fa3a67e37bbe113',
};
const secret = 'whsec_test_secret';
const nowMs = 1_781_250_000_000;

const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const standard = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const standardNowMs = 1_614_265_330_000;

describe('a webhook', () => {
  it("is read when contract A's signature is right (the contract's own vector)", () => {
    expect(verifyWebhook(body, headers, { secret, nowMs })).toMatchObject({ event: 'payment.completed' });
  });

  it("is read when Standard Webhooks' signature is right (the standard's own vector)", () => {
    const event = verifyWebhook('{"test": 2432232314}', standard, { secret: standardSecret, nowMs: standardNowMs });
    expect(event).toEqual({ test: 2_432_232_314 });
  });

  it.each([
    ['headers as fetch has them', new Headers(headers)],
    ['headers as Node has them', { 'x-fastaar-signature': headers['X-Fastaar-Signature'] }],
  ])('may come with %s', (_, given) => {
    expect(verifyWebhook(Buffer.from(body), given, { secret, nowMs })).toBeDefined();
  });

  it('may be signed by either of two secrets', () => {
    expect(verifyWebhook(body, headers, { secret: ['whsec_newer', secret], nowMs })).toBeDefined();
  });

  it('is read by the secret that is being replaced, which signs in the standard header only', () => {
    const own = `t=1614265330,v1=${createHmac('sha256', 'whsec_newer').update('1614265330.{"test": 2432232314}').digest('hex')}`;
    const both = {
      ...standard,
      'webhook-signature': `v1,AAAA ${standard['webhook-signature']}`,
      'x-fastaar-signature': own,
    };
    const read = (given: string) =>
      verifyWebhook('{"test": 2432232314}', both, { secret: given, nowMs: standardNowMs });
    expect([read(standardSecret), read('whsec_newer')]).toEqual([{ test: 2_432_232_314 }, { test: 2_432_232_314 }]);
  });

  it.each([
    ['another secret', body, headers, { secret: 'whsec_other', nowMs }],
    ['no secret at all', body, headers, { secret: '', nowMs }],
    ['another body', body.replace('completed', 'failed'), headers, { secret, nowMs }],
    ['no signature', body, {}, { secret, nowMs }],
    [
      'a signature of another shape',
      body,
      { 'x-fastaar-signature': `${headers['X-Fastaar-Signature']},v1=ab` },
      { secret, nowMs },
    ],
    ['a moment 301 seconds ago', body, headers, { secret, nowMs: nowMs + 301_000 }],
    ['a moment 301 seconds to come', body, headers, { secret, nowMs: nowMs - 301_000 }],
    [
      'a standard moment 301 seconds ago',
      '{"test": 2432232314}',
      standard,
      { secret: standardSecret, nowMs: standardNowMs + 301_000 },
    ],
  ])('is refused with %s', (_, given, by, options) => {
    expect(() => verifyWebhook(given, by, options)).toThrow(SignatureError);
  });

  it('is read to the very second of its tolerance', () => {
    expect(verifyWebhook(body, headers, { secret, nowMs: nowMs + 300_000 })).toBeDefined();
    expect(verifyWebhook(body, headers, { secret, nowMs: nowMs + 900_000, toleranceSeconds: 900 })).toBeDefined();
  });
});
