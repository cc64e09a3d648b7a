import { providerOf } from './providers.js';
import { readSenderNumber, readTrxId } from './trx-id.js';

const bkash = providerOf('bkash');
const rocket = providerOf('rocket');

describe('a TrxID as customers type it', () => {
  it.each([
    ['small letters', 'dh7k2m9qx4'],
    ['spaces and dashes between', ' DH7K 2M9-QX4 '],
    ['no-break and zero-width spaces', '\u00a0DH7K2M9\u200bQX4\ufeff'],
    ['full-width characters', 'ＤＨ７Ｋ２Ｍ９ＱＸ４'],
    ['Bangla digits', 'DH৭K২M৯QX৪'],
    ['its label before it', 'TrxID: DH7K2M9QX4'],
    [
      'the whole confirmation message',
      'Send Money Tk 1,500.00 to 01712345678 successful. Ref 1. Fee Tk 5.00. Balance Tk 20.00. TrxID DH7K2M9QX4 at 12/06/2026 14:31',
    ],
  ])('is read with %s', (_what, typed) => {
    expect(readTrxId(bkash, typed)).toEqual({ trxId: 'DH7K2M9QX4', problem: null });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['DH7K2M9QX', 'length'],
    ['DH7K2M9QX42', 'length'],
    ['DH7K2M9Q!4', 'characters'],
    ['ডH7K2M9QX4', 'characters'],
    ['01712345678', 'phone_number'],
    ['+880 1712-345678', 'phone_number'],
    ['<script>x', 'characters'],
  ])('is refused as %j: %s', (typed, problem) => {
    expect(readTrxId(bkash, typed).problem).toBe(problem);
  });

  it.each([
    ['nagad', '75XQ4T2B', null],
    ['nagad', '75XQ4T2BC', 'length'],
    ['rocket', '6910472538', null],
    ['rocket', '691047253A', 'characters'],
    ['rocket', '017123456789', 'length'],
    ['rocket', '01712345678', 'phone_number'],
    ['upay', '01K7C2WX9T', null],
    ['upay', 'O1K7C2WX9T', 'characters'],
    ['upay', '01K7C2WXLT', 'characters'],
    ['tap', 'TX40817263', null],
    ['tap', 'TX40817263ABCD', null],
    ['tap', 'TX4081726', 'length'],
    ['tap', 'TX40817263ABCDE', 'length'],
    ['a-wallet-of-tomorrow', 'AB12CD', null],
    ['a-wallet-of-tomorrow', 'AB12C', 'length'],
  ])('of %s, %s gives %s', (provider, typed, problem) => {
    expect(readTrxId(providerOf(provider), typed).problem).toBe(problem);
  });

  it('is read in a blink, however long the text', () => {
    const startedAt = process.hrtime.bigint();
    readTrxId(bkash, `${'TrxID '.repeat(200_000)}x`);
    expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(50);
  });

  it.each(['bkash', 'nagad', 'rocket', 'upay', 'tap', 'cellfin', 'okwallet', 'mcash', 'pathaopay', 'tallypay'])(
    'accepts the example shown for %s',
    (id) => {
      const provider = providerOf(id);
      expect(provider.id).toBe(id);
      expect(readTrxId(provider, provider.trxId.example).problem).toBeNull();
    },
  );
});

describe('the number a customer sent from', () => {
  it.each([
    ['01712345678', '01712345678'],
    ['+88 01712-345678', '01712345678'],
    ['8801712345678', '01712345678'],
    ['০১৭১২৩৪৫৬৭৮', '01712345678'],
  ])('%s is read as %s', (typed, number) => {
    expect(readSenderNumber(bkash, typed)).toEqual({ senderNumber: number, isWrong: false });
  });

  it('may be left out', () => {
    expect(readSenderNumber(bkash, ' ')).toEqual({ senderNumber: null, isWrong: false });
  });

  it.each(['0171234567', '017123456789', '02712345678', 'my phone', '01212345678'])('%s is refused', (typed) => {
    expect(readSenderNumber(bkash, typed).isWrong).toBe(true);
  });

  it('may have the check digit of a Rocket account, at Rocket only', () => {
    expect(readSenderNumber(rocket, '017123456789')).toEqual({ senderNumber: '017123456789', isWrong: false });
  });
});
