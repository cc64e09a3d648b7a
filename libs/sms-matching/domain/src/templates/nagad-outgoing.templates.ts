import { derived, real, type ProviderTemplates, type Template } from '../template.js';
import {
  nagad,
  nagadAmount,
  nagadCommission,
  nagadBalance,
  nagadCredits,
  nagadEnd,
  nagadGap,
  nagadGapOrNone,
  nagadIncoming,
  nagadSenders,
} from './nagad.templates.js';

const NAME = String.raw`[^\n]{2,60}`;
const outgoing: readonly Template[] = [
  nagad.outgoing('payment_sent', {
    pattern: String.raw`^Payment to '(?<counterparty>${NAME})' is Successful\.${nagadGap}Amount: ?Tk {1,2}{amount~}${nagadGap}${nagadEnd}`,
    samples: [
      real(
        "Payment to 'Demo Food Bangladesh' is Successful.\nAmount: Tk  226.49\nTxnID: 7493QS6D\nBalance: Tk 770.16\n08/08/2025 18:20",
      ),
    ],
  }),
  nagad.outgoing('recharge', {
    pattern: String.raw`^Mobile Recharge Successful\.${nagadGap}${nagadAmount}${nagadGap}Mobile: ?{msisdn}${nagadGap}${nagadEnd}`,
    samples: [
      real(
        'Mobile Recharge Successful.\nAmount: Tk 20.00\nMobile: 01700110022\nTxnID: 70KASPZH\nBalance: Tk 5.00\n26/02/2020 22:44',
        {
          amount: '20.00',
          trx_id: '70KASPZH',
          counterparty: '01700110022',
          balance: '5.00',
          at: '2020-02-26T22:44:00',
        },
      ),
    ],
  }),
  nagad.outgoing('send_money', {
    pattern: String.raw`^(?:Send Money Successful|Money Sent|Send Money is Successful)\.${nagadGap}${nagadAmount}${nagadGap}Receiver: ?{msisdn}${nagadGap}(?:Ref: ?{ref}${nagadGap})?(?:Fee: ?Tk {1,2}{fee~}${nagadGap})?TxnID: ?{trx_id}${nagadGap}(?:Fee: ?Tk {1,2}[0-9.]{1,8}${nagadGap})?${nagadBalance}${nagadGap}{at}$`,
    samples: [
      derived(
        'Send Money Successful.\nAmount: Tk 500.00\nReceiver: 01700110022\nRef: N/A\nFee: Tk 5.00\nTxnID: 74HVBGI0\nBalance: Tk 5.00\n06/10/2025 22:44',
      ),
    ],
  }),
  nagad.outgoing('cash_out', {
    accountTypes: ['personal', 'merchant'],
    pattern: String.raw`^Cash Out Successful\.${nagadGap}${nagadAmount}${nagadGap}(?:Uddokta|Agent): ?{msisdn}${nagadGap}(?:Fee: ?Tk {1,2}{fee~}${nagadGap})?TxnID: ?{trx_id}${nagadGap}(?:Fee: ?Tk {1,2}[0-9.]{1,8}${nagadGap})?${nagadBalance}${nagadGap}{at}$`,
    samples: [
      derived(
        'Cash Out Successful.\nAmount: Tk 2,000.00\nUddokta: 01700110022\nFee: Tk 23.00\nTxnID: 74HVBGI0\nBalance: Tk 1,211.56\n06/10/2025 22:44',
      ),
    ],
  }),
  nagad.outgoing('bill_paid', {
    pattern: String.raw`^Bill Payment to (?<counterparty>${NAME}) is [Ss]uccessful\.${nagadGapOrNone}Amount: ?(?:Tk|BDT) {1,2}{amount~}\.?${nagadGap}(?:Biller )?Account(?: No)?: ?[0-9A-Za-z-]{4,20}\.?${nagadGap}Fee: ?(?:Tk {1,2})?{fee~}${nagadGap}T[rx]?[xn]{1,2}I[Dd]: ?{trx_id}(?:${nagadGap}${nagadBalance.replace('{balance}', '{balance~}')})?${nagadGap}{at}$`,
    samples: [
      real(
        'Bill Payment to DPDC is successful.Amount: BDT 2322.00. Biller Account: 19770041. Fee:0.00 TxnId: 711MOE95 11/01/2022 13:36',
        { amount: '2322.00', trx_id: '711MOE95', counterparty: 'DPDC', fee: '0.00', at: '2022-01-11T13:36:00' },
      ),
    ],
  }),
  nagad.outgoing('agent_cash_in', {
    accountTypes: ['agent'],
    kind: 'agent_cashin_out',
    pattern: String.raw`^Cash In Successful\.${nagadGapOrNone}Amount: ?Tk {1,2}{amount}${nagadGapOrNone}Customer: ?{msisdn}${nagadGapOrNone}TxnID: ?{trx_id}${nagadGapOrNone}${nagadCommission}${nagadGapOrNone}Balance: ?Tk {1,2}{balance}${nagadGapOrNone}{at}$`,
    samples: [
      real(
        'Cash In Successful.Amount: Tk 3100.00 Customer: 01807746301 TxnID: 71RSXPTL Comm: Tk 12.71 Balance: Tk 10410.05 12/03/2023 21:51',
      ),
    ],
  }),
  nagad.outgoing('agent_b2b_out', {
    accountTypes: ['agent'],
    pattern: String.raw`^B2B Transfer Successful\.${nagadGap}${nagadAmount}${nagadGap}Receiver: ?{msisdn}${nagadGap}${nagadEnd}`,
    samples: [
      real(
        'B2B Transfer Successful. Amount: Tk 3000.00 Receiver: 01810447713 TxnID: 71RUP3C4 Balance: Tk 43462.02 13/03/2023 17:30',
        {
          amount: '3000.00',
          trx_id: '71RUP3C4',
          counterparty: '01810447713',
          balance: '43462.02',
          at: '2023-03-13T17:30:00',
        },
      ),
    ],
  }),
];

const none = { trxId: null, at: null } as const;
const WORDS = String.raw`[^\n]{0,160}`;
const notices: readonly Template[] = [
  nagad.notice('otp', {
    ...none,
    pattern: String.raw`^(?:NEVER share your OTP or PIN with anyone\. Nagad will never ask for these\.${nagadGap})?Your (?:One Time Password \(OTP\)|OTP) for Nagad ECOM${WORDS}(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?$`,
    samples: [
      real('Your One Time Password (OTP) for Nagad ECOM is 118220. Validity for OTP is 10 minutes. Helpline 16167.'),
      real(
        'NEVER share your OTP or PIN with anyone. Nagad will never ask for these.\nYour OTP for Nagad ECOM payment is 441902.\nValidity: 2 minutes.\nHelpline: 16167',
      ),
    ],
  }),
  nagad.notice('device_code', {
    ...none,
    kind: 'otp',
    pattern: String.raw`^Never Share Any Code\.${nagadGap}Device registration request\.(?:${nagadGap}[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?$`,
    samples: [
      real(
        'Never Share Any Code.\nDevice registration request.\nUsername:01700110022\nOTP/Code: 095860\nExpiry time:08:45:33\nUID: DemoUID120',
      ),
    ],
  }),
  nagad.notice('authorisation', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^(?:You have authorized|Your authorization for) [^\n]{2,60} (?:for payment|has been cancelled) at [^\n]{10,24}$`,
    samples: [real('You have authorized Demo Bangladesh Limit for payment at 22-Dec-22 11:08 AM.')],
  }),
  nagad.notice('token', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Customer No: [0-9]{4,20}, Meter No: [0-9]{4,20}, Recharge Amount: [0-9.,]{1,12} Tk,[^\n]{0,200}$`,
    samples: [
      real(
        'Customer No: 81902211, Meter No: 31111000222, Recharge Amount: 410 Tk, Date: 2024-10-24 09:31:13, Token: 1111 2222 3333 4444 5555, Energy Cost: 184.65Tk, Meter Rent: 40.0Tk, Rebate: -1.7Tk, Demand Charge: 168.0Tk, PFC: 0.0Tk, Debt: 0Tk, VAT: 19.05Tk',
      ),
    ],
  }),
  nagad.notice('recharge_accepted', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^Your request for [^\n]{2,40} recharge is accepted\.(?:${nagadGap}[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?$`,
    samples: [
      real(
        'Your request for DEMO Prepaid recharge is accepted.\nAmount: Tk 400.00\nAccount No: 81440093\nFee:3.60\nTxnId: 73B8W3TZ\n23/10/2024 09:14',
      ),
    ],
  }),
  nagad.notice('service', {
    ...none,
    kind: 'notice',
    pattern: String.raw`^(?:Welcome to Nagad\.|PIN setup has been successful\.|Sorry, your NAGAD account)[^\n]{0,120}(?:\n[^\n]{1,120})?(?:\n[^\n]{1,80})?(?:\n[^\n]{1,80})?$`,
    samples: [
      real(
        'Welcome to Nagad.\nPlease dial *167# and set your 4-digit PIN within 72 hours.\nDo not share your PIN with others. \nFor more information, please call 16167.',
      ),
      real(
        'PIN setup has been successful.\nYour Virtual Card Number: 9999000011112222.\nFor more information, please call 16167.',
      ),
    ],
  }),
];

export const nagadTemplates: ProviderTemplates = {
  provider: 'nagad',
  senders: nagadSenders,
  templates: [...nagadCredits, ...nagadIncoming, ...outgoing, ...notices],
};
