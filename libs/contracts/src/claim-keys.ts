import { normaliseWalletNumber } from '@paymatch/vocabulary';

/** Money a provider's TrxID names, on the wallet it arrived on. */
export interface WalletMoney {
  readonly provider: string;
  readonly walletNumber: string;
  readonly trxId: string;
}

/** Their account numbers are a phone number and one check digit, which not everybody writes. */
const CHECK_DIGIT_PROVIDERS: ReadonlySet<string> = new Set(['rocket', 'mcash']);

/**
 * What makes wallet money countable once: `trx:{provider}:{wallet}:{TrxID}`. The wallet is part of it, since anybody
 * may write down any TrxID but only the wallet's own merchants may say that it came to that wallet (docs/adr/0011).
 * However a number is spelt, it is one wallet.
 */
export function walletClaimKey({ provider, walletNumber, trxId }: WalletMoney): string {
  const number = normaliseWalletNumber(walletNumber);
  const wallet = CHECK_DIGIT_PROVIDERS.has(provider) && /^01[0-9]{10}$/.test(number) ? number.slice(0, 11) : number;
  return `trx:${provider}:${wallet}:${trxId}`;
}

/** As keys were before they named the wallet. Claims under it are never made again, and hold for ever. */
export function claimKeyWithoutWallet({ provider, trxId }: Pick<WalletMoney, 'provider' | 'trxId'>): string {
  return `trx:${provider}:${trxId}`;
}
