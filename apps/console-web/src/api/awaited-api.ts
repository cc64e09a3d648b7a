import type { paths as documented } from './panel-api';

type Call<Body, Answer, Query = never> = ([Body] extends [never]
  ? { requestBody?: never }
  : { requestBody: { content: { 'application/json': Body } } }) & {
  parameters: { query?: Query; header?: never; path?: never; cookie?: never };
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } } };
};
interface Person {
  user: { id: string; name: string; email: string; language: string | null; totp_enabled: boolean };
  csrf_token: string;
  is_operator: boolean;
  merchants: { id: string; name: string; status: string; role: string }[];
  step_up_until: string | null;
  expires_at: string;
}

/** Routes on their way into the panel's document; each goes from here when it is there. */
interface Awaited {
  '/api/panel/v1/session': {
    get: Call<never, { data: Person }>;
    post: Call<{ email: string; password: string; code?: string }, { data: Person }>;
    delete: Call<never, unknown>;
  };
  '/api/panel/v1/session/step-up': {
    post: Call<{ code?: string; password?: string }, unknown>;
  };
  '/api/panel/v1/setup': {
    get: Call<
      never,
      {
        data: {
          kind: 'operator' | 'invitation';
          email: string | null;
          merchant_name: string | null;
          role: string | null;
        };
      },
      { token: string }
    >;
    post: Call<{ token: string; name: string; email: string; password: string; language?: string }, { data: Person }>;
  };
}

export type paths = documented & Awaited;
