import type { ApiDescription } from '@paymatch/gateway-edge';
import { accountOperations } from './account-operations.js';
import { alarmOperations } from './alarm-operations.js';
import { brandOperations } from './brand-operations.js';
import { brazilOperations } from './brazil-operations.js';
import { deviceOperations } from './device-operations.js';
import { moneyOperations } from './money-operations.js';
import { paymentOperations } from './payment-operations.js';
import { testEventOperations } from './test-event-operations.js';
import { webhookOperations } from './webhook-operations.js';

/**
 * The panel API as `/openapi/panel.json` tells of it.
 *
 * A new route gets an entry in one of this folder's lists of operations: `shows` for a GET, `does` for a POST under
 * `Idempotency-Key`, `sets` for the rest. It has the path as the controller has it, the body from the DTO itself
 * (`bodySchema`: each of its rules is made with `described(schema, rule)`), the answer's fields, and the words of 409
 * that it may be refused with. A new field of an answer is added to that answer's schema. Then `node
 * scripts/openapi.mjs` writes docs/reference/openapi anew.
 */
export const panelApi: ApiDescription = {
  name: 'panel',
  title: 'Paymatch: panel API',
  version: '1.0.0',
  description:
    'What a merchant does with their own account. Everything is of the mode of the key: what is set with a test key never holds for live money.',
  tags: {
    Account: 'Settings, keys and wallets.',
    Phones: 'The phones that tell of money.',
    Payments: 'What customers were asked for, and what became of it.',
    Money: 'Money that waits for a person, and what people decide.',
    Brazil: "Contract B's accounts, rates and statements.",
    Webhooks: 'How the shop is told.',
  },
  security: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'An API key with the ability `account:write`.' },
  },
  defaultSecurity: 'apiKey',
  operations: [
    ...accountOperations,
    ...brandOperations,
    ...deviceOperations,
    ...paymentOperations,
    ...moneyOperations,
    ...brazilOperations,
    ...webhookOperations,
    ...alarmOperations,
    ...testEventOperations,
  ],
};
