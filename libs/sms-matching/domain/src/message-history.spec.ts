import { judgeBalance, judgeCounter, sameEventKey, type HistoryEntry } from './message-history.js';
import { parseMessage } from './shipped-registry.js';

const entry = (facts: Partial<HistoryEntry>): HistoryEntry => ({
  trxId: null,
  direction: 'in',
  amountMinor: 0,
  feeMinor: 0,
  balanceMinor: null,
  atUtc: '2026-08-14T05:00:00.000Z',
  ...facts,
});

describe('the chain of balances', () => {
  const before = entry({ balanceMinor: 100_000 });
  const suspect = entry({ amountMinor: 50_000, balanceMinor: 150_000, atUtc: '2026-08-14T06:00:00.000Z' });
  const after = entry({
    direction: 'out',
    amountMinor: 20_000,
    feeMinor: 500,
    balanceMinor: 129_500,
    atUtc: '2026-08-14T07:00:00.000Z',
  });

  it('verifies a message that follows to the poisha', () => {
    expect(judgeBalance(before, suspect, null)).toBe('verified');
    expect(judgeBalance(before, suspect, after)).toBe('verified');
    expect(judgeBalance(before, { ...suspect, balanceMinor: 150_001 }, null)).toBe('unverified');
  });
  it('says nothing across a gap', () => {
    expect(judgeBalance(null, suspect, null)).toBe('unverified');
    expect(judgeBalance(entry({}), suspect, after)).toBe('unverified');
    expect(judgeBalance(before, { ...suspect, balanceMinor: null }, null)).toBe('unverified');
  });
  it('contradicts a message that the next one knows nothing of', () => {
    const ignoring = { ...after, balanceMinor: 79_500 };
    expect(judgeBalance(before, suspect, ignoring)).toBe('contradicted');
    expect(judgeBalance(before, { ...suspect, balanceMinor: 999 }, ignoring)).toBe('contradicted');
  });
});

describe('ids that count upwards', () => {
  const at = (trxId: string, hour: number) => entry({ trxId, atUtc: `2026-08-14T0${hour}:00:00.000Z` });
  it('are in order, out of order, or no help', () => {
    const history = [at('75RA0000', 1), at('75RC0000', 5)];
    expect(judgeCounter('nagad', at('75RB0000', 3), history)).toBe('in_order');
    expect(judgeCounter('nagad', at('75R90000', 3), history)).toBe('out_of_order');
    expect(judgeCounter('nagad', at('75RD0000', 3), history)).toBe('out_of_order');
    expect(judgeCounter('rocket', at('6600000002', 3), [at('6600000001', 1), at('6600000003', 5)])).toBe('in_order');
    expect(judgeCounter('bkash', at('DHE7XOID8Q', 3), history)).toBe('unknown');
    expect(judgeCounter('nagad', at('75RB0000', 3), [])).toBe('unknown');
    expect(judgeCounter('nagad', at('0002K418', 3), [at('1', 1)])).toBe('unknown');
  });
});

describe('the key of one event', () => {
  const key = (sender: string, account: 'personal' | 'bank', body: string) =>
    sameEventKey(parseMessage({ sender, account, body }));
  it('is the TrxID with its kind, however the text is spaced', () => {
    const body =
      'Payment of Tk 564.11 to DEMO RIDE is successful. Balance Tk 214.09. TrxID DHA3Z43DVY at 10/08/2026 18:11';
    expect(key('bKash', 'personal', `${body}\r\n`)).toBe(key('bKash', 'personal', body));
    expect(
      key('bKash', 'personal', body.replace('to DEMO RIDE is successful', 'is being reserved for DEMO RIDE')),
    ).not.toBe(key('bKash', 'personal', body));
  });
  it('without a TrxID takes account, sum, balance and time of day, or is none', () => {
    const ebl =
      'AC 114***377 is credited with BDT 9500 as NPSB FUND TRANSFER on 01-SEP-26 10:21:57 AM Balance is BDT 9541.2 Thanks. EBL Helpline 16230';
    expect(key('EBL', 'bank', ebl)).toBe('ebl|in|114***377|950000|954120|2026-09-01T10:21:57');
    expect(
      key(
        'BRAC BANK',
        'bank',
        'TK 34,000.00 has been credited to your A/C# 09011**6044 on 04-09-24. Your A/C balance is TK 38,901.96. For Enquiry call: 16221',
      ),
    ).toBeNull();
    expect(key('MDB', 'bank', 'BDT 3899.99 was deposited to A/c No ***03044 by ATM transaction')).toBeNull();
    expect(key('bKash', 'personal', 'hello')).toBeNull();
  });
});
