import { derived, real, templatesOf, type ProviderTemplates } from '../template.js';

/** Wallets outside Bangladesh: one or two public shapes each, so a person looks before money is matched. */
const EVERYBODY = ['personal', 'merchant', 'agent'] as const;
const western = ['western', 'plain'] as const;

const keSenders = ['MPESA'];
const ke = templatesOf({
  provider: 'mpesa_ke',
  senders: keSenders,
  tz: 'Africa/Nairobi',
  money: western,
  accountTypes: EVERYBODY,
  at: "d/M/yy 'at' h:mm a",
  trxId: { shape: '[A-Z][A-L][1-9A-V][0-9A-Z]{7}', check: 'mpesa_date' },
});
const KE_BALANCE = String.raw` ?\.? {0,2}New M-PESA balance is Ksh ?{balance}\.`;
/** Advertisement that changes all the time. It may hold neither a sum nor an id, which its letters are checked for. */
const FOOTER = String.raw`(?<open_tail>[^\n]{0,160})$`;
const NAME = String.raw`(?<counterparty>[^\n]{2,60}?)`;

export const mpesaKenyaTemplates: ProviderTemplates = {
  provider: 'mpesa_ke',
  senders: keSenders,
  templates: [
    ke.credit('money_received', {
      status: 'review_only',
      pattern: String.raw`^{trx_id} ?Confirmed\. {0,2}You have received Ksh ?{amount} from ${NAME}\.? {1,2}on {at}${KE_BALANCE}${FOOTER}`,
      samples: [
        real(
          'TJF411KQ2M Confirmed.You have received Ksh320.00 from DEMO PERSON 0712000111 on 15/10/25 at 12:22 PM  New M-PESA balance is Ksh148.12. Earn interest daily on Ziidi MMF,Dial *334#',
        ),
        real(
          'UFLQX8TIE0 Confirmed. You have received Ksh1,100.00 from Demo Bulk Account 300600 on 21/6/26 at 8:23 AM New M-PESA balance is Ksh1,214.65.',
          {
            amount: '1100.00',
            trx_id: 'UFLQX8TIE0',
            counterparty: 'Demo Bulk Account 300600',
            balance: '1214.65',
            at: '2026-06-21T08:23:00',
          },
        ),
      ],
    }),
    ke.incoming('business_disbursement', {
      pattern: String.raw`^Congratulations! {trx_id} ?confirmed\. ?You have received Ksh ?{amount} from ${NAME}\.? {1,2}on {at}${KE_BALANCE}${FOOTER}`,
      samples: [
        real(
          'Congratulations! TJ5411KQ1U confirmed.You have received Ksh435.00 from DEMO B2C. on 5/10/25 at 6:41 PM.New M-PESA balance is Ksh583.11. Separate personal and business funds through Pochi la Biashara on *334#.',
        ),
      ],
    }),
    // Names two ids: its own comes first.
    ke.incoming('reversal', {
      at: null,
      pattern: String.raw`^{trx_id} ?[Cc]onfirmed\. ?Reversal of transaction [0-9A-Z]{10} has been (?:completed|successfully reversed)[^\n]{0,40}?(?:\.| and) ?Ksh ?{amount} (?:has been|is) credited to your M-PESA account\.(?: ?New M-PESA account balance is Ksh ?{balance}\.)?$`,
      samples: [
        derived(
          'TJL411KQNO Confirmed. Reversal of transaction TJK411KQ77 has been completed. Ksh1,600.00 has been credited to your M-PESA account.',
        ),
      ],
    }),
    ke.outgoing('sent', {
      kind: 'send_money',
      pattern: String.raw`^{trx_id} ?[Cc]onfirmed\. ?Ksh ?{amount} (?:sent|paid) to ${NAME}\.? {1,2}on {at}${KE_BALANCE} ?Transaction cost, Ksh ?{fee}\.[^\n]{0,200}$`,
      samples: [
        real(
          'TJ4CF6I7H0 Confirmed. Ksh100.00 sent to DEMO PREPAID for account 54405080320 on 4/10/25 at 4:38 PM New M-PESA balance is Ksh110.86. Transaction cost, Ksh0.00.Amount you can transact within the day is 499,900.00.',
          {
            amount: '100.00',
            trx_id: 'TJ4CF6I7H0',
            counterparty: 'DEMO PREPAID for account 54405080320',
            fee: '0.00',
            balance: '110.86',
            at: '2025-10-04T16:38:00',
          },
        ),
      ],
    }),
    ke.outgoing('airtime', {
      pattern: String.raw`^{trx_id} ?[Cc]onfirmed\. ?You bought Ksh ?{amount} of airtime (?:for [0-9]{9,12} )?on {at}${KE_BALANCE} ?Transaction cost, Ksh ?{fee}\.[^\n]{0,200}$`,
      samples: [
        real(
          'UHHIU30XE0 confirmed.You bought Ksh50.00 of airtime on 17/8/26 at 10:23 AM.New M-PESA balance is Ksh6.11. Transaction cost, Ksh0.00. Amount you can transact within the day is 499,950.00.',
        ),
      ],
    }),
  ],
};

const mzSenders = ['M-Pesa'];
const mz = templatesOf({
  provider: 'mpesa_mz',
  senders: mzSenders,
  tz: 'Africa/Maputo',
  money: western,
  accountTypes: EVERYBODY,
  at: "d/M/yy  'as' h:mm a",
  trxId: { shape: '[0-9A-Z]{11}', check: 'bkash_date' },
});
const MZ_SUM = String.raw`{amount}MT`;
/** The space before "as" is doubled now and then. */
const MZ_AT = "d/M/yy 'as' h:mm a";
const MZ_FOOTER = String.raw`(?<open_tail>[^\n]{0,160})$`;
const mzReceived = (name: string, at: string, sample: ReturnType<typeof real>) =>
  mz.credit(name, {
    kind: 'money_received',
    status: 'review_only',
    at,
    pattern: String.raw`^Confirmado {trx_id}\. Recebeste {1,2}${MZ_SUM} de ${NAME} aos {at}\.? {1,2}[oO] (?:teu )?novo saldo {1,2}M-Pesa e de {balance}MT\.${MZ_FOOTER}`,
    samples: [sample],
  });

export const mpesaMozambiqueTemplates: ProviderTemplates = {
  provider: 'mpesa_mz',
  senders: mzSenders,
  templates: [
    mzReceived(
      'money_received',
      "d/M/yy  'as' h:mm a",
      real(
        'Confirmado DET4KAIXP0E. Recebeste  12,045.67MT de 120044 - DEMO aos 29/5/26  as 6:31 PM o novo saldo  M-Pesa e de 13,204.56MT. Aproveita e transfere SEM TAXAS de M-Pesa para M-Pesa. Em caso de duvida, liga 100.',
      ),
    ),
    mzReceived(
      'money_received_spaced',
      MZ_AT,
      real(
        'Confirmado DFU6LCATV10. Recebeste 15.00MT de 258846227060 - Cliente Demo aos 30/6/26 as 2:18 AM. O teu novo saldo M-Pesa e de 800.00MT. Em caso de duvida, liga 100.',
        {
          amount: '15.00',
          trx_id: 'DFU6LCATV10',
          counterparty: '258846227060 - Cliente Demo',
          balance: '800.00',
          at: '2026-06-30T02:18:00',
        },
      ),
    ),
    mz.outgoing('sent', {
      kind: 'send_money',
      at: MZ_AT,
      pattern: String.raw`^Confirmado {trx_id}\. Transferiste {1,2}${MZ_SUM} e a taxa foi de {fee}MT para ${NAME} aos {at}\. O teu novo saldo {1,2}M-Pesa e de {balance}MT\.[^\n]{0,160}$`,
      samples: [
        real(
          'Confirmado DF54KDFDH0K. Transferiste 1,134.56MT e a taxa foi de 1.13MT para 258840000111 - DEMODOE aos 5/6/26 as 4:21 PM. O teu novo saldo M-Pesa e de 12,045.67MT. Continua a transferir SEM TAXAS de M-Pesa para M-Pesa. Em caso de duvida, liga 100.',
        ),
      ],
    }),
  ],
};

const tzSenders = ['Selcom Pesa'];
const tz = templatesOf({
  provider: 'selcom_tz',
  senders: tzSenders,
  tz: 'Africa/Dar_es_Salaam',
  money: western,
  accountTypes: EVERYBODY,
  at: 'yyyy-MM-dd HH:mm',
  trxId: { shape: '[0-9A-Z]{8}', check: 'none' },
});
const TZ_END = String.raw`Updated balance is TZS {balance}\. Help 0800 714 888 / 0800 784 888$`;
export const selcomTemplates: ProviderTemplates = {
  provider: 'selcom_tz',
  senders: tzSenders,
  templates: [
    tz.credit('money_received', {
      status: 'review_only',
      pattern: String.raw`^{trx_id} Confirmed\. You have received TZS {amount} from (?<counterparty>[^\n]{2,80}) on {at}\. ${TZ_END}`,
      samples: [
        real(
          '0426JXAA Confirmed. You have received TZS 165,000.00 from DEMO NAME - NMB (201100XXXXX) on 2025-04-26 11:31. Updated balance is TZS 165,000.00. Help 0800 714 888 / 0800 784 888',
        ),
      ],
    }),
    tz.outgoing('sent', {
      kind: 'send_money',
      pattern: String.raw`^{trx_id} Accepted\. You have sent TZS {amount} to (?<counterparty>[^\n]{2,80}) on {at}\. Total charges TZS {fee} \([^()\n]{2,60}\)\. ${TZ_END}`,
      samples: [
        real(
          '0426JXBB Accepted. You have sent TZS 45,000.00 to DEMO ISSA - Mixx by Yas (Tigo Pesa) (25571XXXXXXX) on 2025-04-26 11:46. Total charges TZS 550.00 (Fee 424, VAT 84, Ex Duty 42). Updated balance is TZS 119,450.00. Help 0800 714 888 / 0800 784 888',
        ),
      ],
    }),
  ],
};
