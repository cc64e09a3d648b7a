import type { components } from './panel-api';

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
