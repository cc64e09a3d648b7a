import type { ApiDescription } from '@paymatch/gateway-edge';
import { smartFastPayOperations } from './smartfastpay-operations.js';

/**
 * Contract B as `/openapi/smartfastpay.json` tells of it.
 *
 * A new route gets an entry in `smartfastpay-operations.ts`: its method and its path as the controller has them, what
 * it takes, and every status it answers. Then `node scripts/openapi.mjs` writes docs/reference/openapi anew.
 */
export const smartFastPayApi: ApiDescription = {
  name: 'smartfastpay',
  title: 'Paymatch: SmartFastPay Payments API',
  version: '1.0.0',
  description:
    'Contract B: payments in BRL by Pix and bank transfer. Clients of SmartFastPay work here when only their base URL is changed.',
  tags: {
    Account: "Tokens, balance and the callbacks' secret.",
    Payments: 'Money a shop asks for.',
    Transactions: 'The same payments as transactions.',
    Banks: 'What banks tell of.',
  },
  security: {
    accessToken: { type: 'http', scheme: 'bearer', description: 'From `POST /oauth2/token`.' },
    client: { type: 'http', scheme: 'basic', description: '`client_id` and `client_secret`.' },
  },
  defaultSecurity: 'accessToken',
  operations: smartFastPayOperations,
};
