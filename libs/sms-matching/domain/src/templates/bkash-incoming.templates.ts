import { derived, real, type Template } from '../template.js';
import { bkash, bkashEnd } from './bkash.templates.js';

const NAME = String.raw`[^\n]{2,60}`;

/** Money that comes in and is nobody's payment: some of it carries a valid TrxID and a balance. */
export const bkashIncoming: readonly Template[] = [
  // A business pays out: there is a name and no fee.
  bkash.incoming('b2c_received', {
    kind: 'b2c_payout',
    pattern: String.raw`^You have received Tk {amount} from (?<counterparty>[A-Za-z][A-Za-z0-9 &'()_/-]{1,60})\. ${bkashEnd}`,
    samples: [
      real('You have received Tk 84.00 from DemoPayoutWeb. Balance Tk 501.20. TrxID DE136N3WD2 at 01/05/2026 15:02', {
        amount: '84.00',
        trx_id: 'DE136N3WD2',
        counterparty: 'DemoPayoutWeb',
        balance: '501.20',
        at: '2026-05-01T15:02:00',
      }),
    ],
  }),
  bkash.incoming('commission', {
    pattern: String.raw`^You have received Tk {amount} as Commission from (?<counterparty>[A-Z0-9]{2,12})\. Fee Tk {fee}\. ${bkashEnd}`,
    samples: [
      real(
        'You have received Tk 40.00 as Commission from DM2204. Fee Tk 0.00. Balance Tk 1,870.00. TrxID 7FN36GBQAE at 23/06/2020 18:02',
      ),
    ],
  }),
  // An ordinary receipt in every word but the payer.
  bkash.incoming('cashback_dm', {
    kind: 'cashback',
    pattern: String.raw`^You have received Tk {amount} from (?<counterparty>DM[0-9]{2,6})\. Fee Tk {fee}\. Balance Tk {balance}\. ?TrxID {trx_id} at {at}\.?(?: ?Cashback [^\n]{1,80})?$`,
    samples: [
      real(
        'You have received Tk 5.50 from DM1470. Fee Tk 0.00. Balance Tk 4,593.00. TrxID AB965RQ4F5 at 09/02/2023 20:42. Cashback on Special Offer Send Money',
        {
          amount: '5.50',
          trx_id: 'AB965RQ4F5',
          counterparty: 'DM1470',
          fee: '0.00',
          balance: '4593.00',
          at: '2023-02-09T20:42:00',
        },
      ),
    ],
  }),
  bkash.incoming('cashback', {
    pattern: String.raw`^Congratulations! You have received Cashback Tk {amount}\. Balance Tk {balance}\. ?TrxID {trx_id} at {at}\.?(?: ?Cashback [^\n]{1,80})?$`,
    samples: [
      real(
        'Congratulations! You have received Cashback Tk 55.00. Balance Tk 80.20. TrxID DEU610LUIE at 30/05/2026 19:33. Cashback on bkash transaction',
      ),
    ],
  }),
  bkash.incoming('loan', {
    pattern: String.raw`^You have received Digital Loan Tk {amount} from (?<counterparty>${NAME})\. ${bkashEnd}`,
    samples: [
      real(
        'You have received Digital Loan Tk 850.00 from City Bank. Balance Tk 871.44. TrxID DHV7G3INK8 at 31/08/2026 19:21.',
      ),
    ],
  }),
  bkash.incoming('remittance', {
    pattern: String.raw`^You have received remittance\.[ \n]Total: Tk {amount}[ \n](?:Govt\. incentive: Tk [0-9,]{1,12}\.[0-9]{2}[ \n])?TrxID {trx_id} at {at}\.?(?: {1,2}Remittance Cash Out [^\n]{1,100})?$`,
    samples: [
      real(
        'You have received remittance.\nTotal: Tk 4,305.40\nGovt. incentive: Tk 105.00\nTrxID CJ668V4A7M at 06/10/2025 17:31.',
      ),
      real(
        'You have received remittance. Total: Tk 11,018.75 Govt. incentive: Tk 268.75 TrxID DGI6P3E2Z8 at 18/07/2026 07:39.  Remittance Cash Out charge only 7 Tk/thousand from ATM Details: https://bka.sh/ATMCO',
        { amount: '11018.75', trx_id: 'DGI6P3E2Z8', at: '2026-07-18T07:39:00' },
      ),
    ],
  }),
  bkash.incoming('payoneer', {
    kind: 'remittance',
    pattern: String.raw`^Remittance fund withdrawal from (?<counterparty>[A-Za-z]{2,20}) account is successful\. Total amount Tk {amount} TrxID {trx_id} at {at}\.?(?: {1,2}Remittance Cash Out [^\n]{1,100})?$`,
    samples: [
      real(
        'Remittance fund withdrawal from Payoneer account is successful. Total amount Tk 5,120.75 TrxID CL24MQKE43 at 02/12/2025 14:11.  Remittance Cash Out charge only 7 Tk/thousand from ATM Details: https://bka.sh/ATMCO',
      ),
    ],
  }),
  bkash.incoming('interest', {
    pattern: String.raw`^Apni bKash-e Tk {amount} Interest peyechhen\. Fee Tk {fee}\. Balance Tk {balance}\. ?TrxID {trx_id} at {at}\.?(?: Helpline 16247\.?)?(?: Interest for [^\n]{1,40})?$`,
    samples: [
      real(
        'Apni bKash-e Tk 1.12 Interest peyechhen. Fee Tk 0.00. Balance Tk 1,802.12. TrxID 7HB41EI6VQ at 11/08/2020 06:22. Helpline 16247',
      ),
      real(
        'Apni bKash-e Tk 3.50 Interest peyechhen. Fee Tk 0.35. Balance Tk 1,234.56. TrxID BG14ZR37E3 at 01/07/2024 10:00. Helpline 16247. Interest for Jan-Jun 2024',
        { amount: '3.50', trx_id: 'BG14ZR37E3', fee: '0.35', balance: '1234.56', at: '2024-07-01T10:00:00' },
      ),
    ],
  }),
  bkash.incoming('failed_return', {
    pattern: String.raw`^(?:Your )?(?:Mobile Recharge|Send Money|Payment|Cash Out|Bill Payment|Pay Bill)[^\n]{0,50} has failed\. Tk {amount} (?:has been )?returned to your bKash Account\. ${bkashEnd}`,
    samples: [
      real(
        'Mobile Recharge request has failed. Tk 15.00 returned to your bKash Account. Balance Tk 702.41. TrxID 7I508K69NF at 05/09/2020 22:31',
      ),
      derived(
        'Send Money to 01700110022 has failed. Tk 500.00 returned to your bKash Account. Balance Tk 702.41. TrxID DI50K9P34Y at 05/09/2026 22:31',
        { amount: '500.00', trx_id: 'DI50K9P34Y', balance: '702.41', at: '2026-09-05T22:31:00' },
      ),
    ],
  }),
  // Shares its TrxID with the hold it undoes.
  bkash.incoming('reserve_released', {
    pattern: String.raw`^Reserved amount Tk {amount} for (?<counterparty>${NAME}) has been released\. ${bkashEnd}`,
    samples: [
      real(
        'Reserved amount Tk 312.20 for DEMO RIDE LTD-Ride has been released. Balance Tk 544.03. TrxID AHB6SY2XAT at 11/08/2023 17:19',
      ),
    ],
  }),
  bkash.incoming('refund', {
    pattern: String.raw`^Your payment of Tk {amount} to (?<counterparty>${NAME}) has been refunded\. ${bkashEnd}`,
    samples: [
      derived(
        'Your payment of Tk 520.00 to DEMO SHOP has been refunded. Balance Tk 1,044.00. TrxID DA219N5CK4 at 02/01/2026 09:14',
      ),
    ],
  }),
  bkash.incoming('reversal', {
    pattern: String.raw`^Reversal: Tk {amount} has been credited to your Account from (?<counterparty>${NAME})\. TrxID {trx_id} at {at}{tail}$`,
    samples: [
      derived(
        'Reversal: Tk 200.00 has been credited to your Account from DEMO SHOP. TrxID DA219N5CK4 at 02/01/2026 09:14',
        { amount: '200.00', trx_id: 'DA219N5CK4', counterparty: 'DEMO SHOP', at: '2026-01-02T09:14:00' },
      ),
    ],
  }),
];
