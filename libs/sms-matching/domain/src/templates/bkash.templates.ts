import { trxIdPattern } from '@paymatch/vocabulary';
import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type Template } from '../template.js';

/** Masks of promotions (`bKash Offer`, `bKashNotice`) and the unverified short code 16247 are left out on purpose. */
export const bkashSenders = ['bKash'];
export const bkash = templatesOf({
  provider: 'bkash',
  senders: bkashSenders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['personal', 'merchant', 'agent'],
  at: 'dd/MM/yyyy HH:mm',
  trxId: { shape: trxIdPattern('bkash'), check: 'bkash_date' },
  tails: [
    '',
    '.',
    '. Download App: https://bKa.sh/8app',
    '. Download App: https://bKa.sh/5app',
    '.Priyo Cash Out at 13.95/thousand',
    '. Cashback 50 on 25,000 CashOut',
    '. Mobile Recharge bKash korun.',
  ],
});

/** The end every bKash receipt shares; the space before TrxID is sometimes missing. */
export const bkashEnd = String.raw`Balance Tk {balance}\. ?TrxID {trx_id} at {at}{tail}$`;
const FEE_AND_END = String.raw`Fee Tk {fee}\. ${bkashEnd}`;
const REF = String.raw`(?: ?Ref {ref}\.)?`;
const BANK_NAME = String.raw`[A-Za-z][A-Za-z0-9&'(),. -]{1,60}`;

/** Money a customer may have sent. */
export const bkashCredits: readonly Template[] = [
  // An agent's B2B receipt has the very same words, so agents share this one.
  bkash.credit('money_received', {
    accountTypes: ['personal', 'agent'],
    pattern: String.raw`^You have received Tk {amount} from {msisdn}\.${REF} ${FEE_AND_END}`,
    samples: [
      real(
        'You have received Tk 350.00 from 01716224375. Fee Tk 0.00. Balance Tk 2,231.40. TrxID DHE7XOID8Q at 14/08/2026 11:07',
      ),
      real(
        'You have received Tk 1,000.00 from 01747086641.Ref . Fee Tk 0.00. Balance Tk 1,056.20. TrxID 9C69Q24ZKL at 06/03/2022 02:42',
        {
          amount: '1000.00',
          trx_id: '9C69Q24ZKL',
          counterparty: '01747086641',
          fee: '0.00',
          balance: '1056.20',
          at: '2022-03-06T02:42:00',
        },
      ),
      real(
        'You have received Tk 640.00 from 01761185714. Ref Loan on 3 feb. Fee Tk 0.00. Balance Tk 1,17,120.10.TrxID DB52Q1VBEQ at 05/02/2026 16:44.Priyo Cash Out at 13.95/thousand',
        {
          amount: '640.00',
          trx_id: 'DB52Q1VBEQ',
          counterparty: '01761185714',
          fee: '0.00',
          balance: '117120.10',
          at: '2026-02-05T16:44:00',
        },
      ),
    ],
    nearMisses: [
      'You have received Tk 350.00 from DM1473. Fee Tk 0.00. Balance Tk 2,231.40. TrxID DHE7XOID8Q at 14/08/2026 11:07',
      'You have received Tk 350.00 from 01716224375. Balance Tk 2,231.40. TrxID DHE7XOID8Q at 14/08/2026 11:07',
      'You have received Tk 350.00 from 01716224375. Fee Tk 0.00. Balance Tk 2,231.40. TrxID DHE7XOID8 at 14/08/2026 11:07',
    ],
  }),
  bkash.credit('npsb_received', {
    accountTypes: ['personal'],
    pattern: String.raw`^You have received Tk {amount} from (?<counterparty>(?:Nagad|Rocket|Upay|CellFin|Tap) 01[0-9X*]{9}) through NPSB\.${REF} ${FEE_AND_END}`,
    samples: [
      real(
        'You have received Tk 75.00 from Nagad 0172XXX4410 through NPSB. Fee Tk 0.00. Balance Tk 402.66. TrxID DH396B1BHJ at 03/08/2026 23:41.',
      ),
    ],
  }),
  bkash.credit('payment_received', {
    accountTypes: ['merchant'],
    pattern: String.raw`^You have received payment Tk {amount} from {msisdn}\.${REF} ${FEE_AND_END}`,
    samples: [
      real(
        'You have received payment Tk 65.00 from 01988928221. Fee Tk 0.00. Balance Tk 71.22.TrxID CJL78QEKOH at 21/10/2025 18:12',
      ),
      real(
        'You have received payment Tk 2,450.00 from 01729756717. Ref 1204. Fee Tk 36.75. Balance Tk 19,771.04. TrxID DDC2D7V5U3 at 12/04/2026 16:05',
        {
          amount: '2450.00',
          trx_id: 'DDC2D7V5U3',
          counterparty: '01729756717',
          fee: '36.75',
          balance: '19771.04',
          at: '2026-04-12T16:05:00',
        },
      ),
    ],
    nearMisses: [
      'You have received payment of Tk 1,040.00 from 01888741339. TrxID 9R8L3V659. Your bKash a/c balance is Tk 5,310.00.',
    ],
  }),
  bkash.credit('cash_in', {
    accountTypes: ['personal'],
    pattern: String.raw`^Cash In Tk {amount} from {msisdn} successful\. ${FEE_AND_END}`,
    samples: [
      real(
        'Cash In Tk 600.00 from 01972871404 successful. Fee Tk 0.00. Balance Tk 611.35. TrxID DEU48A2WPU at 30/05/2026 18:21.',
      ),
      real(
        'Cash In Tk 410.00 from 01700110022 successful. Fee Tk 0.00. Balance Tk 485.00. TrxID 5KD4U43JSI at 13/11/2018 12:33. Mobile Recharge bKash korun.',
        {
          amount: '410.00',
          trx_id: '5KD4U43JSI',
          counterparty: '01700110022',
          fee: '0.00',
          balance: '485.00',
          at: '2018-11-13T12:33:00',
        },
      ),
    ],
    nearMisses: [
      'Cash In Tk 600.00 to 01972871404 successful. Fee Tk 0.00. Balance Tk 611.35. TrxID DEU48A2WPU at 30/05/2026 18:21.',
    ],
  }),
  bkash.credit('ibanking_deposit', {
    accountTypes: ['personal'],
    kind: 'bank_deposit',
    pattern: String.raw`^You have received deposit from iBanking of Tk {amount} from (?<counterparty>${BANK_NAME})\. ${FEE_AND_END}`,
    samples: [
      real(
        'You have received deposit from iBanking of Tk 880.00 from BRAC Bank Internet Banking. Fee Tk 0.00. Balance Tk 1,302.44. TrxID DIL9QKQKGR at 21/09/2026 20:11',
      ),
      real(
        'You have received deposit from iBanking of Tk 2,610.00 from Eastern Bank PLC. Internet Banking. Fee Tk 0.00. Balance Tk 2,938.33. TrxID DH277V3DI8 at 02/08/2026 00:43',
        {
          amount: '2610.00',
          trx_id: 'DH277V3DI8',
          counterparty: 'Eastern Bank PLC. Internet Banking',
          fee: '0.00',
          balance: '2938.33',
          at: '2026-08-02T00:43:00',
        },
      ),
    ],
  }),
  // No message of this wording has been seen, only described.
  bkash.credit('account_deposit', {
    accountTypes: ['personal'],
    kind: 'bank_deposit',
    status: 'review_only',
    pattern: String.raw`^You have received a deposit of Tk {amount} from (?<counterparty>${BANK_NAME} Account)\. ${FEE_AND_END}`,
    samples: [
      derived(
        'You have received a deposit of Tk 1,500.00 from Demo Bank Account. Fee Tk 0.00. Balance Tk 1,511.00. TrxID DF94MVT45H at 09/06/2026 10:31',
        {
          amount: '1500.00',
          trx_id: 'DF94MVT45H',
          counterparty: 'Demo Bank Account',
          fee: '0.00',
          balance: '1511.00',
          at: '2026-06-09T10:31:00',
        },
      ),
    ],
  }),
  bkash.credit('card_deposit', {
    accountTypes: ['personal'],
    pattern: String.raw`^You have received deposit of Tk {amount} from (?<counterparty>(?:VISA|Visa|Amex|AMEX|Mastercard|MasterCard|MASTERCARD) Card)\. ${FEE_AND_END}`,
    samples: [
      real(
        'You have received deposit of Tk 560.00 from Amex Card. Fee Tk 0.00. Balance Tk 571.15. TrxID CJL5ROKPQA at 21/10/2025 10:33',
      ),
      real(
        'You have received deposit of Tk 210.00 from VISA Card. Fee Tk 0.00. Balance Tk 240.30. TrxID ADI3OM1TMA at 18/04/2023 22:43',
        {
          amount: '210.00',
          trx_id: 'ADI3OM1TMA',
          counterparty: 'VISA Card',
          fee: '0.00',
          balance: '240.30',
          at: '2023-04-18T22:43:00',
        },
      ),
    ],
  }),
  bkash.credit('bdt_deposit', {
    accountTypes: ['personal'],
    kind: 'bank_deposit',
    status: 'review_only',
    pattern: String.raw`^You have received a deposit of BDT {amount~} from (?<counterparty>[A-Z]{2,12})\. Fee BDT {fee~}\. Balance BDT {balance~}\. ?TrxID {trx_id} at {at}{tail}$`,
    samples: [
      derived(
        'You have received a deposit of BDT 32,000 from CZB. Fee BDT 0.00. Balance BDT 214,000. TrxID DF815SSJH8 at 08/06/2026 14:51',
      ),
    ],
  }),
  // A customer cashes out at the agent's: the agent's own balance goes up.
  bkash.credit('agent_cashout', {
    accountTypes: ['agent'],
    kind: 'agent_cashout_in',
    pattern: String.raw`^Cash Out Tk {amount} from {msisdn} successful\. ${FEE_AND_END}`,
    samples: [
      real(
        'Cash Out Tk 1,020.00 from 01729630303 successful. Fee Tk 0.00. Balance Tk 26,911.40. TrxID 8DI1H7TBTC at 18/04/2021 13:58',
      ),
    ],
    nearMisses: [
      'Cash Out Tk 1,020.00 to 01729630303 successful. Fee Tk 0.00. Balance Tk 26,911.40. TrxID 8DI1H7TBTC at 18/04/2021 13:58',
    ],
  }),
  bkash.credit('agent_cashout_commission', {
    accountTypes: ['agent'],
    kind: 'agent_cashout_in',
    status: 'review_only',
    pattern: String.raw`^Cash Out Tk {amount} from {msisdn} successful\. Fee Tk {fee}\. Comm Tk [0-9]{1,6}\.[0-9]{1,4}\. ${bkashEnd}`,
    samples: [
      derived(
        'Cash Out Tk 500.00 from 01634602352 successful. Fee Tk 0.00. Comm Tk 2.05. Balance Tk 25,842.11. TrxID ACB5S9IRAD at 11/03/2023 12:02',
      ),
    ],
  }),
];
