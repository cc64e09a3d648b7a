import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type ProviderTemplates, type Template } from '../template.js';

const senders = ['NAGAD'];
const nagad = templatesOf({
  provider: 'nagad',
  senders,
  currency: 'BDT',
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['personal', 'merchant', 'agent'],
  at: 'dd/MM/yyyy HH:mm',
  trxId: { shape: '[0-9A-Z]{8}', check: 'none' },
});

/** Labels stand on lines of their own; forwarders turn the line end into a space or a bar. */
const S = String.raw`(?: ?\n ?| \| | {1,2})`;
/** One forwarder drops it altogether; then exact widths keep the fields apart. */
const S0 = String.raw`(?: ?\n ?| \| | {1,2})?`;
/** In 2024 an advertisement came as the first line. */
const PROMO = String.raw`(?:[A-Z][A-Z !,.'&]{5,60} {1,2}nagad\.io/[A-Za-z0-9]{1,12}${S})?`;
const AMOUNT = String.raw`(?:Amount|Amt): ?Tk {1,2}{amount}`;
const BALANCE = String.raw`(?:Balance|Bal): ?(?:Tk {1,2})?{balance}`;
const END = String.raw`TxnID: ?{trx_id}${S}${BALANCE}${S}{at}$`;
const COMMISSION = String.raw`Comm: ?Tk [0-9]{1,6}\.[0-9]{1,4}`;
const BANK = String.raw`(?<counterparty>[A-Za-z][A-Za-z0-9&'(),. -]{1,60})`;

const credits: readonly Template[] = [
  nagad.credit('money_received', {
    accountTypes: ['personal'],
    pattern: String.raw`^${PROMO}Money Received\.${S}${AMOUNT}${S}Sender: ?{msisdn}${S}(?:Ref: ?{ref}${S})?${END}`,
    samples: [
      real(
        'Money Received.\nAmount: Tk 656.00\nSender: 01858096369\nRef: office rent\nTxnID: 72K06WJW\nBalance: Tk 903.10\n30/01/2024 17:11',
      ),
      real(
        'WIN LAND IN DHAKA! CLICK NOW nagad.io/abc\nMoney Received.\nAmt: Tk 820.00\nSender: 01333846718\nTxnID: 72WPIW3R\nBal: Tk 834.05\n02/06/2024 23:14',
      ),
      real(
        'Money Received. | Amount: Tk 1,250.00 | Sender: 01858096369 | TxnID: 70KFPPV5 | Balance: Tk 1,903.10 | 30/01/2020 17:11',
        {
          amount: '1250.00',
          trx_id: '70KFPPV5',
          counterparty: '01858096369',
          balance: '1903.10',
          at: '2020-01-30T17:11:00',
        },
      ),
    ],
    nearMisses: ['Money Received.\nFailed.\nAmount: Tk 110.00\nTxnID: 74FVEHG2\n05/10/2025 15:10'],
  }),
  nagad.credit('cash_in', {
    accountTypes: ['personal'],
    pattern: String.raw`^${PROMO}Cash In Received\.${S}(?:Amount|Amt): ?Tk {1,2}{amount}${S}Uddokta: ?{msisdn}${S}${END}`,
    samples: [
      real(
        'Cash In Received.\nAmount: Tk 5200.00\nUddokta: 01797579845\nTxnID: 72I6QHTH\nBalance: 5241.90\n12/01/2024 16:22',
      ),
      real(
        'WIN LAND IN DHAKA! CLICK NOW  nagad.io/xyz\nCash In Received.\nAmt:Tk 210.00\nUddokta:01777238072\nTxnID: 72PXFABJ\nBal:218.15\n28/03/2024 15:31',
      ),
    ],
  }),
  nagad.credit('payment_received', {
    accountTypes: ['merchant'],
    pattern: String.raw`^Payment Received\.${S}${AMOUNT}${S}Customer: ?{msisdn}${S}(?:Ref: ?{ref}${S})?${END}`,
    samples: [
      real(
        'Payment Received. Amount: Tk 55.00 Customer: 01951273955 TxnID: 74HN6DK0 Balance: Tk 262.18 20/10/2025 17:41',
      ),
    ],
  }),
  // Only known from other people's rules, and a cut message looks like it: never by itself.
  nagad.credit('payment_received_short', {
    accountTypes: ['merchant'],
    kind: 'payment_received',
    status: 'review_only',
    at: null,
    endsOpen: true,
    pattern: String.raw`^Payment Received\.${S}${AMOUNT}${S}Customer: ?{msisdn}${S}TxnID: ?{trx_id}$`,
    samples: [
      derived('Payment Received. \n Amount: Tk 15.00 \n Customer: 01951273955 \n TxnID: 75L9QYNK', {
        amount: '15.00',
        trx_id: '75L9QYNK',
        counterparty: '01951273955',
      }),
    ],
  }),
  nagad.credit('qr_received', {
    accountTypes: ['merchant'],
    status: 'review_only',
    at: null,
    pattern: String.raw`^Payment - Bangla QR Successfully Received\.${S}${AMOUNT}${S}Txn ID: ?{trx_id}$`,
    samples: [derived('Payment - Bangla QR Successfully Received. \n Amount: Tk 15.00 \n Txn ID: 0002K418')],
  }),
  nagad.credit('add_money', {
    accountTypes: ['personal'],
    kind: 'bank_deposit',
    pattern: String.raw`^Add Money from Bank is Successful\.${S}From: ?${BANK}${S}Amount: ?Tk {1,2}{amount~}${S}TxnID: ?{trx_id}${S}Balance: ?Tk {1,2}{balance}${S}{at}$`,
    samples: [
      real(
        'Add Money from Bank is Successful.\nFrom: IBBL\nAmount: Tk 350.0\nTxnID: 71NA0P4N\nBalance: Tk 350.00\n16/01/2023 21:10',
      ),
      real(
        'Add Money from Bank is Successful.\nFrom: Demo Bank Ltd.\nAmount: Tk 250\nTxnID: 74H8RZHQ\nBalance: Tk 306.06\n08/10/2025 10:34',
        {
          amount: '250.00',
          trx_id: '74H8RZHQ',
          counterparty: 'Demo Bank Ltd.',
          balance: '306.06',
          at: '2025-10-08T10:34:00',
        },
      ),
    ],
  }),
  nagad.credit('add_money_short', {
    accountTypes: ['personal'],
    kind: 'bank_deposit',
    status: 'review_only',
    at: null,
    endsOpen: true,
    pattern: String.raw`^Add Money from Bank is Successful\.${S}From: ?${BANK}${S}Amount: ?Tk {1,2}{amount~}${S}TxnID: ?{trx_id}$`,
    samples: [
      derived('Add Money from Bank is Successful. \n From: IBBL \n Amount: Tk 2520.0 \n TxnID: 760PPPP6', {
        amount: '2520.00',
        trx_id: '760PPPP6',
        counterparty: 'IBBL',
      }),
    ],
  }),
  nagad.credit('agent_cashout', {
    accountTypes: ['agent'],
    kind: 'agent_cashout_in',
    pattern: String.raw`^Cash Out Received\.${S0}Amount: ?Tk {1,2}{amount}${S0}Customer: ?{msisdn}${S0}TxnID: ?{trx_id}${S0}${COMMISSION}${S0}Balance: ?Tk {1,2}{balance}${S0}{at}$`,
    samples: [
      real(
        'Cash Out Received.Amount: Tk 2200.00Customer: 01667890408TxnID: 71NK023JComm: Tk 9.02Balance: Tk 112260.4122/01/2023 18:12',
      ),
      real(
        'Cash Out Received.\nAmount: Tk 900.00\nCustomer: 01667890408\nTxnID: 75XB9EE0\nComm: Tk 3.69\nBalance: Tk 12260.41\n02/09/2026 18:12',
        {
          amount: '900.00',
          trx_id: '75XB9EE0',
          counterparty: '01667890408',
          balance: '12260.41',
          at: '2026-09-02T18:12:00',
        },
      ),
    ],
  }),
  nagad.credit('agent_b2b_in', {
    accountTypes: ['agent'],
    pattern: String.raw`^B2B Received\.${S}${AMOUNT}${S}Sender: ?{msisdn}${S}${END}`,
    samples: [
      real(
        'B2B Received. Amount: Tk 3050.00 Sender: 01883836951 TxnID: 71RUK3P5 Balance: Tk 16010.22 13/03/2023 16:22',
      ),
    ],
  }),
];

const incoming: readonly Template[] = [
  nagad.incoming('refund', {
    pattern: String.raw`^Refund from (?<counterparty>[^\n]{2,60})${S}Amount: ?(?:Tk|TK) {1,2}{amount~}${S}Trn?xn?ID: ?{trx_id}${S}Balance: ?(?:Tk|TK) {1,2}{balance~}${S}{at}$`,
    samples: [real('Refund from Demo Shop BD\nAmount: Tk 249\nTrnxID: 72HGXSM2\nBalance:TK 281.10\n05/01/2024 18:02')],
  }),
  // Two sums, the first of them before its currency.
  nagad.incoming('cashback', {
    trxId: null,
    pattern: String.raw`^Congrats! You've received (?:Cashback|Cash back/Gift) {amount} Tk for [^\n]{2,60} of [0-9,]{1,12}\.[0-9]{2} Tk\.${S}{at}(?:${S}[^\n]{1,80})?$`,
    samples: [
      real(
        "Congrats! You've received Cashback 22.00 Tk for Mobile Recharge of 30.00 Tk.\n31/07/2024 20:15\nFor Details Call 16167",
      ),
    ],
  }),
  nagad.incoming('cashback_won', {
    trxId: null,
    kind: 'cashback',
    pattern: String.raw`^Congrats! You have won cashback Tk {1,2}{amount} for payment of Tk {1,2}[0-9,]{1,12}\.[0-9]{2}\.?${S}{at}(?:${S}[^\n]{1,100})?$`,
    samples: [
      real(
        'Congrats! You have won cashback Tk 79.50 for payment of Tk 395.00\n05/04/2023 17:24\nPay with Nagad & get a chance to win BMW car.',
        { amount: '79.50', at: '2023-04-05T17:24:00' },
      ),
    ],
  }),
  nagad.incoming('bonus', {
    pattern: String.raw`^Congrats! You have received BDT {amount~} for Nagad Registration\.[^\n]{0,60}${S}TxnID: ?{trx_id}${S}{at}(?:${S}[^\n]{1,60})?$`,
    samples: [
      real(
        'Congrats! You have received BDT 25 for Nagad Registration. Stay with Nagad for more offers.\nTxnID: 70KPFUNG\n19/02/2020 22:01\nFor details dial 16167',
      ),
    ],
  }),
  nagad.incoming('payment_cancelled', {
    trxId: null,
    kind: 'failed_return',
    pattern: String.raw`^Your payment of [Tt]k ?{amount~} {1,2}(?:by|to) (?<counterparty>[^\n]{2,40}?) {1,2}made on {at} {1,2}has been cancelled\. Balance is added to your account\.$`,
    samples: [
      real(
        'Your payment of tk3  by Demo Net  made on 27/10/2024 14:05  has been cancelled. Balance is added to your account.',
        { amount: '3.00', counterparty: 'Demo Net', at: '2024-10-27T14:05:00' },
      ),
    ],
  }),
];

const NAME = String.raw`[^\n]{2,60}`;
const outgoing: readonly Template[] = [
  nagad.outgoing('payment_sent', {
    pattern: String.raw`^Payment to '(?<counterparty>${NAME})' is Successful\.${S}Amount: ?Tk {1,2}{amount~}${S}${END}`,
    samples: [
      real(
        "Payment to 'Demo Food Bangladesh' is Successful.\nAmount: Tk  226.49\nTxnID: 7493QS6D\nBalance: Tk 770.16\n08/08/2025 18:20",
      ),
    ],
  }),
  nagad.outgoing('recharge', {
    pattern: String.raw`^Mobile Recharge Successful\.${S}${AMOUNT}${S}Mobile: ?{msisdn}${S}${END}`,
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
    pattern: String.raw`^(?:Send Money Successful|Money Sent|Send Money is Successful)\.${S}${AMOUNT}${S}Receiver: ?{msisdn}${S}(?:Ref: ?{ref}${S})?(?:Fee: ?Tk {1,2}{fee~}${S})?TxnID: ?{trx_id}${S}(?:Fee: ?Tk {1,2}[0-9.]{1,8}${S})?${BALANCE}${S}{at}$`,
    samples: [
      derived(
        'Send Money Successful.\nAmount: Tk 500.00\nReceiver: 01700110022\nRef: N/A\nFee: Tk 5.00\nTxnID: 74HVBGI0\nBalance: Tk 5.00\n06/10/2025 22:44',
      ),
    ],
  }),
  nagad.outgoing('cash_out', {
    accountTypes: ['personal', 'merchant'],
    pattern: String.raw`^Cash Out Successful\.${S}${AMOUNT}${S}(?:Uddokta|Agent): ?{msisdn}${S}(?:Fee: ?Tk {1,2}{fee~}${S})?TxnID: ?{trx_id}${S}(?:Fee: ?Tk {1,2}[0-9.]{1,8}${S})?${BALANCE}${S}{at}$`,
    samples: [
      derived(
        'Cash Out Successful.\nAmount: Tk 2,000.00\nUddokta: 01700110022\nFee: Tk 23.00\nTxnID: 74HVBGI0\nBalance: Tk 1,211.56\n06/10/2025 22:44',
      ),
    ],
  }),
  nagad.outgoing('bill_paid', {
    pattern: String.raw`^Bill Payment to (?<counterparty>${NAME}) is [Ss]uccessful\.${S0}Amount: ?(?:Tk|BDT) {1,2}{amount~}\.?${S}(?:Biller )?Account(?: No)?: ?[0-9A-Za-z-]{4,20}\.?${S}Fee: ?(?:Tk {1,2})?{fee~}${S}T[rx]?[xn]{1,2}I[Dd]: ?{trx_id}(?:${S}${BALANCE.replace('{balance}', '{balance~}')})?${S}{at}$`,
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
    pattern: String.raw`^Cash In Successful\.${S0}Amount: ?Tk {1,2}{amount}${S0}Customer: ?{msisdn}${S0}TxnID: ?{trx_id}${S0}${COMMISSION}${S0}Balance: ?Tk {1,2}{balance}${S0}{at}$`,
    samples: [
      real(
        'Cash In Successful.Amount: Tk 3100.00 Customer: 01807746301 TxnID: 71RSXPTL Comm: Tk 12.71 Balance: Tk 10410.05 12/03/2023 21:51',
      ),
    ],
  }),
  nagad.outgoing('agent_b2b_out', {
    accountTypes: ['agent'],
    pattern: String.raw`^B2B Transfer Successful\.${S}${AMOUNT}${S}Receiver: ?{msisdn}${S}${END}`,
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
    pattern: String.raw`^(?:NEVER share your OTP or PIN with anyone\. Nagad will never ask for these\.${S})?Your (?:One Time Password \(OTP\)|OTP) for Nagad ECOM${WORDS}(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?$`,
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
    pattern: String.raw`^Never Share Any Code\.${S}Device registration request\.(?:${S}[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?$`,
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
    pattern: String.raw`^Your request for [^\n]{2,40} recharge is accepted\.(?:${S}[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?(?:\n[^\n]{1,60})?$`,
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
  senders,
  templates: [...credits, ...incoming, ...outgoing, ...notices],
};
