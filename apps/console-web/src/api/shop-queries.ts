import { queryOptions } from '@tanstack/react-query';
import type { Shop } from '../shell/shop';
import { ask } from './client';

/** What more than one screen asks for, so that all of them show the same answer. */
const CASES_MAX = 100;

/** Newest first. */
export function casesQuery({ api, key }: Shop, status: 'open' | 'closed', holder?: 'me') {
  return queryOptions({
    queryKey: [...key, 'cases', status, holder ?? 'anybody'],
    queryFn: async () =>
      (
        await ask(
          api.GET('/api/panel/v1/review-cases', {
            params: { query: { status, limit: CASES_MAX, ...(holder !== undefined && { holder }) } },
          }),
        )
      ).data,
  });
}

export function devicesQuery({ api, key }: Shop) {
  return queryOptions({
    queryKey: [...key, 'devices'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/devices'))).data,
  });
}

export function endpointsQuery({ api, key }: Shop) {
  return queryOptions({
    queryKey: [...key, 'endpoints'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/webhook-endpoints'))).data,
  });
}

/** With those who are invited. */
export function peopleQuery({ api, key }: Shop) {
  return queryOptions({
    queryKey: [...key, 'people'],
    queryFn: () => ask(api.GET('/api/panel/v1/people')),
  });
}

export function walletsQuery({ api, key }: Shop) {
  return queryOptions({
    queryKey: [...key, 'wallets'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/wallets'))).data,
  });
}
