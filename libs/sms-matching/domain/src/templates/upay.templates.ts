import { trxIdPattern } from '@paymatch/vocabulary';
import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type ProviderTemplates, type Template } from '../template.js';

const senders = ['upay'];
const upay = templatesOf({
  provider: 'upay',
  senders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['personal', 'merchant', 'agent'],
  at: 'dd/MM/yyyy HH:mm',
  tails: ['', '.'],
  // The time part of a ULID: no I, L, O, U.
  trxId: { shape: trxIdPattern('upay'), check: 'upay_time' },
});

const END = String.raw`Balance Tk\. ?{balance}\. TrxID {trx_id} at {at}{tail}$`;
const COMMISSION = String.raw`Comm: T[Kk]\. ?[0-9]{1,6}(?:\.[0-9]{1,6})?\.`;

const credits: readonly Template[] = [
  upay.credit('money_received', {
    accountTypes: ['personal'],
    pattern: String.raw`^Tk\. ?{amount} has been received from {msisdn}\.(?: ?Ref-{ref}\.)? ${END}`,
    samples: [
      real(
        'Tk. 900.00 has been received from 01540669290. Ref-. Balance Tk. 911.00. TrxID 01K7C9WN9T at 12/10/2025 19:31',
        {
          amount: '900.00',
          trx_id: '01K7C9WN9T',
          counterparty: '01540669290',
          balance: '911.00',
          at: '2025-10-12T19:31:00',
        },
      ),
      derived(
        'Tk. 1,250.00 has been received from 01348091305. Ref-INV 204. Balance Tk. 2,300.50. TrxID 01K7DZA3Y2 at 13/10/2025 11:04.',
      ),
    ],
  }),
  upay.credit('bank_deposit', {
    accountTypes: ['personal'],
    status: 'review_only',
    pattern: String.raw`^Tk\. ?{amount} has been received from (?<counterparty>[A-Za-z][A-Za-z0-9&'(),. -]{1,60})\. ${END}`,
    samples: [
      derived(
        'Tk.160.00 has been received from BRAC Bank Limited. Balance Tk. 171.30. TrxID 01K6N0BQA0 at 03/10/2025 18:22.',
      ),
    ],
  }),
  upay.credit('qr_received', {
    accountTypes: ['merchant'],
    status: 'review_only',
    pattern: String.raw`^Received Payment of Tk\. ?{amount} from {msisdn}\.(?: ?Ref-{ref}\.)? ${END}`,
    samples: [
      derived(
        'Received Payment of Tk.35.00 from 01733706450. Balance Tk. 410.10. TrxID 01M3V6J721 at 01/10/2026 13:41.',
      ),
    ],
  }),
  upay.credit('agent_cashout', {
    accountTypes: ['agent'],
    kind: 'agent_cashout_in',
    pattern: String.raw`^You have received Cash-out of Tk\. ?{amount} from {msisdn}\. ${COMMISSION} ${END}`,
    samples: [
      real(
        'You have received Cash-out of Tk. 4010.00 from 01558536665. Comm: TK. 16.4210. Balance Tk. 6702.31. TrxID 01JYG2RXK3 at 24/06/2025 10:22.',
      ),
    ],
  }),
  upay.credit('agent_b2b_in', {
    accountTypes: ['agent'],
    status: 'review_only',
    pattern: String.raw`^B2B Received of Tk\. ?{amount} from {msisdn} is successful\. ${END}`,
    samples: [
      derived(
        'B2B Received of Tk. 1900.00 from 01889738830 is successful. Balance Tk. 5110.30. TrxID 01K70Z47V1 at 08/10/2025 09:51.',
      ),
    ],
  }),
];

const outgoing: readonly Template[] = [
  upay.outgoing('send_money', {
    pattern: String.raw`^Send [Mm]oney of Tk\. ?{amount~} to {msisdn} is successful\. Fee Tk\. ?{fee~}\. Balance Tk\. ?{balance~}\. (?:Ref-{ref}\. )?TrxID {trx_id} at {at}{tail}$`,
    samples: [
      derived(
        'Send money of Tk. 250.00 to 01700110022 is successful. Fee Tk. 0.0. Balance Tk. 71.30. Ref-. TrxID 01K6N0BQA0 at 03/10/2025 18:22.',
        {
          amount: '250.00',
          trx_id: '01K6N0BQA0',
          counterparty: '01700110022',
          fee: '0.00',
          balance: '71.30',
          at: '2025-10-03T18:22:00',
        },
      ),
    ],
  }),
  upay.outgoing('agent_cash_in', {
    accountTypes: ['agent'],
    kind: 'agent_cashin_out',
    pattern: String.raw`^Cash-in of Tk\. ?{amount} to {msisdn} is successful\. ${COMMISSION} ${END}`,
    samples: [
      derived(
        'Cash-in of Tk. 700.00 to 01845730964 is successful. Comm: TK. 2.87. Balance Tk. 4110.30. TrxID 01K70WT0DE at 08/10/2025 09:11.',
      ),
    ],
  }),
  upay.outgoing('agent_b2b_out', {
    accountTypes: ['agent'],
    pattern: String.raw`^B2B Transfer of Tk\. ?{amount} to {msisdn} is successful\. ${END}`,
    samples: [
      derived(
        'B2B Transfer of Tk. 1900.00 to 01889738830 is successful. Balance Tk. 3210.30. TrxID 01K70Z47V1 at 08/10/2025 09:51.',
      ),
    ],
  }),
];

const notices: readonly Template[] = [
  upay.notice('otp', {
    trxId: null,
    at: null,
    pattern: String.raw`^(?:Your [Uu]pay OTP|Your OTP for [Uu]pay|[0-9]{4,8} is your [Uu]pay OTP)[^\n]{0,160}$`,
    samples: [derived('Your upay OTP is 998870. Valid for 3 mins. Never share your OTP or PIN.')],
  }),
];

export const upayTemplates: ProviderTemplates = {
  provider: 'upay',
  senders,
  templates: [...credits, ...outgoing, ...notices],
};
