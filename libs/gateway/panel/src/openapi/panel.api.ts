import type { ApiDescription } from '@paymatch/gateway-edge';
import { operatorOperations } from './operator-operations.js';
import { accessOperations } from './access-operations.js';
import { accountOperations } from './account-operations.js';
import { alarmOperations, operatorNotificationOperations } from './alarm-operations.js';
import { brandOperations } from './brand-operations.js';
import { brazilOperations } from './brazil-operations.js';
import { erasureOperations } from './erasure-operations.js';
import { deviceOperations } from './device-operations.js';
import { installationOperations } from './installation-operations.js';
import { moneyOperations } from './money-operations.js';
import { bookOperations } from './book-operations.js';
import { customerOperations } from './customer-operations.js';
import { deskOperations } from './desk-operations.js';
import { passwordResetOperations } from './password-reset-operations.js';
import { paymentOperations } from './payment-operations.js';
import { paymentLinkOperations } from './payment-link-operations.js';
import { peopleOperations } from './people-operations.js';
import { requestOperations } from './request-operations.js';
import { savedViewOperations } from './saved-view-operations.js';
import { streamOperations } from './stream-operations.js';
import { todayOperations } from './today-operations.js';
import { testEventOperations } from './test-event-operations.js';
import { testModeOperations } from './test-mode-operations.js';
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
    'What a merchant’s people and programs do with the account. A program shows a key with `account:write`, and everything is of its mode: what is set with a test key never holds for live money. A person brings the session’s cookie and says which merchant and mode are meant in `Paymatch-Merchant` and `Paymatch-Mode` (`live`, `test`); what changes something also needs `X-CSRF-Token` and the `Origin` of this gateway. What each role may do: docs/how-to/people.md.',
  tags: {
    People: 'Signing in, and who may do what.',
    Account: 'Settings, keys and wallets.',
    Phones: 'The phones that tell of money.',
    Payments: 'What customers were asked for, and what became of it.',
    Money: 'Money that waits for a person, and what people decide.',
    'Payment links': 'Addresses that sell something.',
    Installation: 'How it runs, for its operator.',
    Brazil: "Contract B's accounts, rates and statements.",
    Webhooks: 'How the shop is told.',
    'Test mode': 'What can be pretended where no money is.',
  },
  security: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'An API key with the ability `account:write`.' },
    session: { type: 'apiKey', in: 'cookie', name: '__Host-paymatch', description: 'A person who is signed in.' },
  },
  defaultSecurity: 'apiKey',
  operations: [
    ...peopleOperations,
    ...passwordResetOperations,
    ...accessOperations,
    ...operatorOperations,
    ...savedViewOperations,
    ...accountOperations,
    ...brandOperations,
    ...deviceOperations,
    ...todayOperations,
    ...streamOperations,
    ...installationOperations,
    ...paymentOperations,
    ...customerOperations,
    ...bookOperations,
    ...deskOperations,
    ...moneyOperations,
    ...erasureOperations,
    ...paymentLinkOperations,
    ...brazilOperations,
    ...webhookOperations,
    ...alarmOperations,
    ...operatorNotificationOperations,
    ...testEventOperations,
    ...testModeOperations,
    ...requestOperations,
  ],
};
