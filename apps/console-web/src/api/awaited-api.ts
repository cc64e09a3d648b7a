import type { components, paths as panelPaths } from './panel-api';

/** Routes on their way into the panel's document stand here beside it, until they are there. */
export type paths = panelPaths & AwaitedPaths;

interface Sent<Body, Parameters> {
  readonly parameters: Parameters & { readonly header?: never; readonly cookie?: never };
  readonly requestBody: { readonly content: { readonly 'application/json': Body } };
}
type Answered<Data> = {
  readonly responses: {
    readonly 200: {
      readonly headers: Record<string, unknown>;
      readonly content: { readonly 'application/json': Data };
    };
  };
};
type Asked<Data, Query = Record<never, never>, Path = Record<never, never>> = Answered<Data> & {
  readonly parameters: {
    readonly query?: Query;
    readonly path?: Path;
    readonly header?: never;
    readonly cookie?: never;
  };
  readonly requestBody?: never;
};
type Changed<Data, Body = Record<string, never>> = Answered<Data> & Sent<Body, { query?: never; path?: never }>;
type ChangedOne<Data, Body = Record<string, never>> = Answered<Data> & Sent<Body, { path: { id: string } }>;

export interface InstallationPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly is_operator: boolean;
  readonly totp_enabled: boolean;
  readonly passkeys: number;
  readonly last_seen_at: string | null;
  readonly merchants: { readonly id: string; readonly name: string; readonly role: string }[];
}
export type InstallationAuditEntry = components['schemas']['AuditEntry'] & {
  readonly merchant: { readonly id: string; readonly name: string } | null;
};
export interface Services {
  readonly services: {
    readonly name: string;
    readonly instance: string;
    readonly version: string;
    readonly since: string;
    readonly ready: boolean;
    readonly reasons: string[];
  }[];
  readonly lags: { readonly name: string; readonly rows: number | null; readonly seconds: number | null }[];
  readonly database: {
    readonly version: string;
    readonly size_bytes: number;
    readonly oldest_transaction_seconds: number | null;
  };
  readonly parked: { readonly group: string; readonly count: number }[];
  readonly at: string;
}
export interface Backups {
  readonly kind: 'embedded' | 'own';
  readonly folder: string | null;
  readonly advice_code: string;
  readonly backups: {
    readonly at: string;
    readonly size_bytes: number;
    readonly version: string | null;
    readonly took_seconds: number | null;
    readonly verified_at: string | null;
  }[];
}
export interface InstallationSetting {
  readonly name: string;
  readonly value: string | null;
  readonly default: string | null;
  readonly about: string;
}
export interface UnknownText {
  readonly id: string;
  readonly merchant: { readonly id: string; readonly name: string };
  readonly livemode: boolean;
  readonly sender: string;
  readonly body: string;
  readonly arrived_at: string;
}
export interface OperatorNotifications {
  readonly emails: string[];
  readonly url: string | null;
  readonly quiet_hours: { readonly from: string; readonly to: string; readonly zone: string } | null;
  readonly mail_is_sent: boolean;
}

interface AwaitedPaths {
  readonly '/api/panel/v1/api-keys/{id}/roll': {
    readonly post: ChangedOne<
      { readonly data: components['schemas']['ApiKey'] & { readonly key: string } },
      { readonly overlap_minutes: number }
    >;
  };
  readonly '/api/panel/v1/operator/people': {
    readonly get: Asked<
      { readonly data: InstallationPerson[]; readonly next: string | null },
      { readonly q?: string; readonly after?: string; readonly limit?: number }
    >;
  };
  readonly '/api/panel/v1/operator/people/{id}/reset-authenticator': {
    readonly post: ChangedOne<{ readonly data: unknown }, { readonly reason: string }>;
  };
  readonly '/api/panel/v1/operator/audit': {
    readonly get: Asked<
      { readonly data: InstallationAuditEntry[]; readonly next: string | null },
      {
        readonly action?: string;
        readonly user_id?: string;
        readonly merchant_id?: string;
        readonly after?: string;
        readonly limit?: number;
      }
    >;
  };
  readonly '/api/panel/v1/operator/services': { readonly get: Asked<{ readonly data: Services }> };
  readonly '/api/panel/v1/operator/backups': { readonly get: Asked<{ readonly data: Backups }> };
  readonly '/api/panel/v1/operator/settings': {
    readonly get: Asked<{ readonly data: InstallationSetting[] }>;
  };
  readonly '/api/panel/v1/operator/unknown-texts': {
    readonly get: Asked<
      { readonly data: UnknownText[]; readonly next: string | null },
      { readonly after?: string; readonly limit?: number }
    >;
  };
  readonly '/api/panel/v1/operator/notifications': {
    readonly get: Asked<{ readonly data: OperatorNotifications }>;
    readonly patch: Changed<
      { readonly data: OperatorNotifications },
      Partial<Pick<OperatorNotifications, 'emails' | 'url' | 'quiet_hours'>>
    >;
  };
  readonly '/api/panel/v1/operator/notifications/test': { readonly post: Changed<{ readonly data: unknown }> };
}
