export { WebhookDispatchModule, type WebhookDispatchOptions } from './webhook-dispatch.module.js';
export { webhookDispatchMigrations, webhookDispatchSchema } from './webhook-dispatch.migrations.js';
export { webhookDispatchSettings } from './webhook-dispatch.settings.js';
export { WEBHOOK_DISPATCHER } from './tokens.js';
export type { DeliveryDispatcher } from './deliveries/delivery.dispatcher.js';
export type { WebhookRequest, WebhookSender } from './sender/webhook.sender.js';
export { webhookDispatchService } from './webhook-dispatch.service.js';
