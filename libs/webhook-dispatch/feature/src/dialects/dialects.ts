import { fastaarDialect } from './fastaar.dialect.js';
import { smartfastpayDialect } from './smartfastpay.dialect.js';
import type { DialectId, WebhookDialect } from './webhook.dialect.js';

export const webhookDialects: Readonly<Record<DialectId, WebhookDialect>> = {
  fastaar: fastaarDialect,
  smartfastpay: smartfastpayDialect,
};
