import type { ProviderTemplates } from '../template.js';
import { bkashTemplates } from './bkash-outgoing.templates.js';
import { bracTemplates } from './brac.templates.js';
import { cityTemplates } from './city.templates.js';
import { dbblTemplates } from './dbbl.templates.js';
import { eblTemplates } from './ebl.templates.js';
import { mpesaKenyaTemplates, mpesaMozambiqueTemplates, selcomTemplates } from './mpesa.templates.js';
import { nagadTemplates } from './nagad-outgoing.templates.js';
import { otherBanks } from './other-banks.templates.js';
import {
  itauTemplates,
  mercadoPagoTemplates,
  neonTemplates,
  nubankTemplates,
  picpayTemplates,
} from './pix.templates.js';
import { rocketTemplates } from './rocket.templates.js';
import {
  cellfinTemplates,
  mcashTemplates,
  okWalletTemplates,
  pathaoPayTemplates,
  tallyPayTemplates,
  tapTemplates,
  telcoTemplates,
  wordlessProviders,
} from './small-wallets.templates.js';
import { upayTemplates } from './upay.templates.js';

export const allTemplates: readonly ProviderTemplates[] = [
  bkashTemplates,
  nagadTemplates,
  rocketTemplates,
  upayTemplates,
  tapTemplates,
  cellfinTemplates,
  okWalletTemplates,
  mcashTemplates,
  pathaoPayTemplates,
  tallyPayTemplates,
  ...wordlessProviders,
  telcoTemplates,
  dbblTemplates,
  bracTemplates,
  eblTemplates,
  cityTemplates,
  ...otherBanks,
  mpesaKenyaTemplates,
  mpesaMozambiqueTemplates,
  selcomTemplates,
  picpayTemplates,
  neonTemplates,
  itauTemplates,
  nubankTemplates,
  mercadoPagoTemplates,
];
