import { taka } from '../money.reader.js';
import { derived, real, templatesOf, type ProviderTemplates, type Template } from '../template.js';

/** The bank's accounts share their mask with Rocket (rocket.templates.ts); the account type tells them apart. */
const senders = ['16216', 'DUTCHB'];
const dbbl = templatesOf({
  provider: 'dbbl',
  senders,
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['bank'],
  at: 'dd-MM-yyyy hh:mm:ss a',
  // The network cuts these at 160 letters, always behind the balance.
  tails: ['', ' NexusPay https://bit.ly/nexuspay', ' NexusPay https', ' NexusPay'],
});

const HEAD = String.raw`^Dear Sir, your A/C (?<account>\*{2,6}[0-9]{3,6})`;
const END = String.raw`on {at} C/B Tk{balance}\.{tail}$`;
const WORDS = String.raw`[^\n]{0,200}`;

const templates: readonly Template[] = [
  dbbl.credit('credited', {
    kind: 'bank_credit',
    // The remitter writes an EFT's narration, sums and all. It is shown to a person and never read as money; nothing
    // here credits by itself.
    untrusted: [],
    pattern: String.raw`${HEAD} credited ?\((?<counterparty>Fund Transfer|ATM A/C to A/C Transfer Credit|RTGS[^()\n]{0,50}|EFT[^()\n]{0,80})\) by Tk{amount} ${END}`,
    samples: [
      real(
        'Dear Sir, your A/C ***4411 credited (Fund Transfer) by Tk520.00 on 01-09-2024 02:31:54 AM C/B Tk531.00. NexusPay https://bit.ly/nexuspay',
      ),
      real(
        'Dear Sir, your A/C ***4411 credited(EFT by: DEMOHOSSAIN adn: FRtk150,00000,gov) by Tk1,52,000.00 on 21-08-2022 01:21:46 PM C/B Tk1,52,640.10. NexusPay https',
      ),
      real(
        'Dear Sir, your A/C ***4411 credited (RTGS Funds Transfer - Credit) by Tk5,00,000.00 on 28-08-2023 11:45:57 AM C/B Tk5,00,760.80. NexusPay https://bit.ly/nexuspay',
        {
          amount: '500000.00',
          counterparty: 'RTGS Funds Transfer - Credit',
          balance: '500760.80',
          at: '2023-08-28T11:45:57',
        },
      ),
      real(
        'Dear Sir, your A/C ***123 credited (ATM A/C to A/C Transfer Credit) by Tk50,100.00 on 01-02-2025 02:55:44 PM C/B Tk50,450.00. NexusPay https://bit.ly/nexuspay',
        {
          amount: '50100.00',
          counterparty: 'ATM A/C to A/C Transfer Credit',
          balance: '50450.00',
          at: '2025-02-01T14:55:44',
        },
      ),
    ],
    nearMisses: [
      'Dear Sir, your A/C ***4411 credited (Interest) by Tk520.00 on 01-09-2024 02:31:54 AM C/B Tk531.00. NexusPay',
    ],
  }),
  dbbl.outgoing('debited', {
    kind: 'bank_debit',
    pattern: String.raw`${HEAD} debited ?\((?<counterparty>[^()\n]{2,80})\) by Tk-?{amount} ${END}`,
    samples: [
      real(
        'Dear Sir, your A/C ***4411 debited (Fund Transfer) by Tk-600.00 on 02-02-2024 12:18:37 PM C/B Tk1,02,870.32. NexusPay https://bit.ly/nexuspay',
      ),
    ],
  }),
  dbbl.notice('balance_inquiry', {
    at: null,
    pattern: String.raw`^Balance of your A/C: ?\*{3}[0-9]{3,4} is BDT [0-9,]{1,14}\.[0-9]{2} as on [0-9/]{8,10}\.${WORDS}$`,
    samples: [
      real(
        'Balance of your A/C:***123 is BDT 46,100.00 as on 30/06/25. To download statement click https://app.dutchbanglabank.com/cbsstatement . For query call 16216',
      ),
    ],
  }),
  dbbl.notice('otp', {
    at: null,
    pattern: String.raw`^Dear Customer, [0-9]{4,8} is your OTP for${WORDS}$`,
    samples: [
      real(
        'Dear Customer, 004411 is your OTP for e-com transaction of Debit Card no# 0011****2233 which will be valid for 5 minutes.',
      ),
      derived('Dear Customer, 004412 is your OTP for NexusPay login.'),
    ],
  }),
];

export const dbblTemplates: ProviderTemplates = { provider: 'dbbl', senders, templates };
