import { taka } from '../money.reader.js';
import { real, templatesOf, type ProviderTemplates, type Template } from '../template.js';

const senders = ['EBL', 'EBL.', 'EBLBANK'];
const ebl = templatesOf({
  provider: 'ebl',
  senders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['bank'],
  at: 'dd-MON-yy hh:mm:ss a',
});

const ACCOUNT = String.raw`AC (?<account>[0-9*]{6,16})`;
const TO = String.raw`is credited with BDT ?{amount~} as`;
const END = String.raw`on {at}(?: BST)? Balance is BDT ?{balance~} Thanks\. EBL Helpline 16230$`;
const CARD = String.raw`Card ?#? ?[0-9*]{6,20}`;
const HELP = String.raw`(?: Thank You\.)? EBL Helpline 16230$`;
const NAME = String.raw`(?<counterparty>[^\n]{2,60}?)`;
const WORDS = String.raw`[^\n]{0,200}`;

/**
 * One sentence for payments, interest and the owner's own transfers: the narration is a closed list for that reason.
 */
const PAYMENTS = String.raw`NPSB FUND TRANSFER|Fund Transfer from (?:bKash|Nagad|Rocket|Upay) Account|AC TRANSFER THROUGH EBL CONNECT|EBL Account Transfer|RTGS FUND TRANSFER|BEFTN FUND TRANSFER`;

const credits: readonly Template[] = [
  ebl.credit('credited', {
    kind: 'bank_credit',
    pattern: String.raw`^${ACCOUNT} ${TO} (?<counterparty>${PAYMENTS}) ${END}`,
    samples: [
      real(
        'AC 114***377 is credited with BDT 9500 as NPSB FUND TRANSFER on 01-SEP-26 10:21:57 AM Balance is BDT 9541.2 Thanks. EBL Helpline 16230',
      ),
      real(
        'AC 115***350 is credited with BDT 17310 as AC TRANSFER THROUGH EBL CONNECT on 01-SEP-26 07:34:56 PM Balance is BDT 17374.56 Thanks. EBL Helpline 16230',
        {
          amount: '17310.00',
          counterparty: 'AC TRANSFER THROUGH EBL CONNECT',
          balance: '17374.56',
          at: '2026-09-01T19:34:56',
        },
      ),
    ],
    nearMisses: [
      'Payment of BDT 5100 has been credited to beneficiary using Card 450000**0044 on 05-Sep-26 08:20:11 PM. Thank You. EBL Helpline 16230',
    ],
  }),
];

const incoming: readonly Template[] = [
  ebl.incoming('interest', {
    pattern: String.raw`^${ACCOUNT} ${TO} (?<counterparty>[A-Z ]{0,20}INTEREST[A-Z ]{0,30}) ${END}`,
    samples: [
      real(
        'AC 114***377 is credited with BDT 266.48 as IC INTEREST LIQUIDATION on 01-DEC-25 01:18:17 AM Balance is BDT 301.40 Thanks. EBL Helpline 16230',
      ),
    ],
  }),
  ebl.incoming('own_transfer', {
    pattern: String.raw`^${ACCOUNT} ${TO} (?<counterparty>Own Account Transfer) ${END}`,
    samples: [
      real(
        'AC 112***280 is credited with BDT 65 as Own Account Transfer on 01-SEP-26 06:46:08 PM Balance is BDT 5004.2 Thanks. EBL Helpline 16230',
        { amount: '65.00', counterparty: 'Own Account Transfer', balance: '5004.20', at: '2026-09-01T18:46:08' },
      ),
    ],
  }),
  ebl.incoming('reversal', {
    at: null,
    currency: 'USD',
    trxId: { shape: '[0-9]{6,12}', check: 'none' },
    pattern: String.raw`^EBL CARDS: Purchase txn USD ?{amount~} from ${NAME} reversed using ${CARD}\. Ref num {trx_id}\. EBL Helpline 16230$`,
    samples: [
      real(
        'EBL CARDS: Purchase txn USD8.99 from DEMO PRIME PMTS Demo.co reversed using Card 450000**0044. Ref num 123400111. EBL Helpline 16230',
      ),
    ],
  }),
  ebl.incoming('reversal_taka', {
    kind: 'reversal',
    at: null,
    trxId: { shape: '[0-9]{6,12}', check: 'none' },
    pattern: String.raw`^EBL CARDS: Purchase txn BDT ?{amount~} from ${NAME} reversed using ${CARD}\. Ref num {trx_id}\. EBL Helpline 16230$`,
    samples: [
      real(
        'EBL CARDS: Purchase txn BDT 899 from DEMO SHOP reversed using Card 450000**0044. Ref num 123400112. EBL Helpline 16230',
      ),
    ],
  }),
  ebl.incoming('card_bill', {
    kind: 'card_bill_credit',
    pattern: String.raw`^(?:EBL CARDS: )?Payment of BDT ?{amount~} credited to ${CARD} on {at}(?: BST)?\. Balance: BDT ?{balance~}\.(?: EBL Helpline 16230)?$`,
    samples: [
      real(
        'EBL CARDS: Payment of BDT 5,200.00 credited to Card 450000**0044 on 05-Sep-26 08:20:11 PM BST. Balance: BDT 45,100.00. EBL Helpline 16230',
      ),
    ],
  }),
];

const outgoing: readonly Template[] = [
  ebl.outgoing('debited', {
    kind: 'bank_debit',
    pattern: String.raw`^${ACCOUNT} is debited with BDT ?{amount~} as (?<counterparty>[^\n]{2,60}?) ${END}`,
    samples: [
      real(
        'AC 118***210 is debited with BDT 65 as Own Account Transfer on 01-SEP-26 06:32:08 PM Balance is BDT 61.56 Thanks. EBL Helpline 16230',
      ),
      real(
        'AC 112***280 is debited with BDT .07 as WITHOLDING SOURCE TAX ON CASA ACCOUNTS on 29-JUN-23 01:56:48 AM Balance is BDT 9828 Thanks. EBL Helpline 16230',
        {
          amount: '0.07',
          counterparty: 'WITHOLDING SOURCE TAX ON CASA ACCOUNTS',
          balance: '9828.00',
          at: '2023-06-29T01:56:48',
        },
      ),
    ],
  }),
  ebl.outgoing('qr_payment', {
    kind: 'card_purchase',
    pattern: String.raw`^QR txn BDT ?{amount~} through EBL Skybanking at ${NAME} {1,2}from ${CARD} on {at}(?: BST)?\.${HELP}`,
    samples: [
      real(
        'QR txn BDT 25 through EBL Skybanking at BANGLA QR PAYMENT  from Card 450000**0044 on 01-Oct-26 01:22:16 PM BST. EBL Helpline 16230',
      ),
    ],
  }),
  // "Credited", and yet it leaves: the beneficiary is somebody else.
  ebl.outgoing('card_payment', {
    kind: 'bank_debit',
    pattern: String.raw`^(?:EBL CARDS: )?Payment of BDT ?{amount~} has been credited to (?<counterparty>beneficiary) using ${CARD} on {at}(?: BST)?\.${HELP}`,
    samples: [
      real(
        'Payment of BDT 5100 has been credited to beneficiary using Card 450000**0044 on 05-Sep-26 08:20:11 PM. Thank You. EBL Helpline 16230',
      ),
    ],
  }),
  ebl.outgoing('purchase', {
    kind: 'card_purchase',
    pattern: String.raw`^Purchase txn BDT ?{amount~} from ${NAME} ?\. ?${CARD} on {at}(?: BST)?\. ?Your A/C (?<account>[0-9*]{6,16}) Balance BDT ?{balance~}\.${HELP}`,
    samples: [
      real(
        'Purchase txn BDT 1105 from DEMO CYCLIST Ut.Card 450000**0044 on 31-Aug-26 06:27:44 PM BST.Your A/C 115**9350 Balance BDT 118.56. EBL Helpline 16230',
        { amount: '1105.00', counterparty: 'DEMO CYCLIST Ut', balance: '118.56', at: '2026-08-31T18:27:44' },
      ),
    ],
  }),
  ebl.outgoing('purchase_usd', {
    kind: 'card_purchase',
    currency: 'USD',
    pattern: String.raw`^(?:EBL CARDS: )?Purchase txn USD ?{amount~} from ${NAME} ?\. ?${CARD} on {at}(?: BST)?\.(?: ?Your A/C (?<account>[0-9*]{6,16}))? ?Balance:? BDT ?{balance~}\.${HELP}`,
    samples: [
      real(
        'Purchase txn USD3.79 from DEMO.COM SINGAP.Card 450000**0044 on 04-Oct-26 03:52:08 AM BST.Your A/C 123**0450 Balance BDT 43417.94. EBL Helpline 16230',
      ),
    ],
  }),
  ebl.outgoing('credit_card_purchase', {
    kind: 'card_purchase',
    pattern: String.raw`^EBL CARDS: Purchase txn BDT ?{amount~} from ${NAME} ?\. ?${CARD} on {at}(?: BST)?\. ?Balance: BDT ?{balance~}\.${HELP}`,
    samples: [
      real(
        'EBL CARDS: Purchase txn BDT 663 from DEMO STORE. Card 450000**0044 on 31-Aug-26 06:27:44 PM BST. Balance: BDT 40118.56. EBL Helpline 16230',
      ),
    ],
  }),
  ebl.outgoing('cash_withdrawal', {
    kind: 'atm_withdrawal',
    pattern: String.raw`^Cash WD BDT ?{amount~} from ${NAME} ?\. ?${CARD} on {at}(?: BST)?\. ?Your A/C (?<account>[0-9*]{6,16}) Balance BDT ?{balance~}\.${HELP}`,
    samples: [
      real(
        'Cash WD BDT5100 from Demo South Universi. Card 450000**0044 on 19-Aug-26 06:00:37 PM BST.Your A/C 115**9350 Balance BDT 1501.56. EBL Helpline 16230',
        { amount: '5100.00', counterparty: 'Demo South Universi', balance: '1501.56', at: '2026-08-19T18:00:37' },
      ),
    ],
  }),
  ebl.outgoing('card_transfer', {
    kind: 'bank_debit',
    pattern: String.raw`^(?:EBL CARDS: )?(?<counterparty>NPSB Fund Transfer) BDT ?{amount~} using ${CARD} on {at}(?: BST)?\.(?: ?Your A/C (?<account>[0-9*]{6,16}) Balance BDT ?{balance~}\.)?${HELP}`,
    samples: [
      real(
        'EBL CARDS: NPSB Fund Transfer BDT 185 using Card 450000**0044 on 18-Aug-26 12:44:55 AM.Your A/C 112**0280 Balance BDT 6534.2. Thank You. EBL Helpline 16230',
      ),
    ],
  }),
];

const none = { at: null } as const;
const notices: readonly Template[] = [
  ebl.notice('otp', {
    ...none,
    pattern: String.raw`^(?:The OTP request is for a transaction at|Your One[- ]Time Password \(OTP\))${WORDS}$`,
    samples: [
      real(
        'The OTP request is for a transaction at demofoodcom. To complete your transaction BDT 242.00 at demofoodcom with Card#530***122, use OTP: 110442 . Helpline: 16230',
      ),
    ],
  }),
  ebl.notice('declined', {
    ...none,
    kind: 'failed',
    pattern: String.raw`^EBL CARDS: Not sufficient fund for [A-Z]{3} ?[0-9.,]{1,12} from${WORDS}$`,
    samples: [
      real(
        'EBL CARDS: Not sufficient fund for USD0 from DEMO WEB SERVICES. Card 450000**0044 on 26-Feb-24 11:14:13 PM BST. EBL Helpline 16230',
      ),
    ],
  }),
  ebl.notice('meter', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Your [A-Z]{3,10} {1,2}prepaid meter no: ?[0-9]{4,20} is successfully recharged with BDT ?[0-9.,]{1,12},${WORDS}$`,
    samples: [
      real(
        'Your DESCO  prepaid meter no: 00011122 is successfully recharged with BDT 210, Energy Cost BDT 200.43, VAT BDT 9.52. Your Token Number is',
      ),
    ],
  }),
  ebl.notice('standing_instruction', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Ref no : ?[0-9A-Z]{6,30} , Your Standing Instruction Execution Status is:${WORDS}$`,
    samples: [
      real(
        'Ref no : 390011SI1760000020 , Your Standing Instruction Execution Status is: Successfully Executed . Helpline 16230.',
      ),
    ],
  }),
  ebl.notice('card_delivery', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Your [A-Z ]{4,24} CARD has been sent to EBL${WORDS}$`,
    samples: [
      real(
        'Your VISA DEBIT CARD has been sent to EBL DEMO BRANCH. Pls collect it after 5 working days or ignore, if already collected.',
      ),
    ],
  }),
];

export const eblTemplates: ProviderTemplates = {
  provider: 'ebl',
  senders,
  templates: [...credits, ...incoming, ...outgoing, ...notices],
};
