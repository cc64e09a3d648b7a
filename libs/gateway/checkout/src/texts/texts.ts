import type { PaymentSnapshot } from '@paymatch/contracts';
import type { Language } from '../language.js';
import { bn } from './bn.js';
import { textsInBrazil } from './brazil.js';
import { en, type Texts } from './en.js';
import { pt } from './pt.js';

const inBangladesh: Readonly<Record<Language, Texts>> = { en, bn, pt };

/** A page speaks of wallets and TrxIDs in Bangladesh, of banks and receipts in Brazil. */
export function textsIn(language: Language, dialect: PaymentSnapshot['dialect'] | null = null): Texts {
  return (dialect === 'smartfastpay' ? textsInBrazil : inBangladesh)[language];
}
