import { derived, real, type ProviderTemplates, type Template } from '../template.js';
import { bkash, bkashCredits, bkashEnd, bkashSenders } from './bkash.templates.js';
import { bkashIncoming } from './bkash-incoming.templates.js';

const NAME = String.raw`[^\n]{2,80}`;
const FEE_AND_END = String.raw`Fee Tk {fee}\. ${bkashEnd}`;
const WORDS = String.raw`[^\n]{0,200}`;

const outgoing: readonly Template[] = [
  bkash.outgoing('cash_out', {
    accountTypes: ['personal', 'merchant'],
    pattern: String.raw`^Cash Out Tk {amount} to {msisdn} successful\. ${FEE_AND_END}`,
    samples: [
      real(
        'Cash Out Tk 120.00 to 01898260564 successful. Fee Tk 2.22. Balance Tk 131.40. TrxID 8BO6XMPJ78 at 24/02/2021 16:20. Download App: https://bKa.sh/8app',
      ),
    ],
  }),
  bkash.outgoing('atm_cash_out', {
    pattern: String.raw`^ATM Cash Out Tk {amount} successful\. ${FEE_AND_END}`,
    samples: [
      real(
        'ATM Cash Out Tk 4,000.00 successful. Fee Tk 28.00. Balance Tk 4,508.43. TrxID DB86IQ9Y7J at 08/02/2026 17:57',
        { amount: '4000.00', trx_id: 'DB86IQ9Y7J', fee: '28.00', balance: '4508.43', at: '2026-02-08T17:57:00' },
      ),
    ],
  }),
  bkash.outgoing('send_money', {
    pattern: String.raw`^Send Money Tk {amount} to {msisdn} successful\.(?: ?Ref {ref}\.)? ${FEE_AND_END}`,
    samples: [
      real(
        'Send Money Tk 115.00 to 01758824495 successful. Ref . Fee Tk 0.00. Balance Tk 418.00. TrxID 5KG7WTT3RD at 16/11/2018 10:20',
      ),
      real(
        'Send Money Tk 510.00 to 01947501237 successful. Ref You have received Tk 510.00. Fee Tk 5.00. Balance Tk 1,204.00. TrxID DJG6DRC4ZK at 16/10/2026 10:30',
      ),
    ],
  }),
  bkash.outgoing('payment_sent', {
    pattern: String.raw`^Payment (?:of )?Tk {amount} to (?<counterparty>${NAME}) is successful\. ${bkashEnd}`,
    samples: [
      real(
        'Payment Tk 105.00 to DEMO SHOP LIMITED-RM70211 is successful. Balance Tk 588.90. TrxID DG89XLT586 at 08/07/2026 20:11',
      ),
      real(
        'Payment of Tk 2,391.50 to DEMO LOGISTICS LIMITED-RM60111 is successful. Balance Tk 1,977.04. TrxID DB93AT89J2 at 09/02/2026 18:22',
      ),
    ],
  }),
  // The capture that follows prints the same TrxID and the same balance.
  bkash.outgoing('payment_reserved', {
    pattern: String.raw`^Payment of Tk {amount} is being reserved for (?<counterparty>${NAME})\. ${bkashEnd}`,
    samples: [
      real(
        'Payment of Tk 564.11 is being reserved for DEMO RIDE LTD-Ride. Balance Tk 214.09. TrxID DHA3Z43DVY at 10/08/2026 18:11',
        {
          amount: '564.11',
          trx_id: 'DHA3Z43DVY',
          counterparty: 'DEMO RIDE LTD-Ride',
          balance: '214.09',
          at: '2026-08-10T18:11:00',
        },
      ),
    ],
  }),
  // Begins with "Received" and takes money away.
  bkash.outgoing('recharge', {
    pattern: String.raw`^Received Recharge request of Tk {amount} for {msisdn}\. Fee Tk {fee}\. Balance Tk {balance}\. ?TrxID {trx_id} at {at}\. Wait for confirmation\.$`,
    samples: [
      real(
        'Received Recharge request of Tk 60.00 for 01702875866. Fee Tk 0.00. Balance Tk 511.00. TrxID 5J95H41O0B at 09/10/2018 19:41. Wait for confirmation.',
      ),
    ],
  }),
  bkash.outgoing('recharge_notice', {
    trxId: null,
    at: null,
    pattern: String.raw`^Your bKash Mobile Recharge request of Tk {amount} for (?<counterparty>01[0-9]{9}|ending [0-9]{3,4}) was successful\.${WORDS}$`,
    samples: [
      real(
        'Your bKash Mobile Recharge request of Tk 30.00 for 01601752449 was successful. Use bKash App for convenience & offers! TCA Download App: https://bKa.sh/5app',
      ),
    ],
  }),
  bkash.outgoing('bill_paid', {
    pattern: String.raw`^Bill successfully paid\.\nBiller: (?<counterparty>[^\n]{1,60})\n(?:[^\n]{1,60}\n)?(?:[^\n]{1,60}\n)?(?:[^\n]{1,60}\n)?Amount: Tk {amount}\nFee: Tk {fee}\nTrxID: ?{trx_id} at {at}{tail}$`,
    samples: [
      real(
        'Bill successfully paid.\nBiller: PALLI BIDYUT\nMM/YYYY: 052026\nSMS Account: 1020304050607\nAmount: Tk 495.00\nFee: Tk 0.00\nTrxID: DET8WTFOQ8 at 29/05/2026 18:10',
      ),
      real(
        'Bill successfully paid.\nBiller: DEMO NET \nMMYYYY/Contact: 032022\nA/C: 21770036 \nAmount: Tk 500.00 \nFee: Tk 5.00 \nTrxID: 9C31RKTTNJ at 03/03/2022 23:08',
        { amount: '500.00', trx_id: '9C31RKTTNJ', counterparty: 'DEMO NET', fee: '5.00', at: '2022-03-03T23:08:00' },
      ),
    ],
  }),
  bkash.outgoing('bill_payment', {
    kind: 'bill_paid',
    pattern: String.raw`^(?:Bill Payment|Pay Bill) of Tk {amount} (?:to|for) (?<counterparty>${NAME}) (?:is|was) successful\.(?: Fee Tk {fee~}\.)? Balance Tk {balance}\. ?TrxID {trx_id} at {at}{tail}$`,
    samples: [
      derived(
        'Bill Payment of Tk 780.00 for DEMO GAS is successful. Fee Tk 0.00. Balance Tk 72.73. TrxID BCT8VLSI47 at 29/03/2024 21:39',
      ),
    ],
  }),
  bkash.outgoing('bank_transfer', {
    kind: 'bank_transfer_out',
    pattern: String.raw`^bKash to Bank of Tk {amount} (?:for|to) (?<counterparty>${NAME}) is successful\. ${FEE_AND_END}`,
    samples: [
      real(
        'bKash to Bank of Tk 2,500.00 for VISA Debit Card is successful. Fee Tk 31.25. Balance Tk 72.73. TrxID BCT8VLSI47 at 29/03/2024 21:39',
        {
          amount: '2500.00',
          trx_id: 'BCT8VLSI47',
          counterparty: 'VISA Debit Card',
          fee: '31.25',
          balance: '72.73',
          at: '2024-03-29T21:39:00',
        },
      ),
    ],
  }),
  bkash.outgoing('savings_out', {
    pattern: String.raw`^(?:Congratulations! )?(?:Savings Deposit|DPS) Payment (?:of )?Tk {amount} to (?<counterparty>${NAME}) is successful\. ${bkashEnd}`,
    samples: [
      real(
        'Congratulations! DPS Payment of Tk 550.00 to Example Bank DPS is successful. Balance Tk 2,310.00. TrxID BA29OUVJAI at 02/01/2024 19:40',
      ),
      real(
        'Savings Deposit Payment Tk 500.00 to IDLC is successful. Balance Tk 155.75. TrxID 9F34WQAL9V at 03/06/2022 23:21',
        { amount: '500.00', trx_id: '9F34WQAL9V', counterparty: 'IDLC', balance: '155.75', at: '2022-06-03T23:21:00' },
      ),
    ],
  }),
  bkash.outgoing('loan_repayment', {
    pattern: String.raw`^Your Digital Loan Repayment of Tk {amount} is successful\. ${bkashEnd}`,
    samples: [
      real(
        'Your Digital Loan Repayment of Tk 2,100.00 is successful. Balance Tk 3,870.00. TrxID BA2214IVB6 at 02/01/2024 19:52',
      ),
    ],
  }),
  bkash.outgoing('agent_cash_in', {
    accountTypes: ['agent'],
    kind: 'agent_cashin_out',
    pattern: String.raw`^Cash In Tk {amount} to {msisdn} successful\. Fee Tk {fee}\. (?:Comm Tk [0-9]{1,6}\.[0-9]{1,4}\. )?${bkashEnd}`,
    samples: [
      real(
        'Cash In Tk 2,000.00 to 01856117790 successful. Fee Tk 0.00. Balance Tk 2,851.16. TrxID AC82ZB6CN6 at 08/03/2023 10:37',
        {
          amount: '2000.00',
          trx_id: 'AC82ZB6CN6',
          counterparty: '01856117790',
          fee: '0.00',
          balance: '2851.16',
          at: '2023-03-08T10:37:00',
        },
      ),
    ],
  }),
  bkash.outgoing('agent_b2b_out', {
    accountTypes: ['agent'],
    pattern: String.raw`^B2B Transfer Tk {amount} to {msisdn} successful\. ${FEE_AND_END}`,
    samples: [
      real(
        'B2B Transfer Tk 2,000.00 to 01704559981 successful. Fee Tk 0.00. Balance Tk 7,521.24. TrxID ACD7FBF5JX at 13/03/2023 16:48',
        {
          amount: '2000.00',
          trx_id: 'ACD7FBF5JX',
          counterparty: '01704559981',
          fee: '0.00',
          balance: '7521.24',
          at: '2023-03-13T16:48:00',
        },
      ),
    ],
  }),
];

const none = { trxId: null, at: null } as const;
const notices: readonly Template[] = [
  bkash.notice('otp', {
    ...none,
    pattern: String.raw`^(?:<#> )?(?:Do NOT share your OTP or PIN with anyone\. )?Your bKash (?:OTP|verification code)${WORDS}$`,
    samples: [
      real(
        'Do NOT share your OTP or PIN with anyone. Your bKash OTP for PAYMENT of Tk.760.00 to Demo Shop Limited-RM51170 is 816520. Expires in 2 min.',
      ),
      real(
        '<#> Your bKash verification code is 771920. It expires in 2 minutes. Please do NOT share this code and PIN with anyone. UID: aaBBccDDeeF',
      ),
    ],
  }),
  bkash.notice('otp_code', {
    ...none,
    kind: 'otp',
    pattern: String.raw`^(?:<#> )?NEVER share your Verification Code and PIN with anyone\.${WORDS}$`,
    samples: [
      real(
        '<#> NEVER share your Verification Code and PIN with anyone. bKash never asks for these. Verification Code: 551020. Expiry: 30 seconds. A1B2C3D4E5F6A7B',
      ),
    ],
  }),
  bkash.notice('loan_instalment', {
    ...none,
    kind: 'loan_notice',
    pattern: String.raw`^Tk [0-9,]{1,12}\.[0-9]{2} will be automatically deducted as Loan instalment today\.${WORDS}$`,
    samples: [
      real(
        'Tk 1044.18 will be automatically deducted as Loan instalment today. If already repaid, please ignore this message.',
      ),
    ],
  }),
  // The second message about a loan whose money `loan` has already counted.
  bkash.notice('loan_terms', {
    ...none,
    kind: 'loan_notice',
    pattern: String.raw`^You have received Loan of Tk [0-9,]{1,12}\.[0-9]{2} (?:from [^\n]{2,40} )?in your bKash Account\. Your first repayment${WORDS}$`,
    samples: [
      real(
        'You have received Loan of Tk 900.00 from City Bank in your bKash Account. Your first repayment of TK 309.28 is due on 28/09/2026.',
      ),
    ],
  }),
  bkash.notice('claim_invite', {
    ...none,
    pattern: String.raw`^Tk [0-9,]{1,12}\.[0-9]{2} has been sent from 01[0-9]{9}\. To receive the money, open Account${WORDS}$`,
    samples: [
      real(
        'Tk 220.00 has been sent from 01879890442. To receive the money, open Account from bKash App within 30/06/2024 11:11. Download App: https://bka.sh/smnewreg',
      ),
    ],
  }),
  bkash.notice('binding', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Your Account Binding (?:with|request for)${WORDS}$`,
    samples: [real('Your Account Binding with Demo Merchant has been cancelled. For queries, please call 16247.')],
  }),
  bkash.notice('biller_enquiry', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Biller: [^\n]{1,60}\nAccount: [^\n]{1,40}\nAmount: [0-9,]{1,12}\.[0-9]{2}\nMonth/Year: [0-9/]{6,7}\nPayment Status: [^\n]{1,80}$`,
    samples: [
      real(
        'Biller: DEMOBILLER\nAccount: 22334455\nAmount: 580.00\nMonth/Year: 09/2018\nPayment Status: UNPAID as on 26-OCT-2018 09:12:44 AM.',
      ),
    ],
  }),
  bkash.notice('bill_check', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Your check bill request has been received\. Please wait for confirmation\.$`,
    samples: [real('Your check bill request has been received. Please wait for confirmation.')],
  }),
  bkash.notice('balance_inquiry', {
    ...none,
    pattern: String.raw`^Your bKash Balance is Tk [0-9,]{1,12}\.[0-9]{2} as of [0-9/]{10} [0-9:]{5}$`,
    samples: [derived('Your bKash Balance is Tk 515.00 as of 02/01/2024 10:00')],
  }),
  bkash.notice('coupon', {
    ...none,
    kind: 'promo',
    pattern: String.raw`^You (?:have )?received BDT [0-9]{1,5} Mobile Recharge discount [Cc]oupon[!.]${WORDS}$`,
    samples: [
      real(
        "You received BDT 25 Mobile Recharge discount coupon! Enjoy discount by applying coupon through bKash app's Mobile Recharge. TCA. Validity: 01-01-2024",
      ),
    ],
  }),
  bkash.notice('promo', {
    ...none,
    pattern: String.raw`^bKash Amazing Deals is here!${WORDS}$`,
    samples: [
      real(
        'bKash Amazing Deals is here! Pay with bKash and get up to 20% Instant Cashback at 3500+ outlets of 350+ brands.For details, visit https://www.bkash.com/payment/',
      ),
    ],
  }),
];

export const bkashTemplates: ProviderTemplates = {
  provider: 'bkash',
  senders: bkashSenders,
  templates: [...bkashCredits, ...bkashIncoming, ...outgoing, ...notices],
};
