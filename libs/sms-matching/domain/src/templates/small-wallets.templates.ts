import { trxIdPattern } from '@paymatch/vocabulary';
import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type ProviderDefaults, type ProviderTemplates } from '../template.js';

/**
 * Wallets known from other people's rules only: nothing here credits by itself until a merchant has given a real
 * message. SureCash, iPay and TeleCash have no known wording at all; their masks are known senders all the same.
 */
const wallet = (provider: string, senders: readonly string[]): ProviderDefaults => ({
  provider,
  senders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['personal', 'merchant', 'agent'],
  status: 'review_only',
  trxId: { shape: trxIdPattern(provider), check: 'none' },
});
const PHONE = String.raw`(?<counterparty>(?:\+?88)?01[0-9]{9})`;

const tapSenders = ['tap.', 'tap'];
const tap = templatesOf(wallet('tap', tapSenders));
export const tapTemplates: ProviderTemplates = {
  provider: 'tap',
  senders: tapSenders,
  templates: [
    tap.credit('money_received', {
      pattern: String.raw`^Received T[kK]\.? ?{amount~} from ${PHONE}\. (?:Fee T[kK]\.? ?{fee~}\.? )?Balance T[kK]\.? ?{balance~}\. Tx(?:n|r)?ID: ?{trx_id}\.$`,
      samples: [
        derived('Received Tk 500.00 from 01716584237. Balance Tk. 620.50. TxID: MHEGS4UZBE.'),
        derived('Received Tk. 1,250.00 from 01716584237. Balance Tk 1,620.50. TxID: MHEGS4UZBE72KQ.', {
          amount: '1250.00',
          trx_id: 'MHEGS4UZBE72KQ',
          counterparty: '01716584237',
          balance: '1620.50',
        }),
      ],
    }),
    // The owner's own money from a bank: no id, and no customer.
    tap.incoming('add_money', {
      kind: 'bank_deposit',
      trxId: null,
      pattern: String.raw`^Received T[kK]\.? ?{amount~} from (?<counterparty>[A-Za-z][A-Za-z0-9&'(),. -]{1,40})\. Fee T[kK]\.? ?{fee~}\.? Your current balance is T[kK]\.? ?{balance~}\.$`,
      samples: [
        real('Received Tk. 5600.00 from EBL. Fee Tk. 0.00 Your current balance is Tk 5630.50.', {
          amount: '5600.00',
          counterparty: 'EBL',
          fee: '0.00',
          balance: '5630.50',
        }),
      ],
    }),
    tap.outgoing('cash_out', {
      pattern: String.raw`^Cash Out T[kK]\.? ?{amount~} to ${PHONE}\. Fee (?:Tk Paid )?T[kK]\.? ?{fee~}\. Balance T[kK]\.? ?{balance~}\. TxID: ?{trx_id}\.?$`,
      samples: [
        real('Cash Out Tk 5100.00 to 8801700110022. Fee Tk Paid TK. 74.97. Balance Tk 26.50. TxID: MHEGS4UZBE72KQ', {
          amount: '5100.00',
          trx_id: 'MHEGS4UZBE72KQ',
          counterparty: '8801700110022',
          fee: '74.97',
          balance: '26.50',
        }),
      ],
    }),
  ],
};

const cellfinSenders = ['IBBL .', 'Islami.Bank'];
const cellfin = templatesOf(wallet('cellfin', cellfinSenders));
export const cellfinTemplates: ProviderTemplates = {
  provider: 'cellfin',
  senders: cellfinSenders,
  templates: [
    cellfin.credit('money_received', {
      endsOpen: true,
      pattern: String.raw`^Islami Bank CellFin Received {amount~} Tk From CellFin: ?${PHONE} To CellFin: ?(?<account>01[0-9]{9}) TrxId: ?{trx_id}$`,
      samples: [
        derived(
          'Islami Bank CellFin Received 550.00 Tk From CellFin: 01934012278 To CellFin: 01899180016 TrxId: 3DM73AYYG376',
        ),
        derived(
          'Islami Bank CellFin Received 1,000 Tk From CellFin: 01934012278 To CellFin: 01899180016 TrxId: 3DM73AYYG3',
          { amount: '1000.00', trx_id: '3DM73AYYG3', counterparty: '01934012278' },
        ),
      ],
    }),
    cellfin.outgoing('transfer_out', {
      kind: 'bank_transfer_out',
      senders: [...cellfinSenders, 'IBBL'],
      accountTypes: ['personal', 'merchant', 'agent', 'bank'],
      trxId: { shape: 'CF[0-9]{10}', check: 'none' },
      pattern: String.raw`^Cellfin: Tk {amount~} has been transferred from your A/C (?<account>[0-9*]{6,20}) to (?<counterparty>[^\n]{4,40})\. Fee Tk {fee~}\. Balance Tk {balance~}\. Trx ID: ?{trx_id}\.?$`,
      samples: [
        derived(
          'Cellfin: Tk 2,600.00 has been transferred from your A/C 2050***144 to 01711505720. Fee Tk 0.00. Balance Tk 8,710.00. Trx ID: CF9555179029.',
        ),
      ],
    }),
  ],
};

// The official sender looks like a mobile number: this exact text and no other number.
const okSenders = ['01847-348685', '01401195496'];
const ok = templatesOf(wallet('okwallet', okSenders));
export const okWalletTemplates: ProviderTemplates = {
  provider: 'okwallet',
  senders: okSenders,
  templates: [
    ok.credit('money_received', {
      pattern: String.raw`^\(OK Wallet\) Successfully received Tk {amount~} from A/C ${PHONE}\.(?: ?Ref[:-]? ?{ref})? Balance Tk {balance~}\. TrxID ?{trx_id}$`,
      samples: [
        derived(
          '(OK Wallet) Successfully received Tk 700.00 from A/C 01897635991. Ref: 204 Balance Tk 1,150.00. TrxID NW3W5FYBSS',
        ),
        derived(
          '(OK Wallet) Successfully received Tk 700.00 from A/C 01897635991. Balance Tk 1,150.00. TrxID NW3W5FYBSS',
          { amount: '700.00', trx_id: 'NW3W5FYBSS', counterparty: '01897635991', balance: '1150.00' },
        ),
      ],
    }),
  ],
};

const mcashSenders = ['16259', 'mCash'];
const mcash = templatesOf(wallet('mcash', mcashSenders));
export const mcashTemplates: ProviderTemplates = {
  provider: 'mcash',
  senders: mcashSenders,
  templates: [
    mcash.credit('money_received', {
      pattern: String.raw`^IBBL mCash You have received Tk: ?{amount~} From: ?${PHONE}(?: Reference: ?{ref})? Balance Tk: ?{balance~} TrxID: ?{trx_id}$`,
      samples: [
        derived(
          'IBBL mCash You have received Tk: 800.00 From: 01748720374 Reference: 12 Balance Tk: 1,900.50 TrxID: BWU63TRQM',
        ),
        derived(
          'IBBL mCash You have received Tk: 800.00 From: 01748720374 Reference: Balance Tk: 1,900.50 TrxID: BWU63TRQM',
          { amount: '800.00', trx_id: 'BWU63TRQM', counterparty: '01748720374', balance: '1900.50' },
        ),
      ],
    }),
  ],
};

const pathaoSenders = ['pathaopay'];
const pathao = templatesOf(wallet('pathaopay', pathaoSenders));
export const pathaoPayTemplates: ProviderTemplates = {
  provider: 'pathaopay',
  senders: pathaoSenders,
  templates: [
    pathao.credit('money_received', {
      pattern: String.raw`^You have received BDT {amount~} from ${PHONE}\. Balance BDT {balance~}\.? TrxID ?{trx_id}\.?$`,
      samples: [derived('You have received BDT 300.00 from +8801724773145. Balance BDT 820.00 TrxID LCNLWBWYUT')],
    }),
  ],
};

const tallySenders = ['TallyKhata', 'TallyPay'];
const tally = templatesOf(wallet('tallypay', tallySenders));
export const tallyPayTemplates: ProviderTemplates = {
  provider: 'tallypay',
  senders: tallySenders,
  templates: [
    tally.credit('qr_received', {
      pattern: String.raw`^Tk {amount~} received from (?<counterparty>01[0-9*]{6,9}) via TallyPay QR\. Txn ID: ?{trx_id}\.?$`,
      samples: [derived('Tk 1,910.57 received from 017***2204 via TallyPay QR. Txn ID: F9N6TVR9E')],
    }),
  ],
};

export const wordlessProviders: readonly ProviderTemplates[] = [
  { provider: 'surecash', senders: ['16495'], templates: [] },
  { provider: 'ipay', senders: ['09638-900800'], templates: [] },
  { provider: 'telecash', senders: ['telecash'], templates: [] },
];

const telcoSenders = ['GP', 'Grameenphone', 'Robi', 'Airtel', 'Banglalink', 'Teletalk', 'Skitto'];
const telco = templatesOf({
  ...wallet('telco', telcoSenders),
  status: 'active',
  accountTypes: ['personal', 'merchant', 'agent', 'bank'],
});
/** Airtime reads like money and is none. */
export const telcoTemplates: ProviderTemplates = {
  provider: 'telco',
  senders: telcoSenders,
  templates: [
    telco.notice('airtime_received', {
      kind: 'airtime',
      trxId: null,
      pattern: String.raw`^You have received T[kK] ?[0-9,]{1,9}(?:\.[0-9]{2})? from 01[0-9]{9}\.[^\n]{0,120}$`,
      samples: [derived('You have received Tk 50.00 from 01742000303. Current balance Tk 75.00.')],
    }),
    telco.notice('postpaid_payment', {
      kind: 'airtime',
      trxId: null,
      pattern: String.raw`^Payment of T[kK] ?[0-9,]{1,9}(?:\.[0-9]{2})? received for Postpaid Mobile No [0-9X*]{8,13}\.[^\n]{0,120}$`,
      samples: [
        derived('Payment of Tk 1,250.00 received for Postpaid Mobile No 017XXXXXXXX. Outstanding balance Tk 0.00.'),
      ],
    }),
  ],
};
