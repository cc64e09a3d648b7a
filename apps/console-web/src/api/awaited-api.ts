import type { paths as panelPaths } from './panel-api';

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

export interface OperatorNotifications {
  readonly emails: string[];
  readonly url: string | null;
  readonly quiet_hours: { readonly from: string; readonly to: string; readonly zone: string } | null;
  readonly mail_is_sent: boolean;
}

interface AwaitedPaths {
  readonly '/api/panel/v1/operator/notifications': {
    readonly get: Asked<{ readonly data: OperatorNotifications }>;
    readonly patch: Changed<
      { readonly data: OperatorNotifications },
      Partial<Pick<OperatorNotifications, 'emails' | 'url' | 'quiet_hours'>>
    >;
  };
  readonly '/api/panel/v1/operator/notifications/test': { readonly post: Changed<{ readonly data: unknown }> };
}
