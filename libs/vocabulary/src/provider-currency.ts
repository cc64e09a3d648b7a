/**
 * Providers outside Bangladesh. Brazilian banks' apps are all named `br_…`; Pix and bank transfers are contract B's.
 */
const CURRENCIES: readonly (readonly [provider: RegExp, currency: string])[] = [
  [/^(?:br_.+|pix|bank_transfer)$/, 'BRL'],
  [/^mpesa_ke$/, 'KES'],
  [/^mpesa_mz$/, 'MZN'],
  [/^selcom_tz$/, 'TZS'],
];

/**
 * What an account with this provider holds. A provider nobody has named here is contract A's, which knows BDT alone.
 */
export function currencyOfProvider(provider: string): string {
  return CURRENCIES.find(([named]) => named.test(provider))?.[1] ?? 'BDT';
}
