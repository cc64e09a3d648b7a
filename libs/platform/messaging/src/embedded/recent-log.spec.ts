import type { LogPosition } from '@paymatch/platform-log';
import type { LoggedMessage } from './log-store.js';
import { RecentLog } from './recent-log.js';

const limits = { messagesMax: 10, bytesMax: 1_000 };
const at = (xid: number | string, pos = 1): LogPosition => ({ xid: String(xid), pos });
const message = (place: LogPosition, bytes = 1): LoggedMessage => ({
  topic: 't',
  key: 'k',
  headers: {},
  value: Buffer.alloc(bytes),
  position: `${place.xid}:${place.pos}`,
  place,
});
const page = (...places: LogPosition[]): readonly LoggedMessage[] => places.map((place) => message(place));
const positions = (found: readonly LoggedMessage[] | undefined) => found?.map((one) => one.position);

describe('what was read of a log lately', () => {
  it('is given to whoever stands inside it, and to nobody else', () => {
    const recent = new RecentLog(limits);
    expect(recent.after(at(0), limits)).toBeUndefined();
    recent.add(at(5), page(at(6), at(7), at(9)));
    expect(positions(recent.after(at(5), limits))).toEqual(['6:1', '7:1', '9:1']);
    expect(positions(recent.after(at(7), limits))).toEqual(['9:1']);
    expect(recent.after(at(9), limits)).toBeUndefined();
    expect(recent.after(at(4), limits)).toBeUndefined();
  });

  it('grows with pages that touch it, however they overlap', () => {
    const recent = new RecentLog(limits);
    recent.add(at(0), page(at(1), at(2)));
    recent.add(at(1), page(at(2), at(3)));
    recent.add(at(3), page(at(4)));
    expect(positions(recent.after(at(0), limits))).toEqual(['1:1', '2:1', '3:1', '4:1']);
  });

  it('never bridges a gap: a page beyond it begins anew, one of a group far behind is passed over', () => {
    const recent = new RecentLog(limits);
    recent.add(at(10), page(at(11)));
    recent.add(at(20), page(at(21)));
    expect(recent.after(at(10), limits)).toBeUndefined();
    expect(positions(recent.after(at(20), limits))).toEqual(['21:1']);
    recent.add(at(2), page(at(3)));
    expect(positions(recent.after(at(20), limits))).toEqual(['21:1']);
  });

  it('knows that transaction 1000 comes after 999, and numbers beyond 2^53', () => {
    const recent = new RecentLog(limits);
    recent.add(at(998), page(at(999), at(1000), at('9007199254740993')));
    expect(positions(recent.after(at(999), limits))).toEqual(['1000:1', '9007199254740993:1']);
    expect(recent.after(at('9007199254740993'), limits)).toBeUndefined();
  });

  it('gives no more than asked for, and at least one message', () => {
    const recent = new RecentLog(limits);
    recent.add(at(0), [message(at(1), 400), message(at(2), 400)]);
    expect(positions(recent.after(at(0), { messagesMax: 10, bytesMax: 1 }))).toEqual(['1:1']);
    expect(positions(recent.after(at(0), { messagesMax: 1, bytesMax: 1_000 }))).toEqual(['1:1']);
  });

  it('forgets its beginning when it grows too long or too heavy', () => {
    const recent = new RecentLog({ messagesMax: 2, bytesMax: 1_000 });
    recent.add(at(0), page(at(1), at(2), at(3)));
    expect(recent.after(at(0), limits)).toBeUndefined();
    expect(positions(recent.after(at(1), limits))).toEqual(['2:1', '3:1']);
    const heavy = new RecentLog({ messagesMax: 10, bytesMax: 500 });
    heavy.add(at(0), [message(at(1), 400), message(at(2), 400)]);
    expect(positions(heavy.after(at(1), limits))).toEqual(['2:1']);
  });
});
