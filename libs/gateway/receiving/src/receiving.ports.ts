import type { AccountType } from '@paymatch/contracts';

/** What a provider lets come to an account, minor units; `null`: not known, or without end. */
export interface WalletLimits {
  readonly paymentMinMinor: number | null;
  readonly paymentMaxMinor: number | null;
  readonly dayMaxMinor: number | null;
  readonly monthMaxMinor: number | null;
}

/** What its owner says of an account. */
export interface WalletTerms {
  /** Whose name the wallet's app shows to who sends money. */
  readonly accountName: string | null;
  readonly limits: WalletLimits;
}

export interface Wallet extends WalletTerms {
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

export type NewWallet = Omit<Wallet, 'id' | 'status' | keyof WalletTerms> & Partial<WalletTerms>;

export interface Wallets {
  add(wallet: NewWallet): Promise<Wallet>;
  active(merchantId: string, livemode: boolean): Promise<readonly Wallet[]>;
  /** As they were at most two seconds ago, or now when one of `needed` (wallets' ids) was not among them. */
  activeLately(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly needed: readonly string[];
  }): Promise<readonly Wallet[]>;
  find(walletId: string): Promise<Wallet | null>;
}

/** Injected under `WALLETS`. */
export interface WalletsAdmin extends Wallets {
  /** Closed ones included, newest first. */
  list(merchantId: string, livemode: boolean): Promise<readonly Wallet[]>;
  /** `null` when that merchant has no such wallet in that mode; closing a closed one changes nothing. */
  close(key: WalletKey): Promise<Wallet | null>;
  /** `null` when that merchant has no such wallet in that mode. */
  change(key: WalletKey, terms: WalletTerms): Promise<Wallet | null>;
}

export interface WalletKey {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly walletId: string;
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
  /** As it was at most two seconds ago; `null` when nobody has looked it up since. */
  recall(deviceId: string): Promise<Device | null>;
}

/** Injected under `DEVICES`. */
export interface DevicesAdmin extends Devices {
  /** Revoked ones included, newest first; without their secrets. */
  list(merchantId: string, livemode: boolean): Promise<readonly DeviceView[]>;
  /** `false` when that merchant has no such device in that mode. */
  revoke(key: DeviceKey): Promise<boolean>;
  /**
   * Another name, or other wallets; what is absent stays. `null` when that merchant has no such device in that mode.
   * Throws `RefusedField` for another's wallet.
   */
  change(
    key: DeviceKey,
    changes: { readonly name?: string; readonly wallets?: Device['wallets'] },
  ): Promise<DeviceView | null>;
  /**
   * A new secret; the old one ends now, or works on until `overlapUntil`. `null` when that merchant has no such active
   * device in that mode.
   */
  rotate(key: DeviceKey, overlapUntil: Date | null): Promise<Device | null>;
}

/** One-time codes by which phones enrol themselves. Injected under `DEVICE_ENROLMENTS`. */
export interface DeviceEnrolments {
  /**
   * The code's text is returned once and kept only as a keyed hash. Throws `RefusedField` for another's wallet, or when
   * too many codes are open.
   */
  issue(device: NewDevice): Promise<IssuedCode>;
  /**
   * Makes the device, once per code; `null` for a code that is unknown, used or too old. `name` replaces the one the
   * code was issued with.
   */
  redeem(code: string, name: string | null): Promise<Device | null>;
}

export const WALLETS = Symbol('Wallets');
export const DEVICES = Symbol('Devices');
export const DEVICE_ENROLMENTS = Symbol('DeviceEnrolments');
