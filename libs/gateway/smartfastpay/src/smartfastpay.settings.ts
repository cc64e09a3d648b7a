import { integer } from '@paymatch/platform-config';

/** Settings of contract B's API; the values fit `SmartFastPayModule.register`. */
export const smartFastPaySettings = {
  pixExpiryMinutes: integer({
    env: 'PAYMATCH_PIX_EXPIRY_MINUTES',
    doc: 'How long a Pix payment waits for its money',
    default: 60,
    min: 1,
    max: 10_080,
  }),
  bankTransferExpiryMinutes: integer({
    env: 'PAYMATCH_BANK_TRANSFER_EXPIRY_MINUTES',
    doc: 'How long a bank transfer payment waits for its money',
    default: 1_440,
    min: 1,
    max: 43_200,
  }),
};
