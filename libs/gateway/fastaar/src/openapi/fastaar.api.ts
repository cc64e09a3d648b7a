import type { ApiDescription } from '@paymatch/gateway-edge';
import { otherOperations } from './other-operations.js';
import { paymentOperations } from './payment-operations.js';

/**
 * Contract A as `/openapi/fastaar.json` tells of it.
 *
 * A new route gets an entry in one of this folder's lists of operations: its method and its path as the controller has
 * them, what it takes (a body from the DTO itself: `bodySchema`), and every status it answers. Then `node
 * scripts/openapi.mjs` writes docs/reference/openapi anew.
 */
export const fastaarApi: ApiDescription = {
  name: 'fastaar',
  title: 'Paymatch: Fastaar Payments API',
  version: '1.0.0',
  description:
    "Contract A: payments in BDT to mobile wallets. Clients of Fastaar's Payments API work here when only their base URL is changed.",
  tags: {
    Payments: 'Money a shop asks for.',
    Customers: 'People as the shop writes them down.',
    Events: 'What webhooks carry.',
    'Test mode': 'What a developer makes happen, where no money is.',
  },
  security: {
    apiKey: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'fk_live_… or fk_test_…',
      description: 'An API key with the ability that the call needs. A test key sees and does test payments only.',
    },
  },
  defaultSecurity: 'apiKey',
  operations: [...paymentOperations, ...otherOperations],
};
