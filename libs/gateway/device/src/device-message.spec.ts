import { isUuid } from '@paymatch/contracts';
import { checkMessage, contentHash, rawMessageId, type DeviceMessage } from './device-message.js';

const good = {
  seq: 3,
  sender: 'bKash',
  body: 'You have received Tk 350.00',
  sim_slot: 1,
  sent_at: '2026-08-14T11:07:00+06:00',
  received_at: '2026-08-14T05:07:02.500Z',
};

function check(changes: Readonly<Record<string, unknown>>): DeviceMessage {
  const checked = checkMessage({ ...good, ...changes });
  if (!checked.isValid) throw new Error(`refused: ${checked.reason}`);
  return checked.message;
}

describe('a message of an upload', () => {
  it('is taken as it is, with its times in UTC', () => {
    expect(check({})).toEqual({
      seq: 3,
      sender: 'bKash',
      body: good.body,
      simSlot: 1,
      sentAt: '2026-08-14T05:07:00.000Z',
      receivedAt: '2026-08-14T05:07:02.500Z',
      part: null,
    });
    expect(check({ part: { key: '17', index: 2, total: 3, more: 1 } }).part).toEqual({ key: '17', index: 2, total: 3 });
  });

  it.each([
    [{ sender: 'x'.repeat(64) }],
    [{ body: 'x'.repeat(4_000) }],
    [{ sim_slot: null }],
    [{ sim_slot: 9 }],
    [{ sent_at: null, received_at: null }],
    [{ seq: null }],
    [{ seq: 0 }],
    [{ sim_slot: undefined }],
    [{ body: '৳ ৫০০ পেয়েছেন 🙂' }],
    [{ body: 'odd \u0000 but kept' }],
    [{ sender: 'IBBL .' }],
    [{ part: null }],
    [{ part: { key: 'x'.repeat(64), index: 10, total: 10 } }],
    [{ part: { key: '1', index: 1, total: 1 } }],
  ])('may be %j', (changes) => {
    expect(checkMessage({ ...good, ...changes })).toMatchObject({ isValid: true });
  });

  it.each([
    [{ sender: 'x'.repeat(65) }, 'sender'],
    [{ sender: '' }, 'sender'],
    [{ sender: 7 }, 'sender'],
    [{ sender: 'bK\u0000ash' }, 'sender'],
    [{ sender: null }, 'sender'],
    [{ body: 'x'.repeat(4_001) }, 'body'],
    [{ body: '' }, 'body'],
    [{ body: { a: 1 } }, 'body'],
    [{ body: 'half \ud83d pair' }, 'body'],
    [{ sim_slot: 10 }, 'sim_slot'],
    [{ sim_slot: -1 }, 'sim_slot'],
    [{ sim_slot: '1' }, 'sim_slot'],
    [{ sim_slot: 1.5 }, 'sim_slot'],
    [{ sent_at: '14/08/2026' }, 'sent_at'],
    [{ sent_at: '2026-08-14T11:07:00' }, 'sent_at'],
    [{ sent_at: 1_781_250_000 }, 'sent_at'],
    [{ received_at: '2026-13-14T11:07:00Z' }, 'received_at'],
    [{ received_at: '1970-01-01T00:00:00Z' }, 'received_at'],
    [{ seq: -1 }, 'seq'],
    [{ seq: '3' }, 'seq'],
    [{ seq: 2 ** 53 }, 'seq'],
    [{ part: 1 }, 'part'],
    [{ part: {} }, 'part'],
    [{ part: { key: '', index: 1, total: 2 } }, 'part'],
    [{ part: { key: 'x'.repeat(65), index: 1, total: 2 } }, 'part'],
    [{ part: { key: '1', index: 3, total: 2 } }, 'part'],
    [{ part: { key: '1', index: 0, total: 2 } }, 'part'],
    [{ part: { key: '1', index: 1, total: 11 } }, 'part'],
    [{ part: { key: '1', index: '1', total: 2 } }, 'part'],
  ])("is refused with the field's name for %j", (changes, field) => {
    const checked = checkMessage({ ...good, ...changes });
    expect(checked.isValid).toBe(false);
    expect(checked).toMatchObject({ reason: expect.stringContaining(field) as string });
  });

  it.each([null, 7, 'text', [good], undefined])('is refused when it is %j', (entry) => {
    expect(checkMessage(entry)).toMatchObject({ isValid: false, seq: null });
  });
});

describe('what makes two uploads the same message', () => {
  const hash = (changes: Readonly<Record<string, unknown>>) => contentHash(check(changes)).toString('hex');

  it('is its content, however its number and its zone are written', () => {
    expect(hash({ seq: 99 })).toBe(hash({}));
    expect(hash({ sent_at: '2026-08-14T05:07:00Z' })).toBe(hash({}));
  });

  it.each([
    [{ sender: 'NAGAD' }],
    [{ body: 'You have received Tk 350.01' }],
    [{ sim_slot: 2 }],
    [{ sent_at: '2026-08-14T11:07:01+06:00' }],
    [{ received_at: null }],
    [{ part: { key: '1', index: 1, total: 2 } }],
  ])('differs with %j', (changes) => {
    expect(hash(changes)).not.toBe(hash({}));
  });

  it('takes in the number when there is no time, so that two equal deposits stay two', () => {
    expect(hash({ sent_at: null, received_at: null, seq: 1 })).not.toBe(
      hash({ sent_at: null, received_at: null, seq: 2 }),
    );
  });

  it('gives one UUID per device and content', () => {
    const id = rawMessageId('device-1', contentHash(check({})));
    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe('8');
    expect(rawMessageId('device-1', contentHash(check({})))).toBe(id);
    expect(rawMessageId('device-2', contentHash(check({})))).not.toBe(id);
  });
});
