import type { AccountType } from '@paymatch/contracts';

/** What a key may do (contract A, key abilities), and `account:write` for the merchant's own settings (panel API). */
export const abilities = [
  'payments:read',
  'payments:write',
  'payments:refund',
  'customers:read',
  'customers:write',
  'account:write',
] as const;
export type Ability = (typeof abilities)[number];

/** Who calls: known from the credential alone, never from a body or a path. */
export interface Caller {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly keyId: string;
  /** Whose key it is, where whoever issued it said so: the name under which a person's decisions are kept. */
  readonly keyName?: string | null;
  readonly abilities: ReadonlySet<Ability>;
  readonly rateLimitPerMinute: number;
  readonly merchant: Merchant;
}

/** A merchant in one mode: what is set with a test key never holds for live money. */
export interface MerchantKey {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** What a merchant sets for one mode. */
export interface MerchantSettings {
  readonly name: string;
  /** How long a wallet payment stays pending, minutes; 30 unless set. */
  readonly expiryMinutes: number;
  /** How far a credit may differ from the amount, minor units; 0 unless set. */
  readonly amountToleranceMinor: number;
  /** Browser origins (`https://shop.example.com`) that may call with this merchant's keys; none unless set. */
  readonly allowedOrigins?: readonly string[];
  /** What a repeated `invoice_number` is answered with (contract A, last table); `conflict` unless set. */
  readonly repeatedInvoiceNumber: RepeatedInvoiceNumber;
}

export const repeatedInvoiceNumbers = ['conflict', 'existing'] as const;
export type RepeatedInvoiceNumber = (typeof repeatedInvoiceNumbers)[number];

export interface Merchant extends MerchantSettings {
  readonly id: string;
  readonly status: 'active' | 'suspended';
}

export interface Wallet {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly provider: string;
  readonly number: string;
  readonly accountType: AccountType;
  readonly status: 'active' | 'closed';
}

export interface Device {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly name: string;
  /** Plain secret with which the device signs; kept encrypted at rest. */
  readonly secret: string;
  /** The secret before the last rotation, which signs until that moment too. */
  readonly previousSecret?: { readonly secret: string; readonly until: Date };
  readonly status: 'active' | 'revoked';
  /** Which wallets' messages this device forwards; `simSlot` null = any slot. */
  readonly wallets: readonly { readonly walletId: string; readonly simSlot: number | null }[];
}

export interface Merchants {
  /** What is given holds for both modes until it is changed in one. */
  create(merchant: { readonly name: string } & Partial<MerchantSettings>): Promise<{ readonly id: string }>;
  find(key: MerchantKey): Promise<Merchant | null>;
}

/** What only the operator and the merchant's own settings page need. Injected under `MERCHANTS`. */
export interface MerchantsAdmin extends Merchants {
  /** Seen by every instance when its cached keys run out (5 s). `null` when there is no such merchant. */
  update(key: MerchantKey, changes: Partial<MerchantSettings>): Promise<Merchant | null>;
  /** The operator's word; holds in both modes. */
  setStatus(merchantId: string, status: Merchant['status']): Promise<void>;
}

export interface ApiKeys {
  /** The key's text is returned once and kept only as prefix + keyed hash. Without `abilities` it gets every one but `account:write`. */
  issue(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly name?: string;
    readonly abilities?: readonly Ability[];
    readonly rateLimitPerMinute?: number;
    readonly expiresAt?: Date;
  }): Promise<{ readonly keyId: string; readonly key: string }>;
  /** `null` for a missing, unknown, revoked or expired key. */
  authenticate(key: string): Promise<Caller | null>;
  revoke(merchantId: string, keyId: string): Promise<void>;
}

/** A key as it may be shown: without the key. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string | null;
  readonly prefix: string;
  readonly livemode: boolean;
  readonly abilities: readonly Ability[];
  readonly rateLimitPerMinute: number;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly createdAt: string;
}

/** Injected under `API_KEYS`. */
export interface ApiKeysAdmin extends ApiKeys {
  /** Newest first, revoked ones included. */
  list(merchantId: string, livemode: boolean): Promise<readonly ApiKeyView[]>;
}

export interface Wallets {
  add(wallet: Omit<Wallet, 'id' | 'status'>): Promise<Wallet>;
  active(merchantId: string, livemode: boolean): Promise<readonly Wallet[]>;
  find(walletId: string): Promise<Wallet | null>;
}

/** Injected under `WALLETS`. */
export interface WalletsAdmin extends Wallets {
  /** Closed ones included, newest first. */
  list(merchantId: string, livemode: boolean): Promise<readonly Wallet[]>;
  /** `null` when that merchant has no such wallet in that mode; closing a closed one changes nothing. */
  close(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly walletId: string;
  }): Promise<Wallet | null>;
}

/** A device as it may be shown. */
export type DeviceView = Omit<Device, 'secret' | 'previousSecret'>;

export interface DeviceKey {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly deviceId: string;
}

/** Who a phone will be once it hands in the code. */
export interface NewDevice {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly name: string;
  readonly wallets: Device['wallets'];
}

export interface IssuedCode {
  readonly enrolmentId: string;
  readonly code: string;
  readonly expiresAt: Date;
}

export interface Devices {
  enrol(device: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly name: string;
    readonly wallets: Device['wallets'];
  }): Promise<Device>;
  find(deviceId: string): Promise<Device | null>;
}

/** Injected under `DEVICES`. */
export interface DevicesAdmin extends Devices {
  /** Revoked ones included, newest first; without their secrets. */
  list(merchantId: string, livemode: boolean): Promise<readonly DeviceView[]>;
  /** `false` when that merchant has no such device in that mode. */
  revoke(key: DeviceKey): Promise<boolean>;
  /** A new secret; the old one ends now, or works on until `overlapUntil`. `null` when that merchant has no such active device in that mode. */
  rotate(key: DeviceKey, overlapUntil: Date | null): Promise<Device | null>;
}

/** One-time codes by which phones enrol themselves. Injected under `DEVICE_ENROLMENTS`. */
export interface DeviceEnrolments {
  /** The code's text is returned once and kept only as a keyed hash. Throws `AccessRefusal` for another's wallet, or when too many codes are open. */
  issue(device: NewDevice): Promise<IssuedCode>;
  /** Makes the device, once per code; `null` for a code that is unknown, used or too old. `name` replaces the one the code was issued with. */
  redeem(code: string, name: string | null): Promise<Device | null>;
}

/** What access refuses: the message is meant for the caller, `field` names what is wrong with the request. */
export class AccessRefusal extends Error {
  override readonly name = 'AccessRefusal';
  constructor(
    readonly code: 'WALLET_EXISTS' | 'WALLET_NOT_FOUND' | 'MERCHANT_NOT_FOUND' | 'TOO_MANY_CODES',
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

export const GATEWAY_DATABASE = Symbol('GatewayDatabase');
export const MERCHANTS = Symbol('Merchants');
export const API_KEYS = Symbol('ApiKeys');
export const WALLETS = Symbol('Wallets');
export const DEVICES = Symbol('Devices');
export const DEVICE_ENROLMENTS = Symbol('DeviceEnrolments');
