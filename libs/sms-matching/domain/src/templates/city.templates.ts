import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type ProviderTemplates, type Template } from '../template.js';

const senders = ['CITYBANK', 'CITY BANK'];
const city = templatesOf({
  provider: 'city',
  senders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['bank'],
  at: 'dd-MON-y',
});

/** One line or several. The sum and the balance are printed alike, so the word behind each decides. */
const S = String.raw`(?: ?\n ?| )`;
const SUM = (word: string) =>
  String.raw`Tk\. ?{amount~} ${word}${S}Tk\. ?{balance~} Balance${S}A/C: ?(?<account>[0-9]{3,6}\*{2,4}[0-9]{4})`;
const RATE = String.raw`(?:${S}Please rate us:[^\n]{1,60})?$`;
const FEE = String.raw`(?:${S}NPSB Fee: ?Tk\.? ?{fee~})?`;

const templates: readonly Template[] = [
  city.credit('deposit', {
    kind: 'bank_credit',
    pattern: String.raw`^{at}${S}(?:(?<counterparty>CITYTOUCH TXN|ATM TXN|CASH TXN|BRANCH TXN)${S})?${SUM('Deposit')}${RATE}`,
    samples: [
      real('19-Mar-2026\nTk. 3,100 Deposit\nTk. 3,144 Balance\nA/C: 2244***5511'),
      derived('11-Aug-26 CITYTOUCH TXN Tk. 8,053.00 Deposit Tk. 18,167.00 Balance A/C: 22441**5511'),
      derived(
        '02-Jan-24 ATM TXN Tk. 2,000.00 Deposit Tk. 25,000.00 Balance A/C: 12345**6780 Please rate us: bit.ly/xyz',
        { amount: '2000.00', counterparty: 'ATM TXN', balance: '25000.00', at: '2024-01-02' },
      ),
    ],
    nearMisses: ['19-Mar-2026\nTk. 3,100 Withdrawal\nTk. 3,144 Balance\nA/C: 2244***5511'],
  }),
  // What a shop gives back to the card.
  city.incoming('card_refund', {
    kind: 'refund',
    pattern: String.raw`^{at}${S}(?<counterparty>E-COMM/POS TXN)${S}${SUM('Deposit')}${RATE}`,
    samples: [derived('06-Jan-24 E-COMM/POS TXN Tk. 300.00 Deposit Tk. 45,000.00 Balance A/C: 98765**4320')],
  }),
  city.outgoing('withdrawal', {
    kind: 'bank_debit',
    pattern: String.raw`^{at}${S}(?:(?<counterparty>CITYTOUCH TXN|ATM TXN|CASH TXN|BRANCH TXN)${S})?${SUM('Withdrawal')}${FEE}${RATE}`,
    samples: [
      real('08-Jan-2026\nCITYTOUCH TXN\nTk. 6,100 Withdrawal\nTk. 1,502 Balance\nA/C: 1234***5670\nNPSB Fee: Tk 10', {
        amount: '6100.00',
        counterparty: 'CITYTOUCH TXN',
        fee: '10.00',
        balance: '1502.00',
        at: '2026-01-08',
      }),
    ],
  }),
  city.outgoing('purchase', {
    kind: 'card_purchase',
    pattern: String.raw`^{at}${S}(?:(?<counterparty>E-COMM/POS TXN)${S})?${SUM('Purchased')}${RATE}`,
    samples: [
      real('20-Dec-2025\nE-COMM/POS TXN\nTk. 355 Purchased\nTk. 12 Balance\nA/C: 1234***5670', {
        amount: '355.00',
        counterparty: 'E-COMM/POS TXN',
        balance: '12.00',
        at: '2025-12-20',
      }),
    ],
  }),
  city.notice('card_added', {
    kind: 'notice',
    at: null,
    pattern: String.raw`^Dear customer, your card [0-9x*]{8,20} has been successfully added for[^\n]{0,160}$`,
    samples: [
      real(
        'Dear customer, your card 4100xxxxxxxx0044 has been successfully added for Tap and Pay/ Online payment service. If you did not enroll, call 16234 immediately.',
      ),
    ],
  }),
  city.notice('otp', {
    at: null,
    pattern: String.raw`^[0-9]{4,8} is your City Bank OTP for[^\n]{0,160}$`,
    samples: [derived('123450 is your City Bank OTP for online transaction. Valid for 3 minutes.')],
  }),
];

export const cityTemplates: ProviderTemplates = { provider: 'city', senders, templates };
