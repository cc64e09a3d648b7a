import { trxIdPattern } from '@paymatch/vocabulary';
import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type Template } from '../template.js';

export const nagadSenders = ['NAGAD'];
export const nagad = templatesOf({
  provider: 'nagad',
  senders: nagadSenders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['personal', 'merchant', 'agent'],
  at: 'dd/MM/yyyy HH:mm',
  trxId: { shape: trxIdPattern('nagad'), check: 'none' },
});

/** Labels stand on lines of their own; forwarders turn the line end into a space or a bar. */
export const nagadGap = String.raw`(?: ?\n ?| \| | {1,2})`;
/** One forwarder drops it altogether; then exact widths keep the fields apart. */
export const nagadGapOrNone = String.raw`(?: ?\n ?| \| | {1,2})?`;
/** In 2024 an advertisement came as the first line. */
const PROMO = String.raw`(?:[A-Z][A-Z !,.'&]{5,60} {1,2}nagad\.io/[A-Za-z0-9]{1,12}${nagadGap})?`;
export const nagadAmount = String.raw`(?:Amount|Amt): ?Tk {1,2}{amount}`;
export const nagadBalance = String.raw`(?:Balance|Bal): ?(?:Tk {1,2})?{balance}`;
export const nagadEnd = String.raw`TxnID: ?{trx_id}${nagadGap}${nagadBalance}${nagadGap}{at}$`;
export const nagadCommission = String.raw`Comm: ?Tk [0-9]{1,6}\.[0-9]{1,4}`;
const BANK = String.raw`(?<counterparty>[A-Za-z][A-Za-z0-9&'(),. -]{1,60})`;

/** Money a customer may have sent. */
export const nagadCredits: readonly Template[] = [
  nagad.credit('money_received', {
    accountTypes: ['personal'],
    pattern: String.raw`^${PROMO}Money Received\.${nagadGap}${nagadAmount}${nagadGap}Sender: ?{msisdn}${nagadGap}(?:Ref: ?{ref}${nagadGap})?${nagadEnd}`,
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
    pattern: String.raw`^${PROMO}Cash In Received\.${nagadGap}(?:Amount|Amt): ?Tk {1,2}{amount}${nagadGap}Uddokta: ?{msisdn}${nagadGap}${nagadEnd}`,
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
    pattern: String.raw`^Payment Received\.${nagadGap}${nagadAmount}${nagadGap}Customer: ?{msisdn}${nagadGap}(?:Ref: ?{ref}${nagadGap})?${nagadEnd}`,
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
    pattern: String.raw`^Payment Received\.${nagadGap}${nagadAmount}${nagadGap}Customer: ?{msisdn}${nagadGap}TxnID: ?{trx_id}$`,
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
    pattern: String.raw`^Payment - Bangla QR Successfully Received\.${nagadGap}${nagadAmount}${nagadGap}Txn ID: ?{trx_id}$`,
    samples: [derived('Payment - Bangla QR Successfully Received. \n Amount: Tk 15.00 \n Txn ID: 0002K418')],
  }),
  nagad.credit('add_money', {
    accountTypes: ['personal'],
    kind: 'bank_deposit',
    pattern: String.raw`^Add Money from Bank is Successful\.${nagadGap}From: ?${BANK}${nagadGap}Amount: ?Tk {1,2}{amount~}${nagadGap}TxnID: ?{trx_id}${nagadGap}Balance: ?Tk {1,2}{balance}${nagadGap}{at}$`,
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
    pattern: String.raw`^Add Money from Bank is Successful\.${nagadGap}From: ?${BANK}${nagadGap}Amount: ?Tk {1,2}{amount~}${nagadGap}TxnID: ?{trx_id}$`,
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
    pattern: String.raw`^Cash Out Received\.${nagadGapOrNone}Amount: ?Tk {1,2}{amount}${nagadGapOrNone}Customer: ?{msisdn}${nagadGapOrNone}TxnID: ?{trx_id}${nagadGapOrNone}${nagadCommission}${nagadGapOrNone}Balance: ?Tk {1,2}{balance}${nagadGapOrNone}{at}$`,
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
    pattern: String.raw`^B2B Received\.${nagadGap}${nagadAmount}${nagadGap}Sender: ?{msisdn}${nagadGap}${nagadEnd}`,
    samples: [
      real(
        'B2B Received. Amount: Tk 3050.00 Sender: 01883836951 TxnID: 71RUK3P5 Balance: Tk 16010.22 13/03/2023 16:22',
      ),
    ],
  }),
];

/** Money that came otherwise: nobody's payment. */
export const nagadIncoming: readonly Template[] = [
  nagad.incoming('refund', {
    pattern: String.raw`^Refund from (?<counterparty>[^\n]{2,60})${nagadGap}Amount: ?(?:Tk|TK) {1,2}{amount~}${nagadGap}Trn?xn?ID: ?{trx_id}${nagadGap}Balance: ?(?:Tk|TK) {1,2}{balance~}${nagadGap}{at}$`,
    samples: [real('Refund from Demo Shop BD\nAmount: Tk 249\nTrnxID: 72HGXSM2\nBalance:TK 281.10\n05/01/2024 18:02')],
  }),
  // Two sums, the first of them before its currency.
  nagad.incoming('cashback', {
    trxId: null,
    pattern: String.raw`^Congrats! You've received (?:Cashback|Cash back/Gift) {amount} Tk for [^\n]{2,60} of [0-9,]{1,12}\.[0-9]{2} Tk\.${nagadGap}{at}(?:${nagadGap}[^\n]{1,80})?$`,
    samples: [
      real(
        "Congrats! You've received Cashback 22.00 Tk for Mobile Recharge of 30.00 Tk.\n31/07/2024 20:15\nFor Details Call 16167",
      ),
    ],
  }),
  nagad.incoming('cashback_won', {
    trxId: null,
    kind: 'cashback',
    pattern: String.raw`^Congrats! You have won cashback Tk {1,2}{amount} for payment of Tk {1,2}[0-9,]{1,12}\.[0-9]{2}\.?${nagadGap}{at}(?:${nagadGap}[^\n]{1,100})?$`,
    samples: [
      real(
        'Congrats! You have won cashback Tk 79.50 for payment of Tk 395.00\n05/04/2023 17:24\nPay with Nagad & get a chance to win BMW car.',
        { amount: '79.50', at: '2023-04-05T17:24:00' },
      ),
    ],
  }),
  nagad.incoming('bonus', {
    pattern: String.raw`^Congrats! You have received BDT {amount~} for Nagad Registration\.[^\n]{0,60}${nagadGap}TxnID: ?{trx_id}${nagadGap}{at}(?:${nagadGap}[^\n]{1,60})?$`,
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
