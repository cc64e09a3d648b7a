import type { Caller } from '../access.ports.js';

/** A client credential as it may be shown: without its secret. */
export interface OAuthClientView {
  readonly clientId: string;
  readonly livemode: boolean;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** A credential that has proved its secret. */
export interface OAuthClient {
  readonly id: string;
  readonly livemode: boolean;
}

/** Client credentials, by which contract B's callers get their access tokens. Injected under `OAUTH_CLIENTS`. */
export interface OAuthClients {
  /** The secret is returned once and kept only as a keyed hash. Sandbox and live credentials are separate ones. */
  issue(client: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly rateLimitPerMinute?: number;
  }): Promise<{ readonly clientId: string; readonly clientSecret: string }>;
  /**
   * `false` when that merchant has no such credential. Its access tokens end with it: here at once, on other instances
   * within a second.
   */
  revoke(merchantId: string, clientId: string): Promise<boolean>;
  /** Newest first, revoked ones included. */
  list(merchantId: string, livemode: boolean): Promise<readonly OAuthClientView[]>;
  /** `null` for an unknown or revoked id and for a wrong secret. */
  verify(clientId: string, clientSecret: string): Promise<OAuthClient | null>;
  /** Who calls with tokens of this credential; `null` once it is revoked. */
  callerOf(id: string): Promise<Caller | null>;
}

export const OAUTH_CLIENTS = Symbol('OAuthClients');
