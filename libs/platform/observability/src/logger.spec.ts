import { createLogger } from './logger.js';

const logged = (message: string, fields: Readonly<Record<string, unknown>> = {}): string => {
  const lines: string[] = [];
  createLogger({ level: 'debug', service: 'test', write: (line) => lines.push(line) }).info(message, fields);
  return lines.join('');
};

describe('a line of the log', () => {
  const secret = 'hF3kLmN0pQrS7tUvWxYzA1bCdEfGhIjKlMnOpQrS';

  it.each([
    `/pix/${secret}/pix`,
    `https://pay.example.com/pix/${secret}`,
    `/api/device/v1/forward/018f0000-0000-7000-8000-000000000001/${secret}/heartbeat`,
    `/pay/01k0?form_token=${secret}&x=1`,
    `fk_live_${secret}`,
    `Bearer at_${secret}${secret}-_x`,
    `cs_${secret}`,
    `whsec_${secret}`,
    `ds_${secret}`,
  ])('holds no secret wherever it came from: %s', (text) => {
    const error = new Error(`no answer from ${text}`, { cause: new Error(text) });
    for (const line of [logged(text), logged('x', { deep: { er: [text] } }), logged('x', { error })])
      expect(line).not.toContain(secret);
    expect(() => void JSON.parse(logged(text, { error }))).not.toThrow();
  });

  it('keeps what helps to find a fault', () => {
    const kept = {
      paymentId: '018f0000-0000-7000-8000-000000000001',
      route: '/api/v1/payments/:id/refund',
      file: 'at work (/srv/paymatch/node_modules/@nestjs/platform-fastify/adapters/fastify-adapter.js:10:2)',
      sql: 'SELECT $1::jsonb ? $2',
    };
    expect(JSON.parse(logged('/pay/01k0abcdefghjkmnpqrstvwxyz', kept))).toMatchObject({
      ...kept,
      message: '/pay/01k0abcdefghjkmnpqrstvwxyz',
    });
  });
});
