import { taka } from '../money.reader.js';
import { real, templatesOf, type ProviderTemplates, type Template } from '../template.js';

/** Bank messages carry no transaction id: they are read exactly and always go to a person. */
const senders = ['BRAC BANK', 'BRAC-BANK', 'BRACBANK'];
const brac = templatesOf({
  provider: 'brac',
  senders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['bank'],
  at: 'dd-MM-yy',
});

const TK = String.raw`T[kK]\.? ?`;
const ACCOUNT = String.raw`A/C#? ?(?<account>[0-9*]{6,18})`;
const PLACE = String.raw`(?<counterparty>[^\n]{2,60})`;
const ENQUIRY = String.raw`\.(?: For [Ee]nquiry call: 16221\.?)?$`;
const WORDS = String.raw`[^\n]{0,200}`;

const credits: readonly Template[] = [
  brac.credit('credited', {
    kind: 'bank_credit',
    pattern: String.raw`^${TK}{amount~} has been (?:credited|deposited) to your ${ACCOUNT} on {at}\. Your A/C balance is ${TK}{balance~}${ENQUIRY}`,
    samples: [
      real(
        'Tk 37,950 has been credited to your A/C#150320**3001 on 26-08-22. Your A/C balance is TK 55,102.77. For Enquiry call: 16221',
      ),
      real(
        'TK 1,72,400.00 has been credited to your A/C# 10726**0044 on 24-06-26. Your A/C balance is TK 11,14,024.81. For Enquiry call: 16221',
        { amount: '172400.00', balance: '1114024.81', at: '2026-06-24' },
      ),
    ],
  }),
  brac.credit('credited_short', {
    kind: 'bank_credit',
    pattern: String.raw`^${TK}{amount~} has been credited to your ${ACCOUNT} on {at}\.$`,
    samples: [
      real('TK 2,020.00 has been credited to your A/C# 10609**0044 on 22-08-26.', {
        amount: '2020.00',
        at: '2026-08-22',
      }),
    ],
  }),
  brac.credit('branch_deposit', {
    kind: 'bank_credit',
    at: 'dd-MM-yy, hh:mm a',
    pattern: String.raw`^${TK}{amount~} has been deposited to (?:BRAC Bank )?${ACCOUNT} on {at} at ${PLACE}\. Balance ${TK}{balance~}\. Query: 16221\.?$`,
    samples: [
      real(
        'TK 19,000.00 has been deposited to BRAC Bank A/C#09011**6044 on 24-04-25, 02:31 PM at DEMO SHARANI BR. Balance TK 23,010.96. Query: 16221',
      ),
    ],
  }),
  brac.credit('other_bank', {
    kind: 'bank_credit',
    at: 'dd-MM-yy @hh:mm a',
    pattern: String.raw`^${TK}{amount~} credited to ${ACCOUNT} on {at} from ${PLACE}\. Balance ${TK}{balance~}\. BRAC Bank\.$`,
    samples: [
      real(
        'TK 5,100.00 credited to A/C#13032**2044 on 06-05-23 @10:15 AM from OTHER BANK. Balance TK 42,743.77. BRAC Bank.',
        { amount: '5100.00', counterparty: 'OTHER BANK', balance: '42743.77', at: '2023-05-06T10:15:00' },
      ),
    ],
  }),
  brac.credit('loan_account_deposit', {
    kind: 'bank_credit',
    at: 'dd/MM/yy h:mm a',
    pattern: String.raw`^${TK}{amount~} deposited to your loan-linked ${ACCOUNT} on {at} at ${PLACE}\. Your balance is ${TK}{balance~} ?\. Helpline 16221\.?$`,
    samples: [
      real(
        'TK 30,100.00 deposited to your loan-linked A/C 1303***2044 on 09/05/23 4:05 pm at AB Outlet. Your balance is TK 50,000.00. Helpline 16221',
        { amount: '30100.00', counterparty: 'AB Outlet', balance: '50000.00', at: '2023-05-09T16:05:00' },
      ),
    ],
  }),
  brac.credit('cash_deposit', {
    kind: 'bank_credit',
    at: 'dd/MM/yy h:mm a',
    pattern: String.raw`^CASH DEPOSIT of ${TK}{amount~} to your account (?<account>[0-9*]{6,18}) was successful on {at}\. Your new balance is ${TK}{balance~} ?\. Helpline 16221\.?$`,
    samples: [
      real(
        'CASH DEPOSIT of TK 4,100.00 to your account 1503***3001 was successful on 07/05/23 3:12 pm. Your new balance is TK 45,302.77 . Helpline 16221',
      ),
    ],
  }),
  brac.credit('eft', {
    kind: 'bank_credit',
    at: null,
    pattern: String.raw`^Your BRAC Bank ${ACCOUNT} has been credited by ${TK}{amount~} by EFT from (?<counterparty>[A-Za-z][^\n]{1,40})\. A/C balance is ${TK}{balance}\.$`,
    samples: [
      real(
        'Your BRAC Bank A/C#070110**6044 has been credited by TK 14,100.00 by EFT from other bank. A/C balance is TK 26,083.96.',
        { amount: '14100.00', counterparty: 'other bank', balance: '26083.96' },
      ),
    ],
  }),
];

const incoming: readonly Template[] = [
  // A cheque may still be returned, and no customer of a checkout pays by cheque.
  brac.incoming('cheque_cleared', {
    at: null,
    kind: 'bank_credit',
    trxId: { shape: '[0-9]{6,8}', check: 'none' },
    pattern: String.raw`^Dear Customer, clearing cheque No\. {trx_id} of (?:BDT|T[kK]) {amount~} has been deposited to ${ACCOUNT}\. ?Your A/C balance is ${TK}{balance~}\. ?Enquiry: 16221\.?$`,
    samples: [
      real(
        'Dear Customer, clearing cheque No. 6525411 of BDT 25,700.00 has been deposited to A/C#150320**3001.Your A/C balance is TK 69,210.27.Enquiry: 16221.',
      ),
    ],
  }),
];

const debit = { kind: 'bank_debit' } as const;
const outgoing: readonly Template[] = [
  brac.outgoing('debited', {
    ...debit,
    pattern: String.raw`^${TK}{amount~} has been (?:withdrawn|debited) from your ${ACCOUNT} on {at}\. Your A/C balance is ${TK}{balance~}${ENQUIRY}`,
    samples: [
      real(
        'Tk 40,600 has been withdrawn from your A/C#130320**2044 on 22-03-22. Your A/C balance is TK 29,630.27. For Enquiry call: 16221',
        { amount: '40600.00', balance: '29630.27', at: '2022-03-22' },
      ),
    ],
  }),
  brac.outgoing('branch_withdrawal', {
    ...debit,
    at: 'dd-MM-yy, hh:mm a',
    pattern: String.raw`^${TK}{amount~} has been withdrawn from (?:BRAC Bank )?${ACCOUNT} on {at} at ${PLACE}\. Balance ${TK}{balance~}\. Query: 16221\.?$`,
    samples: [
      real(
        'TK 9,100.00 has been withdrawn from BRAC Bank A/C#13032**2044 on 04-05-23, 02:10 PM at SAMPLE SME/KRISHI BRANCH. Balance TK 37,743.77. Query: 16221',
        { amount: '9100.00', counterparty: 'SAMPLE SME/KRISHI BRANCH', balance: '37743.77', at: '2023-05-04T14:10:00' },
      ),
    ],
  }),
  brac.outgoing('atm_withdrawal', {
    at: 'dd-MM-yy @hh:mm a',
    pattern: String.raw`^${TK}{amount~} withdrawn from ${ACCOUNT} on {at} from ${PLACE}\. Balance ${TK}{balance~}\. BRAC Bank\.$`,
    samples: [
      real(
        'TK 5,100.00 withdrawn from A/C#07011**6044 on 12-09-24 @07:03 PM from DEMO AS ATM DEMO BD. Balance TK 23,383.96. BRAC Bank.',
        { amount: '5100.00', counterparty: 'DEMO AS ATM DEMO BD', balance: '23383.96', at: '2024-09-12T19:03:00' },
      ),
    ],
  }),
  brac.outgoing('transfer', {
    ...debit,
    at: null,
    pattern: String.raw`^(?:T[kK]|BDT) ?{amount~} has been (?:transferred|paid) from your BBL A/C: ?(?<account>[0-9*]{6,18}) to (?<counterparty>[^\n]{4,60})\. Available balance is (?:T[kK]|BDT)\.? ?{balance~}\. Queries: call 16221\.?$`,
    samples: [
      real(
        'Tk 510.00 has been transferred from your BBL A/C: 09011**044 to BKASH wallet: 017XXXXXXXX. Available balance is Tk 38,201.96. Queries: call 16221.',
      ),
      real(
        'Tk 14,000.00 has been transferred from your BBL A/C: 09011**044 to A/C: 04934**450. Available balance is Tk. 12,083.96. Queries: call 16221.',
        { amount: '14000.00', counterparty: 'A/C: 04934**450', balance: '12083.96' },
      ),
    ],
  }),
  brac.outgoing('transfer_with_charges', {
    ...debit,
    at: null,
    pattern: String.raw`^${TK}{amount~} \(incl\. charges\) has been debited from your (?:BBL )?A/C:? ?(?<account>[0-9*]{5,18}) (?<counterparty>[^\n]{2,80})\. [Aa]vailable balance:? ${TK}{balance~}\. Helpline: 16221\.?$`,
    samples: [
      real(
        'TK 100,500.00 (incl. charges) has been debited from your A/C 130**2044 through RTGS on 08-05-23. Available balance: TK 20,000.00. Helpline: 16221',
      ),
    ],
  }),
  brac.outgoing('card_purchase', {
    at: 'dd-MM-yy @hh:mm a',
    pattern: String.raw`^${TK}{amount~} transacted at ${PLACE} on {at} using card# ?[0-9*]{6,16}\. Balance ${TK}{balance~}\. BRAC Bank\.$`,
    samples: [
      real(
        'TK 240.00 transacted at BKASH LIMITED 01 BD on 13-10-24 @01:41 PM using card#***7711. Balance TK 11,920.62. BRAC Bank.',
      ),
    ],
  }),
  brac.outgoing('card_purchase_usd', {
    kind: 'card_purchase',
    at: 'dd-MM-yy @hh:mm a',
    currency: 'USD',
    pattern: String.raw`^\$ ?{amount~} transacted at ${PLACE} on {at} using card# ?[0-9*]{6,16}\. Balance ${TK}{balance~}\. BRAC Bank\.$`,
    samples: [
      real(
        '$ 6.77 transacted at DEMO-NAMES.COM* SKRIPF on 14-10-24 @02:15 PM using card#***7711. Balance TK 10,818.22. BRAC Bank.',
        { amount: '6.77', counterparty: 'DEMO-NAMES.COM* SKRIPF', balance: '10818.22', at: '2024-10-14T14:15:00' },
      ),
    ],
  }),
];

const none = { at: null } as const;
const notices: readonly Template[] = [
  brac.notice('otp', {
    ...none,
    pattern: String.raw`^Use OTP:? [0-9]{4,8} to proceed with${WORDS}$`,
    samples: [
      real(
        'Use OTP: 133290 to proceed with Within Bank Transfer-Beneficiary. This OTP will be valid for 3 minutes. Please do not share it with anyone.',
      ),
    ],
  }),
  brac.notice('loan', {
    ...none,
    kind: 'loan_notice',
    pattern: String.raw`^Dear Client[,:] (?:[Yy]our|Please deposit your) [^\n]{0,40}(?:[Ll]oan|instal{1,2}ment)${WORDS}$`,
    samples: [
      real(
        'Dear Client, your SME Term Loan of TK 900,000.00 has been disbursed. Your instalment TK 36,000.00 is payable on 25 day of each month. Enquiry: 16221',
      ),
      real(
        'Dear Client: Please deposit your BRAC Bank SME loan installment of Tk 38,730.0 by 25th Mar. Kindly ignore if you have already made the deposit. Query-16221',
      ),
    ],
  }),
  brac.notice('service', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^(?:Your BRAC Bank Astha password|We noticed a log-in to your BRAC Bank|Dear Customer: Your benefic|Dear Customer, ?Your Cheque Book|Dear Customer, ?to keep your account active|Dear Customer: Your BRAC Bank Astha)${WORDS}$`,
    samples: [
      real(
        'Dear Customer, Your Cheque Book request has been received from Call Center. For query, use Ref# 000. For details Call 16221.',
      ),
    ],
  }),
];

export const bracTemplates: ProviderTemplates = {
  provider: 'brac',
  senders,
  templates: [...credits, ...incoming, ...outgoing, ...notices],
};
