import { DeviceEnrolments1763690000010 } from './device-enrolments.migration.js';
import { SharedAccounts1795303678439 } from './shared-accounts/shared-accounts.migration.js';
import { WalletTerms1795315200001 } from './wallet-terms.migration.js';
import { PaymentLinks1763760000060 } from './payment-links/payment-links.migration.js';

/** What came after the tables that the rooms' first migrations made, before this room had a name. */
export const receivingMigrations = [
  DeviceEnrolments1763690000010,
  PaymentLinks1763760000060,
  SharedAccounts1795303678439,
  WalletTerms1795315200001,
];
