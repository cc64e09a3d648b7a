import type { MessageReceived } from '@paymatch/contracts';
import type { Wallet } from './receiving.ports.js';

/** A message as if a phone of the merchant's had got it, for any of their test wallets: no evidence of live money. */
export function pretendedMessage(
  said: { readonly sender: string; readonly body: string },
  about: {
    readonly rawId: string;
    readonly merchantId: string;
    readonly toleranceMinor: number;
    readonly wallets: readonly Wallet[];
    readonly arrivedAt: string;
  },
): { readonly data: MessageReceived; readonly key: string } {
  const { rawId, merchantId, toleranceMinor, wallets, arrivedAt } = about;
  return {
    key: `${merchantId}:${wallets[0]?.number ?? rawId}`,
    data: {
      type: 'credits.message-received',
      rawId,
      merchantId,
      livemode: false,
      // No phone's.
      deviceId: rawId,
      seq: null,
      sender: said.sender,
      body: said.body,
      simSlot: null,
      wallets: wallets.map(({ id, provider, number, accountType }) => ({
        id,
        provider,
        number,
        accountType,
        toleranceMinor,
      })),
      sentAt: arrivedAt,
      receivedAt: arrivedAt,
      arrivedAt,
    },
  };
}
