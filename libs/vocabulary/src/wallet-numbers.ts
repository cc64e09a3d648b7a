/** Kind of account money arrives on. */
type AccountType = 'personal' | 'merchant' | 'agent' | 'bank';

interface ProviderAccounts {
  readonly kinds: readonly AccountType[];
  readonly number: RegExp;
  /** Completes "The number must be …". */
  readonly says: string;
}

const WALLET_KINDS: readonly AccountType[] = ['personal', 'merchant', 'agent'];

/** A Bangladeshi mobile number is the account's number. */
const mobile: ProviderAccounts = {
  kinds: WALLET_KINDS,
  number: /^01[3-9]\d{8}$/,
  says: 'a mobile number of 11 digits, e.g. 01712345678',
};
/** The mobile number and one check digit, without which no transfer finds the account. */
const mobileAndCheckDigit: ProviderAccounts = {
  kinds: WALLET_KINDS,
  number: /^01[3-9]\d{9}$/,
  says: 'the account number of 12 digits (the mobile number and its check digit), e.g. 017123456789',
};
const bank: ProviderAccounts = {
  kinds: ['bank'],
  number: /^\d{6,20}$/,
  says: 'the account number of 6 to 20 digits',
};
const bangladeshiBanks =
  'brac city dbbl ebl ibbl jamuna midland mtb prime pubali rupali scb sonali trust ucb uttara'.split(' ');

/** Till and short-code numbers stand beside mobile ones. */
const mobileMoneyOf = (countryCode: string): ProviderAccounts => ({
  kinds: WALLET_KINDS,
  number: new RegExp(`^(?:${countryCode}\\d{9}|0\\d{9}|\\d{5,7})$`),
  says: `a mobile number, e.g. 0712345678, or a till number of 5 to 7 digits`,
});
const brazilianBank: ProviderAccounts = {
  kinds: ['bank', 'personal', 'merchant'],
  number: /^[0-9A-Z]{4,34}$/,
  says: 'the account number of 4 to 34 letters and digits',
};

/** Whose messages can be read as money: a wallet of anybody else would wait for ever. */
const accounts: ReadonlyMap<string, ProviderAccounts> = new Map([
  ...['bkash', 'nagad', 'upay', 'tap', 'cellfin', 'okwallet', 'pathaopay', 'tallypay'].map(
    (id) => [id, mobile] as const,
  ),
  ['rocket', mobileAndCheckDigit],
  ['mcash', mobileAndCheckDigit],
  ...bangladeshiBanks.map((id) => [id, bank] as const),
  ['mpesa_ke', mobileMoneyOf('254')],
  ['mpesa_mz', mobileMoneyOf('258')],
  ['selcom_tz', mobileMoneyOf('255')],
  ...['br_itau', 'br_mercadopago', 'br_neon', 'br_nubank', 'br_picpay'].map((id) => [id, brazilianBank] as const),
]);

export const walletProviders: readonly string[] = [...accounts.keys()];

/** One account, one spelling: matching compares numbers letter by letter. */
export function normaliseWalletNumber(number: string): string {
  return number
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/^\+?880(?=1[0-9]{9,10}$)/, '0');
}

/**
 * What is wrong with a wallet, by field; empty when money can arrive there. `number` is taken in any usual spelling.
 */
export function walletFaults(wallet: {
  readonly provider: string;
  readonly number: string;
  readonly accountType: string;
}): Readonly<Partial<Record<'provider' | 'number' | 'account_type', string>>> {
  const known = accounts.get(wallet.provider);
  if (known === undefined)
    return { provider: `No messages of this provider can be read; send one of ${walletProviders.join(', ')}.` };
  return {
    ...(!known.number.test(normaliseWalletNumber(wallet.number)) && { number: `The number must be ${known.says}.` }),
    ...(!known.kinds.includes(wallet.accountType as AccountType) && {
      account_type: `The account_type of ${wallet.provider} must be one of ${known.kinds.join(', ')}.`,
    }),
  };
}
