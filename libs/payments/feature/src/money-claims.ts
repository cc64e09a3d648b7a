import { claimKeyWithoutWallet, walletClaimKey, type ConfirmCredit, type PaymentSnapshot } from '@paymatch/contracts';
import type { ClaimName } from '@paymatch/platform-event-store';

/** What of the store decides whether a credit is used, and what its payment takes when it is not. */
export interface MoneyClaims {
  /** Taken together; held by another payment, one alone says that the money is used. */
  readonly taken: readonly ClaimName[];
  /**
   * As such money was claimed before keys named the wallet; `null` for money that is known otherwise. Looked at, never
   * taken.
   */
  readonly earlier: ClaimName | null;
}

const PIX = /^pix:(?<endToEndId>[0-9A-Za-z]+)$/;

/**
 * Money on an account is claimed twice over: under the account (a wallet's number, a Pix key), so that one that two
 * merchants share pays one of them, and under its merchant, whose customers' TrxID or endToEndId is one transfer
 * whatever account somebody wrote down for it. Nobody burns by hand what came to another's account. Other money has one
 * key, which its source made.
 */
export function moneyClaims(command: ConfirmCredit): MoneyClaims {
  const { provider, walletNumber, trxId, merchantId, claimKey } = command;
  const endToEndId = PIX.exec(claimKey)?.groups?.['endToEndId'];
  // Where a person enters a Pix and no account is set, `pix` stands for it: that is no account, and everybody's.
  if (endToEndId !== undefined)
    return {
      taken: [
        ...(walletNumber === null || walletNumber === 'pix'
          ? []
          : [claimOf(command, pixKeyOn(walletNumber, endToEndId))]),
        claimOf(command, `pix:merchant ${merchantId}:${endToEndId}`),
      ],
      earlier: claimOf(command, claimKey),
    };
  if (trxId === null || walletNumber === null || !claimKey.startsWith('trx:'))
    return { taken: [claimOf(command, claimKey)], earlier: null };
  const earlier = claimKeyWithoutWallet({ provider, trxId });
  return {
    // A match told of before keys named the wallet is the same money.
    taken: [
      claimOf(command, claimKey === earlier ? walletClaimKey({ provider, walletNumber, trxId }) : claimKey),
      claimOf(command, `trx:${provider}:merchant ${merchantId}:${trxId}`),
    ],
    earlier: claimOf(command, earlier),
  };
}

/** Every name to be looked up before the credit is decided. */
export function allMoneyClaims(command: ConfirmCredit): readonly ClaimName[] {
  const { taken, earlier } = moneyClaims(command);
  return earlier === null ? taken : [...taken, earlier];
}

/**
 * Whether the payment that holds the money under its earlier name was paid on this very wallet, or is this merchant's.
 */
export function isSameMoney(command: ConfirmCredit, holder: PaymentSnapshot | null): boolean {
  if (holder === null || holder.walletNumber === null || holder.merchantId === command.merchantId) return true;
  const { provider, trxId, claimKey } = command;
  const keyOn = (walletNumber: string): string =>
    PIX.test(claimKey) ? pixKeyOn(walletNumber, claimKey) : walletClaimKey({ provider, walletNumber, trxId: trxId! });
  return keyOn(holder.walletNumber) === keyOn(command.walletNumber!);
}

function pixKeyOn(account: string, endToEndId: string): string {
  return `pix:account ${account}:${endToEndId}`;
}

function claimOf({ livemode }: ConfirmCredit, key: string): ClaimName {
  return { scope: 'credit', key: `${livemode ? 'live' : 'test'}:${key}` };
}
