export * from './api-types.js';
export { Paymatch, type EventsPage, type Page } from './client.js';
export {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  NotFoundError,
  PaymatchError,
  PermissionError,
  RateLimitError,
  SignatureError,
  SubscriptionError,
  TimeoutError,
  UnavailableError,
  ValidationError,
} from './errors.js';
export type { CallOptions, PaymatchOptions } from './transport.js';
export { verifyWebhook, type VerifyOptions, type WebhookHeaders } from './webhooks.js';
