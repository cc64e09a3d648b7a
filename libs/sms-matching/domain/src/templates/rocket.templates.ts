import { trxIdPattern } from '@paymatch/vocabulary';
import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type ProviderTemplates, type Template } from '../template.js';

/**
 * The bank's own account messages come under the same mask; they are told apart by the account type
 * (dbbl.templates.ts).
 */
const senders = ['16216', 'DUTCHB'];
const rocket = templatesOf({
  provider: 'rocket',
  senders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['personal', 'merchant', 'agent'],
  at: 'dd-MON-yy hh:mm:ss a',
  trxId: { shape: trxIdPattern('rocket'), check: 'none' },
  tails: ['', '.', '. Download https://bit.ly/nexuspay', '. Please download https://bit.ly/nexuspay'],
});

/** Mobile number, mobile number with check digit (until about 2023), or its last three digits. */
const ACCOUNT = String.raw`(?<counterparty>01[0-9]{9,10}|\*{3}[0-9]{3})`;
const END = String.raw`\.?(?: |\n)?Txn(?:Id|ID): ?{trx_id} (?:Date: ?|at ){at}{tail}$`;
const NET = String.raw`NetBal: ?Tk ?{balance}`;
const OWN = String.raw`A/C Balance: ?Tk ?{balance}`;
const COMMISSION = String.raw`Comm: ?Tk ?[0-9]{0,6}\.[0-9]{2}`;

const credits: readonly Template[] = [
  rocket.credit('money_received', {
    accountTypes: ['personal'],
    pattern: String.raw`^Tk ?{amount} received from A/C: ?${ACCOUNT} Fee: ?Tk ?{fee~}, Your ${OWN}${END}`,
    samples: [
      real(
        'Tk420.00 received from A/C:01709768218 Fee:Tk0, Your A/C Balance: Tk447.00 TxnId:1755335217 Date:09-APR-20 10:41:36 am.',
      ),
      real(
        'Tk109.00 received from A/C:***220 Fee:Tk0, Your A/C Balance: Tk1,205.15\nTxnId:6600173522 Date:08-JUN-26 06:31:43 am. Download https://bit.ly/nexuspay',
      ),
    ],
    nearMisses: [
      'Tk2,100.00 transferred to A/C:018890700143 Fee:Tk1.27, Your A/C Balance: Tk340.11 TxnId:1755328539 Date:23-MAY-20 03:12:02 pm.',
    ],
  }),
  rocket.credit('other_bank', {
    accountTypes: ['personal'],
    kind: 'bank_deposit',
    pattern: String.raw`^Tk ?{amount} received from (?<counterparty>Other Bank A/C:\*{3}[0-9]{3,6}) Fee: ?Tk ?{fee~} ${NET}${END}`,
    samples: [
      real(
        'Tk10,500.00 received from Other Bank A/C:***00044 Fee:Tk.00 NetBal:Tk10,531.00 TxnId:4067770437 Date:05-JUN-23 02:31:05 pm.',
      ),
    ],
  }),
  rocket.credit('payment_received', {
    accountTypes: ['merchant'],
    pattern: String.raw`^Tk\.? ?{amount} received from A/C: ?${ACCOUNT} Ref No: ?{ref} Fee: ?Tk ?{fee~} ${NET}${END}`,
    samples: [
      real(
        'Tk.22.00 received from A/C:***712 Ref No: NA Fee: Tk.00 NetBal: Tk63.00 TxnId: 6024698830 Date:27-DEC-25 07:02:16 pm.',
      ),
    ],
  }),
  rocket.credit('npsb_received', {
    accountTypes: ['personal'],
    pattern: String.raw`^Tk {amount} received from (?<counterparty>(?:bKash|Nagad|Upay|CellFin|Tap) A/C \*{3}[0-9]{3}) through NPSB\. Fee: ?Tk ?{fee~}\. Your ${OWN}${END}`,
    samples: [
      real(
        'Tk 55.00 received from bKash A/C ***301 through NPSB. Fee: Tk .00. Your A/C Balance: Tk 81.40. TxnID:6800988019 at 03-AUG-26 11:12:07 pm.',
      ),
    ],
  }),
  rocket.credit('card_deposit', {
    accountTypes: ['personal'],
    status: 'review_only',
    pattern: String.raw`^Tk ?{amount} credited from card (?<counterparty>\*{3}[0-9]{4})\. Fee: ?Tk ?{fee~} ${NET}${END}`,
    samples: [
      derived(
        'Tk510.00 credited from card ***1133. Fee:Tk.00 NetBal:Tk522.40 TxnId:5537034054 Date:09-MAY-25 01:04:41 pm',
      ),
    ],
  }),
  rocket.credit('account_or_card', {
    accountTypes: ['personal', 'merchant'],
    kind: 'card_deposit',
    status: 'review_only',
    pattern: String.raw`^Tk ?{amount} received from Ac\./Card: ?(?<counterparty>[0-9]{3,6}\*{3,6}[0-9]{3,4}) Fee: ?Tk ?{fee~} ${NET}${END}`,
    samples: [
      derived(
        'Tk1,400.01 received from Ac./Card:017****0250 Fee: Tk.00 NetBal: Tk1,522.40 TxnId: 6914682050 Date:05-SEP-26 01:04:41 pm.',
        {
          amount: '1400.01',
          trx_id: '6914682050',
          counterparty: '017****0250',
          fee: '0.00',
          balance: '1522.40',
          at: '2026-09-05T13:04:41',
        },
      ),
    ],
  }),
  rocket.credit('agent_cashout', {
    accountTypes: ['agent'],
    kind: 'agent_cashout_in',
    pattern: String.raw`^(?:B2C: )?Cash-Out from A/C: ?${ACCOUNT} Tk ?{amount} ${COMMISSION}; (?:Your )?${OWN}${END}`,
    samples: [
      real(
        'B2C: Cash-Out from A/C: 017511466624 Tk520.00 Comm:Tk2.18; A/C Balance: Tk3,011.61.TxnId: 2450269945 Date:21-APR-21 02:02:23 pm. Download https://bit.ly/nexuspay',
      ),
      real(
        'Cash-Out from A/C: ***097 Tk2,009.00 Comm:Tk8.43; A/C Balance: Tk87,455.82.TxnId: 6017463130 Date:25-DEC-25 05:53:00 pm. Download https://bit.ly/nexuspay',
        {
          amount: '2009.00',
          trx_id: '6017463130',
          counterparty: '***097',
          balance: '87455.82',
          at: '2025-12-25T17:53:00',
        },
      ),
    ],
  }),
  rocket.credit('agent_b2b_in', {
    accountTypes: ['agent'],
    status: 'review_only',
    pattern: String.raw`^B2B: Cash-In from A/C: ?${ACCOUNT} Tk ?{amount}, Your ${OWN}${END}`,
    samples: [
      derived(
        'B2B: Cash-In from A/C: 017732107441 Tk5,000.00, Your A/C Balance: Tk14,004.10.TxnId: 3299411023 Date:02-JUN-22 10:31:08 am.',
      ),
    ],
  }),
];

const outgoing: readonly Template[] = [
  rocket.outgoing('send_money', {
    pattern: String.raw`^Tk ?{amount} transferred to A/C: ?${ACCOUNT} Fee: ?Tk ?{fee~}, Your ${OWN}${END}`,
    samples: [
      real(
        'Tk2,100.00 transferred to A/C:018890700143 Fee:Tk1.27, Your A/C Balance: Tk340.11 TxnId:1755328539 Date:23-MAY-20 03:12:02 pm. Download https://bit.ly/nexuspay',
      ),
    ],
  }),
  rocket.outgoing('recharge', {
    pattern: String.raw`^Tk ?{amount} debited to recharge mobile {msisdn}, Your ${OWN}${END}`,
    samples: [
      real(
        'Tk313.00 debited to recharge mobile 01767043886, Your A/C Balance:Tk551.00 TxnId: 1755317572 Date:09-APR-20 12:31:39 pm.',
      ),
    ],
  }),
  // Printed without a space between its fields.
  rocket.outgoing('cash_out', {
    accountTypes: ['personal', 'merchant', 'bank'],
    pattern: String.raw`^Cash-Out to A/C: ?${ACCOUNT} ?Tk ?{amount} ?Fee: ?Tk ?{fee~},? (?:Your )?A/C Balance: ?Tk ?{balance}\.? ?Txn(?:Id|ID): ?{trx_id} ?Date: ?{at}{tail}$`,
    samples: [
      real(
        'Cash-Out to A/C:***456Tk900.00Fee:Tk15.00 Your A/C Balance: Tk300.00.TxnId:5562726720Date:27-SEP-25 05:59:38 pm. Please download https://bit.ly/nexuspay',
        {
          amount: '900.00',
          trx_id: '5562726720',
          counterparty: '***456',
          fee: '15.00',
          balance: '300.00',
          at: '2025-09-27T17:59:38',
        },
      ),
    ],
  }),
  rocket.outgoing('ecommerce_payment', {
    kind: 'payment_sent',
    pattern: String.raw`^Tk\.? ?{amount} paid (?:to (?<counterparty>[^\n]{2,60}) )?through e-Commerce gateway\. ?${NET}${END}`,
    samples: [
      derived(
        'Tk650.00 paid through e-Commerce gateway. NetBal:Tk1,204.00 TxnId:1755328530 Date:23-MAY-20 03:12:02 pm.',
      ),
    ],
  }),
  rocket.outgoing('agent_cash_in', {
    accountTypes: ['agent'],
    kind: 'agent_cashin_out',
    pattern: String.raw`^(?:B2C: )?Cash-In to A/C: ?${ACCOUNT} Tk ?{amount} ${COMMISSION};,? (?:Your )?${OWN}${END}`,
    samples: [
      derived(
        'B2C: Cash-In to A/C: 017511466624 Tk520.00 Comm:Tk2.18;, Your A/C Balance: Tk3,011.61 TxnId: 2450269940 Date:21-APR-21 02:02:23 pm.',
      ),
    ],
  }),
  rocket.outgoing('agent_b2b_out', {
    accountTypes: ['agent'],
    pattern: String.raw`^B2B: Cash-Out to A/C: ?${ACCOUNT} Tk ?{amount}, Your ${OWN}${END}`,
    samples: [
      derived(
        'B2B: Cash-Out to A/C: 017368112883 Tk4,000.00, Your A/C Balance: Tk10,004.10.TxnId: 3299439846 Date:02-JUN-22 10:51:08 am.',
      ),
    ],
  }),
];

const notices: readonly Template[] = [
  rocket.notice('otp', {
    trxId: null,
    at: null,
    pattern: String.raw`^(?:Your Rocket (?:OTP|security code)|Rocket: Your OTP|Rocket security code|[0-9]{4,8} is your (?:Rocket )?OTP)[^\n]{0,160}$`,
    samples: [derived('Your Rocket OTP is 112230. Do not share.')],
  }),
];

export const rocketTemplates: ProviderTemplates = {
  provider: 'rocket',
  senders,
  templates: [...credits, ...outgoing, ...notices],
};
