import type { Tx } from '@paymatch/platform-postgres';
import type { ChargeSetting } from './gateway-charge.js';

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
  /** Of the key; where a person calls, of the person. */
  readonly keyId: string;
  /** Whose key it is, where whoever issued it said so: the name under which a person's decisions are kept. */
  readonly keyName?: string | null;
  /** The address of the person the key comes from, if one issued it, or issued the key that did. */
  readonly keyIssuedBy?: string | null;
  /** Set where somebody calls who is signed in, and no key. */
  readonly person?: SignedInPerson;
  readonly abilities: ReadonlySet<Ability>;
  readonly rateLimitPerMinute: number;
  readonly merchant: Merchant;
}

/** Who is signed in, and what they are at the merchant they called for. */
export interface SignedInPerson {
  readonly userId: string;
  readonly sessionId: string;
  /** Never changes: what somebody decides is kept under it. */
  readonly email: string;
  readonly name: string;
  readonly role: string;
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
  /** Origins and folders that customers may be sent back to; anywhere unless set. */
  readonly returnAddresses?: readonly string[];
  /** What a repeated `invoice_number` is answered with (contract A, last table); `conflict` unless set. */
  readonly repeatedInvoiceNumber: RepeatedInvoiceNumber;
  /** What is added to each order; nothing unless set. */
  readonly gatewayCharge: ChargeSetting | null;
  /** How long a Pix or bank transfer payment waits for its money, minutes; the installation's setting unless set. */
  readonly pixExpiryMinutes: number | null;
  readonly bankTransferExpiryMinutes: number | null;
}

export const repeatedInvoiceNumbers = ['conflict', 'existing'] as const;
export type RepeatedInvoiceNumber = (typeof repeatedInvoiceNumbers)[number];

export interface Merchant extends MerchantSettings {
  readonly id: string;
  readonly status: 'active' | 'suspended';
}

export interface Merchants {
  /** What is given holds for both modes until it is changed in one. */
  create(merchant: { readonly name: string } & Partial<MerchantSettings>, tx?: Tx): Promise<{ readonly id: string }>;
  find(key: MerchantKey): Promise<Merchant | null>;
  /** As it was at most two seconds ago. */
  findLately(key: MerchantKey): Promise<Merchant | null>;
}

/** What only the operator and the merchant's own settings page need. Injected under `MERCHANTS`. */
export interface MerchantsAdmin extends Merchants {
  /** Seen by every instance when its cached keys run out (1 s). `null` when there is no such merchant. */
  update(key: MerchantKey, changes: Partial<MerchantSettings>): Promise<Merchant | null>;
  /** The operator's word; holds in both modes. */
  setStatus(merchantId: string, status: Merchant['status'], tx?: Tx): Promise<void>;
}

export interface NewApiKey {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly name?: string;
  /** The address of the person it comes from. */
  readonly issuedBy?: string;
  readonly abilities?: readonly Ability[];
  readonly rateLimitPerMinute?: number;
  readonly expiresAt?: Date;
}

export interface ApiKeys {
  /**
   * The key's text is returned once and kept only as prefix + keyed hash. Without `abilities` it gets every one but
   * `account:write`.
   */
  issue(key: NewApiKey, tx?: Tx): Promise<{ readonly keyId: string; readonly key: string }>;
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
/** A key in the place of another: the same name, abilities, limit and end. */
export interface KeyRoll {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly keyId: string;
  /** For how long the old one still works. */
  readonly overlapMs: number;
  readonly issuedBy?: string;
}

export interface ApiKeysAdmin extends ApiKeys {
  /** Newest first, revoked ones included. */
  list(merchantId: string, livemode: boolean): Promise<readonly ApiKeyView[]>;
  /** `null` where there is no such key that still works. */
  roll(order: KeyRoll): Promise<{ readonly keyId: string; readonly key: string } | null>;
}

export const MERCHANTS = Symbol('Merchants');
export const API_KEYS = Symbol('ApiKeys');
