import type { MerchantRole } from './role-table.js';

/** Languages that the console speaks. */
export const languages = ['en', 'bn', 'pt-BR'] as const;
export type PersonLanguage = (typeof languages)[number];

/** Somebody who can sign in. */
export interface Person {
  readonly id: string;
  /** Lower case; never changes, so that what was done under it stays this person's. */
  readonly email: string;
  readonly name: string;
  readonly language: PersonLanguage;
  readonly isOperator: boolean;
  readonly hasTotp: boolean;
  readonly hasPasskey: boolean;
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly language: PersonLanguage;
  readonly passwordHash: string;
  readonly isOperator: boolean;
}

/** A merchant somebody belongs to, as the list of merchants shows it. */
export interface Membership {
  readonly merchantId: string;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  readonly role: MerchantRole;
}

/** A session that holds at this moment, and whose it is. */
export interface OpenSession {
  readonly id: string;
  readonly person: Person;
  readonly csrfToken: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly stepUpUntil: Date | null;
}

/** A session as its owner sees it in a list. */
export interface SessionView {
  readonly id: string;
  readonly address: string;
  readonly agent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Where somebody signs in from. */
export interface Client {
  readonly address: string;
  /** The browser's own word. */
  readonly agent: string;
  /** Under which the log knows what was asked. */
  readonly requestId: string;
}

export type LinkKind = 'operator' | 'invitation' | 'password-reset';

/** A link that still leads in. */
export interface AccessLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly email: string | null;
  readonly merchantId: string | null;
  readonly role: MerchantRole | null;
  readonly userId: string | null;
  readonly expiresAt: Date;
}

export const EMAIL_PATTERN = "^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{1,189}$";

/** As it is kept and compared; `null` for what is no address. */
export function plainEmail(text: unknown): string | null {
  return typeof text === 'string' && new RegExp(EMAIL_PATTERN).test(text) ? text.toLowerCase() : null;
}
