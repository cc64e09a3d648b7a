import { derived, real, type ProviderTemplates } from '../template.js';
import { bankTemplatesOf, weakCredit, bankAccount, bankPayer } from './bank-words.js';
import { pubaliTemplates, rupaliTemplates, sonaliTemplates, uttaraTemplates } from './nationalised-banks.templates.js';

const ibbl = bankTemplatesOf('ibbl', ['IBBL']);
const ibblTemplates: ProviderTemplates = {
  provider: 'ibbl',
  senders: ['IBBL'],
  templates: [
    ibbl.credit('deposit_slip', {
      ...weakCredit,
      trxId: { shape: '[0-9]{17}', check: 'none' },
      pattern: String.raw`^TrxID: ?{trx_id} ?\n ?Acc: ?${bankAccount} ?\n ?Deposit Amount: ?{amount}$`,
      samples: [
        derived('TrxID: 58260101000001234 \n Acc: 20500000000004321 \n Deposit Amount: 8,500.00', {
          amount: '8500.00',
          trx_id: '58260101000001234',
        }),
      ],
      nearMisses: ['TrxID: 58260101000001234 \n Acc: 20500000000004321 \n Deposit Amount: 8'],
    }),
    ibbl.credit('atm_credit', {
      ...weakCredit,
      pattern: String.raw`^Dear Customer,? ATM Tk\.? ?{amount~} has been credited to A/C ?${bankAccount}\.?$`,
      samples: [derived('Dear Customer ATM Tk 3810 has been credited to A/C744**05011222')],
    }),
  ],
};

const midland = bankTemplatesOf('midland', ['MDB']);
const midlandTemplates: ProviderTemplates = {
  provider: 'midland',
  senders: ['MDB'],
  templates: [
    midland.credit('deposited', {
      ...weakCredit,
      pattern: String.raw`^BDT {amount} was deposited to A/c No ${bankAccount} by ATM transaction\.?$`,
      samples: [derived('BDT 3899.99 was deposited to A/c No ***03044 by ATM transaction')],
    }),
  ],
};

const trust = bankTemplatesOf('trust', ['TRUSTBANK']);
const trustTemplates: ProviderTemplates = {
  provider: 'trust',
  senders: ['TRUSTBANK'],
  templates: [
    trust.credit('atm_cash', {
      ...weakCredit,
      pattern: String.raw`^ATM CASH Txn ?\n ?T[kK]\.? {amount} CREDIT ?\n ?AC No ${bankAccount}$`,
      samples: [derived('ATM CASH Txn \n TK 5845.00 CREDIT \n AC No 046***344')],
    }),
  ],
};

const mtb = bankTemplatesOf('mtb', ['MTB', 'MTB.'], 'dd-MON-yy');
const MTB_END = String.raw`Available [Bb]alance BDT {balance~}\. MTB Hotline [0-9]{5}$`;
const mtbTemplates: ProviderTemplates = {
  provider: 'mtb',
  senders: ['MTB', 'MTB.'],
  templates: [
    mtb.credit('credited', {
      ...weakCredit,
      pattern: String.raw`^(?:Dear Customer, )?Your A/C (?<account>[0-9X*]{6,18}) has been Credited by BDT {amount~} on {at}\. ${MTB_END}`,
      samples: [
        derived(
          'Your A/C 1300**0044 has been Credited by BDT 14,500.00 on 02-Jan-24. Available Balance BDT 1,01,500.00. MTB Hotline 16219',
        ),
      ],
    }),
    mtb.outgoing('debited', {
      kind: 'bank_debit',
      pattern: String.raw`^(?:Dear Customer, )?Your A/C (?<account>[0-9X*]{6,18}) has been Debited by BDT {amount~} on {at}\. ${MTB_END}`,
      samples: [
        derived(
          'Your A/C 1300**0044 has been Debited by BDT 4,500.00 on 02-Jan-24. Available balance BDT 97,000.00. MTB Hotline 16219',
        ),
      ],
    }),
    mtb.outgoing('card_purchase', {
      at: "dd-MON-yy 'at' hh:mm a",
      pattern: String.raw`^Successful (?:MOTO|purchase|e-commerce) transaction of BDT {amount~} from {1,2}${bankPayer} by (?:MTB )?card- ?[0-9*]{6,20} on {at}\. Current [Bb]alance BDT {balance~}\. Helpline [0-9]{5}$`,
      samples: [
        derived(
          'Successful purchase transaction of BDT 250.00 from  Demo Store Limited by MTB card- 4600***0044 on 08-Jan-20 at 02:13 pm. Current balance BDT 80,000.00. Helpline 16219',
        ),
      ],
    }),
    mtb.incoming('merchant_return', {
      kind: 'refund',
      pattern: String.raw`^Dear Cardholder: Merchant return amounting to BDT {amount~} has been posted to your MTB card [0-9*]{6,20} on {at}\. Query- ?[0-9]{5}$`,
      samples: [
        derived(
          'Dear Cardholder: Merchant return amounting to BDT 820.00 has been posted to your MTB card 4600***0044 on 02-Jan-24. Query- 16219',
        ),
      ],
    }),
  ],
};

const scb = bankTemplatesOf('scb', ['SCB']);
const scbTemplates: ProviderTemplates = {
  provider: 'scb',
  senders: ['SCB'],
  templates: [
    scb.credit('deposited', {
      kind: 'bank_credit',
      pattern: String.raw`^BDT {amount} was deposited to Acc\. ending (?<account>[0-9x*]{4,10})\. Available balance is now BDT {balance}\.?$`,
      samples: [real('BDT 32,000.00 was deposited to Acc. ending xxx3944. Available balance is now BDT 38,181.30')],
    }),
  ],
};

const ucb = bankTemplatesOf('ucb', ['UCB.', 'UCB'], 'dd/MM/yy HH:mm');
const ucbTemplates: ProviderTemplates = {
  provider: 'ucb',
  senders: ['UCB.', 'UCB'],
  templates: [
    // A time of day without its date.
    ucb.credit('credited', {
      kind: 'bank_credit',
      at: null,
      pattern: String.raw`^Your A/C \((?<account>\*{3}[0-9]{4})\) has been credited BDT ?{amount~} for (?:ATM Bill Payment / FT|FT|Fund Transfer|NPSB FT|Cash Deposit)\. Avl Bal: ?BDT ?{balance} ?@ [0-9]{2}:[0-9]{2} [AP]M\. For query: ?16419\.?$`,
      samples: [
        real(
          'Your A/C (***0544) has been credited BDT 39,000.00 for ATM Bill Payment / FT. Avl Bal: BDT 2,44,316.86 @ 09:12 AM. For query: 16419',
        ),
      ],
    }),
    ucb.outgoing('atm_withdrawal', {
      pattern: String.raw`^BDT ?{amount~} withdrawn fm Card ?#[0-9]{4} \(CL ID: ?[0-9]{4,8}\) on {at} at [^\n]{2,40}\. Avl Bal: ?{balance~}\.[^\n]{0,80}$`,
      samples: [
        real(
          'BDT14,000.00 withdrawn fm Card#8344 (CL ID:690044) on 22/06/25 13:22 at UCBL ATM. Avl Bal:201150.58. Use UCB Cash Recycler to deposit 24/7.',
        ),
      ],
    }),
    ucb.outgoing('card_purchase', {
      pattern: String.raw`^Your UCB Debit Card ?#[0-9]{4} \(CL ID: ?[0-9]{4,8}\) has been charged for BDT ?{amount~} at ${bankPayer} on {at}\.[^\n]{0,60}$`,
      samples: [
        real(
          'Your UCB Debit Card#8344 (CL ID:690044) has been charged for BDT2,860.00 at DEMOMART on 07/07/25 13:16. For query: Call:16419.',
          { amount: '2860.00', counterparty: 'DEMOMART', at: '2025-07-07T13:16:00' },
        ),
      ],
    }),
    ucb.notice('otp', {
      at: null,
      pattern: String.raw`^One Time Password \(OTP\) for your Card#[0-9]{4} transaction[^\n]{0,200}$`,
      samples: [
        real(
          'One Time Password (OTP) for your Card#8344 transaction is 5320. Use this OTP to complete the trxn. The OTP will valid for 5 min. Do not share OTP with anyone.',
        ),
      ],
    }),
  ],
};

const prime = bankTemplatesOf('prime', ['PRIMEBANK'], 'dd-MON-yyyy HH:mm');
const primeTemplates: ProviderTemplates = {
  provider: 'prime',
  senders: ['PRIMEBANK'],
  templates: [
    // The owner pays the card's bill.
    prime.incoming('card_bill', {
      kind: 'card_bill_credit',
      pattern: String.raw`^Dear Cardholder, BDT ?{amount~} has been credited to your credit card \*[0-9]{4} on {at}\. Helpline 16218$`,
      samples: [
        real(
          'Dear Cardholder, BDT 11,029.00 has been credited to your credit card *0244 on 02-Jul-2025 13:15. Helpline 16218',
        ),
      ],
    }),
    prime.outgoing('debited', {
      kind: 'bank_debit',
      at: 'dd/MM/yyyy',
      pattern: String.raw`^Dear Customer, BDT ?{amount~} has been debited from a/c ${bankAccount} on {at}\. Your current balance is BDT ?{balance~}\.?$`,
      samples: [
        real(
          'Dear Customer, BDT1811.00 has been debited from a/c 211820****900 on 10/07/2025. Your current balance is BDT5,273.29',
          { amount: '1811.00', balance: '5273.29', at: '2025-07-10' },
        ),
      ],
    }),
    prime.outgoing('card_purchase', {
      at: 'dd/MM/yyyy HH:mm:ss',
      pattern: String.raw`^You have transacted BDT ?{amount~} at ${bankPayer} on {at} using Card# ?\*[0-9]{4}\. Balance: ?{balance~}\. Helpline 16218$`,
      samples: [
        real(
          'You have transacted BDT 4100.00 at DEMO FASHION INTERNATIONALD on 05/07/2025 19:56:49 using Card# *0244. Balance: 100000.50. Helpline 16218',
          {
            amount: '4100.00',
            counterparty: 'DEMO FASHION INTERNATIONALD',
            balance: '100000.50',
            at: '2025-07-05T19:56:49',
          },
        ),
      ],
    }),
  ],
};

const jamuna = bankTemplatesOf('jamuna', ['JBL-CARDS'], 'dd/MM/yy hh:mm a');
const jamunaTemplates: ProviderTemplates = {
  provider: 'jamuna',
  senders: ['JBL-CARDS'],
  templates: [
    jamuna.outgoing('card_purchase', {
      pattern: String.raw`^Thanks for (?:Purchase|Withdrawal) BDT ?{amount~} from {1,2}${bankPayer}, using JBL (?:Debit|Credit) Card [0-9*]{8,20} on {at}\. Balance BDT(?: {balance})?\. Thank you for being with us\. Helpline- ?16742\. JBL Cards\.$`,
      samples: [
        real(
          'Thanks for Purchase BDT 760.00 from bKash 16247, using JBL Debit Card 460000*7044 on 16/06/23 09:06 pm. Balance BDT. Thank you for being with us. Helpline- 16742. JBL Cards.',
        ),
      ],
    }),
  ],
};

export const otherBanks: readonly ProviderTemplates[] = [
  ibblTemplates,
  sonaliTemplates,
  midlandTemplates,
  trustTemplates,
  rupaliTemplates,
  pubaliTemplates,
  uttaraTemplates,
  mtbTemplates,
  scbTemplates,
  ucbTemplates,
  primeTemplates,
  jamunaTemplates,
];
