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

export interface Services {
  readonly services: {
    readonly name: string;
    readonly instance: string;
    readonly version: string;
    readonly since: string;
    readonly told_at: string;
    readonly ready: boolean;
    readonly reasons: string[];
  }[];
  readonly lags: {
    readonly kind: 'consumer' | 'relay';
    readonly name: string;
    readonly rows: number;
    readonly seconds: number | null;
  }[];
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
  readonly advice_code: 'own-database' | 'none-yet' | 'old' | null;
  readonly backups: {
    readonly folder: string;
    readonly at: string;
    readonly size_bytes: number;
    readonly version: string;
    readonly took_seconds: number;
  }[];
}
export interface InstallationSetting {
  readonly name: string;
  readonly doc: string;
  readonly is_secret: boolean;
  readonly is_set: boolean;
  readonly value: string | null;
  readonly default: string | null;
}
export type UnknownText = components['schemas']['StoredMessage'] & {
  readonly merchant_id: string;
  readonly livemode: boolean;
};
export interface OperatorNotifications {
  readonly emails: string[];
  readonly url: string | null;
  readonly quiet_hours: { readonly from: string; readonly to: string; readonly zone: string } | null;
  readonly mail_is_sent: boolean;
}

interface AwaitedPaths {
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
