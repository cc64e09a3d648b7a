import { clientOf } from './link-client.js';

describe('who begins a connection', () => {
  it('to PostgreSQL is told by the start-up message', () => {
    const words = Buffer.from('client_encoding\0UTF8\0user\0sms_matching\0database\0paymatch\0\0');
    const first = Buffer.alloc(8 + words.length);
    first.writeUInt32BE(first.length, 0);
    first.writeUInt32BE(196_608, 4);
    words.copy(first, 8);
    expect(clientOf('postgres', first)).toBe('sms_matching');
  });

  it('to Kafka is told by the header of the first request', () => {
    const id = Buffer.from('payments');
    const first = Buffer.alloc(14 + id.length);
    first.writeInt16BE(18, 4);
    first.writeInt16BE(id.length, 12);
    id.copy(first, 14);
    expect(clientOf('kafka', first)).toBe('payments');
  });

  it.each(['postgres', 'kafka'] as const)('to %s is unknown when the first bytes are too few', (protocol) => {
    expect(clientOf(protocol, Buffer.from([0, 0, 0, 8]))).toBeNull();
  });
});
