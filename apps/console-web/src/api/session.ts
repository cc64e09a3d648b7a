import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { ask, keepCsrfToken, panelClient } from './client';
import { asProblem } from './problem';
import type { paths } from './panel-api';

type SessionAnswer = paths['/api/panel/v1/session']['get']['responses'][200]['content']['application/json'];
export type Session = SessionAnswer['data'];
export type Membership = Session['merchants'][number];

export const sessionKey = ['session'] as const;

/** Whoever is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async (): Promise<Session | null> => {
    try {
      return keepSession(await ask(panelClient(null).GET('/api/panel/v1/session')));
    } catch (error) {
      if (asProblem(error).status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export function keepSession({ data }: SessionAnswer): Session {
  keepCsrfToken(data.csrf_token);
  return data;
}

/** Under the key that every change outside of a shop asks for anew. */
export const passkeysQuery = queryOptions({
  queryKey: ['installation', 'passkeys'],
  queryFn: async () => (await ask(panelClient(null).GET('/api/panel/v1/me/passkeys'))).data,
});

/** Nothing of what somebody else was shown in this window stays. */
export function beginSession(queries: QueryClient, session: Session): void {
  queries.clear();
  queries.setQueryData(sessionKey, session);
}

/** What roles see of the console; what they may do is the gateway's to say, and it says so again. */
const seen = {
  owner: ['money', 'develop', 'manage', 'note'],
  manager: ['money', 'manage', 'note'],
  support: ['note'],
  developer: ['develop'],
  'read-only': [],
} as const satisfies Record<string, readonly string[]>;
export type Duty = 'money' | 'develop' | 'manage' | 'note';

export function mayDo(role: string | null, duty: Duty): boolean {
  return (seen[role as keyof typeof seen] as readonly Duty[] | undefined)?.includes(duty) ?? false;
}
