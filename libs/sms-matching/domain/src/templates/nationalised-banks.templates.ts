import { derived, real, type ProviderTemplates } from '../template.js';
import { bankTemplatesOf, weakCredit, bankAccount, bankPayer } from './bank-words.js';

const sonali = bankTemplatesOf('sonali', ['SONALI BANK']);
export const sonaliTemplates: ProviderTemplates = {
  provider: 'sonali',
  senders: ['SONALI BANK'],
  templates: [
    sonali.credit('credited', {
      ...weakCredit,
      pattern: String.raw`^Your account ${bankAccount} has been credited through (?<counterparty>NPSB|BEFTN|RTGS) for BDT {amount}\.?$`,
      samples: [derived('Your account 5900*****1144 has been credited through NPSB for BDT 9,700.00')],
    }),
  ],
};

const rupali = bankTemplatesOf('rupali', ['RUPALI BANK'], 'dd-MM-yyyy');
export const rupaliTemplates: ProviderTemplates = {
  provider: 'rupali',
  senders: ['RUPALI BANK'],
  templates: [
    rupali.credit('transfer', {
      kind: 'bank_credit',
      pattern: String.raw`^Rupali Bank PLC\.\n{1,2}Dear Sir,\nYour A/C: ?${bankAccount}\nCREDITED\((?:Transfer|Cash|Clearing|EFT|RTGS|NPSB)\) by TK\.[\n ]{amount} ON {at} from[\n ](?<counterparty>[^\n]{2,40})\.\nBAL: ?TK\. ?{balance~}\nThank You\.$`,
      samples: [
        real(
          'Rupali Bank PLC.\n\nDear Sir,\nYour A/C:3700**0944\nCREDITED(Transfer) by TK.\n2,150.00 ON 24-06-2024 from\nDEMO Br.RAJ..\nBAL:TK.5210\nThank You.',
        ),
      ],
    }),
    rupali.outgoing('debit', {
      kind: 'bank_debit',
      pattern: String.raw`^Rupali Bank PLC\.\n{1,2}Dear Sir,\nYour A/C: ?${bankAccount}\nDEBITED\([A-Za-z ]{2,20}\) by TK\.[\n ]{amount} ON {at} from[\n ](?<counterparty>[^\n]{2,40})\.\nBAL: ?TK\. ?{balance~}\nThank You\.$`,
      samples: [
        derived(
          'Rupali Bank PLC.\n\nDear Sir,\nYour A/C:3700**0944\nDEBITED(Transfer) by TK.\n1,100.00 ON 25-06-2024 from\nDEMO Br.RAJ..\nBAL:TK.4110\nThank You.',
        ),
      ],
    }),
  ],
};

const pubali = bankTemplatesOf('pubali', ['PUBALI BANK']);
/** An overdrawn balance is marked Dr or minus. */
const PUBALI_BALANCE = String.raw`\. ?A/C Bal: ?(?<balance_sign>Dr ?|Cr ?|-)?{balance}\.?$`;
const PUBALI_ACCOUNT = String.raw`your (?:account|a/c) (?<account>\*{3} ?[0-9]{3,5})`;
export const pubaliTemplates: ProviderTemplates = {
  provider: 'pubali',
  senders: ['PUBALI BANK'],
  templates: [
    pubali.credit('fund_transfer', {
      kind: 'bank_credit',
      at: 'dd-MON-yy',
      pattern: String.raw`^BDT {amount~} has been credited to your account using FUND TRANSFER from ${bankPayer} on {at}${PUBALI_BALANCE}`,
      samples: [
        real(
          'BDT 69000.00 has been credited to your account using FUND TRANSFER from DEMO COMMERCIAL BANK LIMITED on 25-DEC-23. A/C Bal:Dr 329365.72.',
        ),
      ],
    }),
    pubali.credit('branch_credit', {
      kind: 'bank_credit',
      at: 'dd-MM-yyyy',
      pattern: String.raw`^BDT {amount~} has been credited to ${PUBALI_ACCOUNT} through ${bankPayer} branch {1,2}on {at}${PUBALI_BALANCE}`,
      samples: [
        real(
          'BDT 141000 has been credited to your account *** 860 through DEMO BAZAR, CITY branch on 20-08-2023. A/C Bal: Dr 331050.05',
          { amount: '141000.00', counterparty: 'DEMO BAZAR, CITY', balance: '-331050.05', at: '2023-08-20' },
        ),
      ],
    }),
    pubali.credit('eft', {
      kind: 'bank_credit',
      at: 'dd-MON-yy',
      pattern: String.raw`^BDT {amount~} has been credited to ${PUBALI_ACCOUNT} through (?<counterparty>EFT [^\n]{2,60}) on {at}${PUBALI_BALANCE}`,
      samples: [
        real(
          'BDT 4374.88 has been credited to your a/c ***2860 through EFT DEMO BANK LIMITE,TRANSFER,DEMOBANKLTD on 14-NOV-23. A/C Bal:-283050.77',
          {
            amount: '4374.88',
            counterparty: 'EFT DEMO BANK LIMITE,TRANSFER,DEMOBANKLTD',
            balance: '-283050.77',
            at: '2023-11-14',
          },
        ),
      ],
    }),
    pubali.credit('pi_banking', {
      kind: 'bank_credit',
      at: 'dd-MON-yy',
      pattern: String.raw`^BDT {amount~} has been credited to ${PUBALI_ACCOUNT} from ${bankPayer} on {at} through PI Banking${PUBALI_BALANCE}`,
      samples: [
        real(
          'BDT 2510.00 has been credited to your a/c ***120 from DEMO PERSON on 05-SEP-24 through PI Banking.A/C Bal:141500.00',
          { amount: '2510.00', counterparty: 'DEMO PERSON', balance: '141500.00', at: '2024-09-05' },
        ),
      ],
    }),
    pubali.outgoing('branch_debit', {
      kind: 'bank_debit',
      at: 'dd-MM-yyyy',
      pattern: String.raw`^BDT {amount~} has been debited from ${PUBALI_ACCOUNT} through ${bankPayer} branch {1,2}on {at}${PUBALI_BALANCE}`,
      samples: [
        real(
          'BDT 50100 has been debited from your account ***860 through DEMO BAZAR branch on 24-08-2023. A/C Bal: Dr 434061.55',
          { amount: '50100.00', counterparty: 'DEMO BAZAR', balance: '-434061.55', at: '2023-08-24' },
        ),
      ],
    }),
    pubali.notice('cheque_book', {
      kind: 'notice',
      pattern: String.raw`^Please collect your Cheque Book[^\n]{0,100}$`,
      samples: [real('Please collect your Cheque Book (0000-000-00000) from DEMO Branch')],
    }),
  ],
};

const uttara = bankTemplatesOf('uttara', ['UTTARA BANK']);
const UTTARA_BALANCE = String.raw`and Current Balance is: ?BDT (?<balance_sign>-)?{balance~}\.?$`;
export const uttaraTemplates: ProviderTemplates = {
  provider: 'uttara',
  senders: ['UTTARA BANK'],
  templates: [
    uttara.credit('credited', {
      kind: 'bank_credit',
      status: 'review_only',
      endsOpen: true,
      pattern: String.raw`^Dear Customer, BDT {amount~} {1,2}has been credited to your A/C No ${bankAccount} from ${bankPayer} ${UTTARA_BALANCE}`,
      samples: [
        real(
          'Dear Customer, BDT 46900 has been credited to your A/C No 032300000000044 from Demo Road Branch and Current Balance is: BDT -1440200',
        ),
      ],
    }),
    uttara.outgoing('debited', {
      kind: 'bank_debit',
      pattern: String.raw`^Dear Customer, BDT {amount~} {1,2}has been debited from your A/C No ${bankAccount} (?:for [^\n]{2,40} {1,2})?from ?${bankPayer} and Current Balance is: ?BDT ?(?<balance_sign>-)?{balance~}\.?$`,
      samples: [
        real(
          'Dear Customer, BDT 200000 has been debited from your A/C No 032300000000044 from Demo Branch and Current Balance is: BDT -200258.75',
          { amount: '200000.00', counterparty: 'Demo Branch', balance: '-200258.75' },
        ),
      ],
    }),
    uttara.notice('balance_inquiry', {
      pattern: String.raw`^Dear Sir, balance of your A/C No [0-9*]{6,20} as on [0-9/]{6,10} is Tk\.[^\n]{0,80}$`,
      samples: [
        real(
          'Dear Sir, balance of your A/C No 0323****0044 as on 1/2/2024 is Tk. 12345.67 . For details, please contact your Branch.',
        ),
      ],
    }),
    uttara.notice('service', {
      kind: 'notice',
      pattern: String.raw`^Dear Valued Customer\nYour sms banking account has been created,[^\n]{0,120}(?:\n[^\n]{1,100})?$`,
      samples: [
        real(
          'Dear Valued Customer\nYour sms banking account has been created, a/c no 0323-00000000044 and pin no is 0000\nFor Help: Type ubl help and send to 26969.Thanks',
        ),
      ],
    }),
  ],
};
