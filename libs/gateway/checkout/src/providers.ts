import { trxIdShapeOf, type TrxIdShape } from '@paymatch/vocabulary';
import type { Language } from './language.js';

/** What a provider's TrxID looks like, and how a customer sends money there. */
export interface Provider {
  readonly id: string;
  readonly name: { readonly en: string; readonly bn: string };
  /** Drawn by us on a coloured tile; no provider's logo is used. */
  readonly initials: string;
  /** Menu number for phones without the app. */
  readonly ussd: string | null;
  /** What the provider's app calls paying a merchant account. */
  readonly merchantAction: 'payment' | 'merchant_pay';
  /** The example is shown as help; never a real one. */
  readonly trxId: TrxIdShape & { readonly example: string };
  /** Digits of an account number there; Rocket accounts carry a check digit. */
  readonly accountDigits: readonly number[];
}

const PHONE = [11];

const known: readonly Provider[] = [
  {
    id: 'bkash',
    name: { en: 'bKash', bn: 'বিকাশ' },
    initials: 'bK',
    ussd: '*247#',
    merchantAction: 'payment',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('bkash'), example: 'DH7K2M9QX4' },
  },
  {
    id: 'nagad',
    name: { en: 'Nagad', bn: 'নগদ' },
    initials: 'N',
    ussd: '*167#',
    merchantAction: 'merchant_pay',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('nagad'), example: '75XQ4T2B' },
  },
  {
    id: 'rocket',
    name: { en: 'Rocket', bn: 'রকেট' },
    initials: 'R',
    ussd: '*322#',
    merchantAction: 'merchant_pay',
    accountDigits: [11, 12],
    trxId: { ...trxIdShapeOf('rocket'), example: '6910472538' },
  },
  {
    id: 'upay',
    name: { en: 'Upay', bn: 'উপায়' },
    initials: 'U',
    ussd: '*268#',
    merchantAction: 'payment',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('upay'), example: '01K7C2WX9T' },
  },
  {
    id: 'tap',
    name: { en: 'Tap', bn: 'ট্যাপ' },
    initials: 'T',
    ussd: '*733#',
    merchantAction: 'payment',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('tap'), example: 'TX40817263AB' },
  },
  {
    id: 'cellfin',
    name: { en: 'CellFin', bn: 'সেলফিন' },
    initials: 'C',
    ussd: null,
    merchantAction: 'payment',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('cellfin'), example: 'CF1047263851' },
  },
  {
    id: 'okwallet',
    name: { en: 'OK Wallet', bn: 'ওকে ওয়ালেট' },
    initials: 'OK',
    ussd: null,
    merchantAction: 'payment',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('okwallet'), example: 'OK47263851' },
  },
  {
    id: 'mcash',
    name: { en: 'mCash', bn: 'এমক্যাশ' },
    initials: 'mC',
    ussd: '*259#',
    merchantAction: 'payment',
    accountDigits: [11, 12],
    trxId: { ...trxIdShapeOf('mcash'), example: 'M47263851' },
  },
  {
    id: 'pathaopay',
    name: { en: 'Pathao Pay', bn: 'পাঠাও পে' },
    initials: 'P',
    ussd: null,
    merchantAction: 'payment',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('pathaopay'), example: 'PP47263851' },
  },
  {
    id: 'tallypay',
    name: { en: 'TallyPay', bn: 'ট্যালিপে' },
    initials: 'TP',
    ussd: null,
    merchantAction: 'payment',
    accountDigits: PHONE,
    trxId: { ...trxIdShapeOf('tallypay'), example: 'T47263851' },
  },
];

/** The provider's name as the page's language writes it; Bangla has letters of its own. */
export function nameOf(provider: Provider, language: Language): string {
  return language === 'bn' ? provider.name.bn : provider.name.en;
}

/** The provider's facts; a provider we have no facts of is shown by its own word and takes any plausible TrxID. */
export function providerOf(id: string): Provider {
  return (
    known.find((provider) => provider.id === id) ?? {
      id: 'other',
      name: { en: id, bn: id },
      initials: [...id].slice(0, 2).join('').toUpperCase(),
      ussd: null,
      merchantAction: 'payment',
      accountDigits: [11, 12],
      trxId: { ...trxIdShapeOf('other'), example: 'AB12CD34EF' },
    }
  );
}
