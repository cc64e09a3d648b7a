import type { components, paths } from './panel-api';

type Schemas = components['schemas'];
export type ListedPayment = Schemas['ListedPayment'];
export type PaymentDetail = Schemas['PaymentDetail'];
export type ReviewCase = Schemas['ReviewCase'];
export type ReviewCaseWithPayment = Schemas['ReviewCaseWithPayment'];
export type Wallet = Schemas['Wallet'];
export type Device = Schemas['Device'];
export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type ApiKey = Schemas['ApiKey'];
export type Merchant = Schemas['Merchant'];
export type StatementReading = Schemas['StatementReading'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type StoredMessage = Schemas['StoredMessage'];
export type Today = Schemas['Today'];
export type Credit = Schemas['Credit'];
export type AuditEntry = Schemas['AuditEntry'];
export type ListedMerchant = Schemas['ListedMerchant'];
export type PaymentLink = Schemas['PaymentLink'];
export type ListedRefund = Schemas['ListedRefund'];
export type ParkedMessage = Schemas['ParkedMessage'];
export type ParkedMessageOfAny = Schemas['ParkedMessageOfAny'];
export type ExchangeRate = Schemas['ExchangeRate'];
export type WebhookAlarmContacts = Schemas['WebhookAlarmContacts'];
export type WebhookReplay = Schemas['WebhookReplay'];
export type Customer = Schemas['Customer'];
export type ApiRequest = Schemas['ApiRequest'];
export type WebhookEvent = Schemas['WebhookEvent'];

/** What a route that is read answers as `data`. */
type Shown<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': { data: infer Data } } } } };
}
  ? Data
  : never;
export type Services = Shown<'/api/panel/v1/operator/services'>;
export type Backups = Shown<'/api/panel/v1/operator/backups'>;
export type InstallationSetting = Shown<'/api/panel/v1/operator/settings'>[number];
export type UnknownText = Shown<'/api/panel/v1/operator/unknown-texts'>[number];
