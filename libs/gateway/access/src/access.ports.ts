import type { AccountType } from '@paymatch/contracts';

/** What a key may do (contract A, key abilities), and `account:write` for the merchant's own settings (panel API). */
export const abilities = ['payments:read', 'payments:write', 'payments:refund', 'customers:read', 'customers:write', 'account:write'] as const;
export type Ability = (typeof abilities)[number];

/** Who calls: known from the credential alone, never from a body or a path. */
export interface Caller {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly keyId: string;
  readonly abilities: ReadonlySet<Ability>;
  readonly rateLimitPerMinute: number;
  readonly merchant: Merchant;
}

export interface Merchant {
  readonly id: string;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  /** How long a wallet payment stays pending, minutes; 30 unless set. */
  readonly expiryMinutes: number;
  /** How far a credit may differ from the amount, minor units; 0 unless set. */
  readonly amountToleranceMinor: number;
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
  readonly status: 'active' | 'revoked';
  /** Which wallets' messages this device forwards; `simSlot` null = any slot. */
  readonly wallets: readonly { readonly walletId: string; readonly simSlot: number | null }[];
}

export interface Merchants {
  create(merchant: { readonly name: string; readonly expiryMinutes?: number; readonly amountToleranceMinor?: number }): Promise<Merchant>;
  find(merchantId: string): Promise<Merchant | null>;
  /** The first merchant by creation, for "is there any yet". */
  first(): Promise<Merchant | null>;
}

export interface ApiKeys {
  /** The key's text is returned once and kept only as prefix + keyed hash. */
  issue(key: { readonly merchantId: string; readonly livemode: boolean; readonly abilities?: readonly Ability[]; readonly rateLimitPerMinute?: number; readonly expiresAt?: Date }): Promise<{ readonly keyId: string; readonly key: string }>;
  /** `null` for a missing, unknown, revoked or expired key. */
  authenticate(key: string): Promise<Caller | null>;
  revoke(merchantId: string, keyId: string): Promise<void>;
}

export interface Wallets {
  add(wallet: Omit<Wallet, 'id' | 'status'>): Promise<Wallet>;
  active(merchantId: string, livemode: boolean): Promise<readonly Wallet[]>;
  find(walletId: string): Promise<Wallet | null>;
}

export interface Devices {
  enrol(device: { readonly merchantId: string; readonly livemode: boolean; readonly name: string; readonly wallets: Device['wallets'] }): Promise<Device>;
  find(deviceId: string): Promise<Device | null>;
}

export const GATEWAY_DATABASE = Symbol('GatewayDatabase');
export const MERCHANTS = Symbol('Merchants');
export const API_KEYS = Symbol('ApiKeys');
export const WALLETS = Symbol('Wallets');
export const DEVICES = Symbol('Devices');
