import { ContractError } from './errors.js';
import type { Message } from './message.js';
import { decodeMessage, encodeMessage, type OutgoingMessage } from './message.codec.js';

const message: Message = {
  id: 'm1',
  type: 'payments.payment-created',
  source: 'payments',
  key: 'p1',
  time: '2026-11-03T10:00:00.000Z',
  dataVersion: 1,
  correlationId: 'c1',
  causationId: null,
  data: { name: 'বিকাশ \u0000 \ud83d', amountMinor: 50_000 },
};
const wire = encodeMessage('payments.events', message);
const withHeader = (name: string, value: string | undefined): OutgoingMessage => {
  const headers: Record<string, string> = { ...wire.headers };
  delete headers[name];
  return { ...wire, headers: value === undefined ? headers : { ...headers, [name]: value } };
};

describe('a message on the wire', () => {
  it('comes back as it was, NUL characters and lone surrogates in its data included', () => {
    expect(decodeMessage(wire, 1)).toEqual(message);
  });

  it('may have a key of 255 characters', () => {
    const long = { ...message, key: 'k'.repeat(255) };
    expect(decodeMessage(encodeMessage('t', long), 1)).toEqual(long);
  });

  it('keeps what is optional when it is there', () => {
    const full = {
      ...message,
      causationId: 'c0',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    expect(decodeMessage(encodeMessage('t', full), 1)).toEqual(full);
  });

  it('carries the CloudEvents attributes as headers', () => {
    expect(wire.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: 'm1',
      ce_type: 'payments.payment-created',
      ce_source: 'payments',
      ce_subject: 'p1',
      ce_time: '2026-11-03T10:00:00.000Z',
      ce_dataschemaversion: '1',
      ce_correlationid: 'c1',
    });
  });

  it.each(['ce_id', 'ce_type', 'ce_source', 'ce_time', 'ce_specversion', 'ce_dataschemaversion', 'ce_correlationid'])(
    'is refused without %s',
    (name) => {
      expect(() => decodeMessage(withHeader(name, undefined), 1)).toThrow(ContractError);
      expect(() => decodeMessage(withHeader(name, ''), 1)).toThrow(ContractError);
    },
  );

  it.each([
    ['ce_specversion', '0.3'],
    ['ce_time', 'yesterday'],
    ['ce_dataschemaversion', '0'],
    ['ce_dataschemaversion', '1.5'],
    ['ce_dataschemaversion', 'one'],
    ['ce_id', 'm\u00001'],
  ])('is refused with %s = %j', (name, value) => {
    expect(() => decodeMessage(withHeader(name, value), 1)).toThrow(ContractError);
  });

  it('is refused when its version is one newer than the reader knows, and taken at the newest', () => {
    expect(() => decodeMessage(withHeader('ce_dataschemaversion', '3'), 2)).toThrow(/version 3 is newer than 2/);
    expect(decodeMessage(withHeader('ce_dataschemaversion', '2'), 2).dataVersion).toBe(2);
  });

  it.each([
    ['bad UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
    ['a truncated character', Buffer.from([0x22, 0xe0, 0xa6])],
    ['a raw NUL', Buffer.from([0x22, 0x00, 0x22])],
    ['half a document', Buffer.from('{"a":')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused when its value is %s', (_, value) => {
    expect(() => decodeMessage({ ...wire, value }, 1)).toThrow(ContractError);
  });
});

describe('a message that no carrier could hold', () => {
  it.each([
    ['a NUL in its key', { key: 'p\u00001' }],
    ['a lone surrogate in its key', { key: '\ud83d' }],
    ['a NUL in its type', { type: '\u0000' }],
    ['no data', { data: undefined }],
    ['no key', { key: '' }],
    ['a key of 256 characters', { key: 'k'.repeat(256) }],
  ])('is refused before it is sent: %s', (_, change) => {
    expect(() => encodeMessage('t', { ...message, ...change })).toThrow(ContractError);
  });
});
