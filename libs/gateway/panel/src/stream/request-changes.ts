import type { FastifyReply, FastifyRequest } from 'fastify';
import { routePattern } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import type { ChangeKind, ChangeNews } from '@paymatch/gateway-read-models';
import { PANEL_PREFIX } from '../panel-routes.js';

/** What changes when a route whose path begins so has done its work; the longest counts. */
const kinds: readonly (readonly [path: string, kind: ChangeKind])[] = [
  ['payments/:id/notes', 'note'],
  ['payments', 'payment'],
  ['review-cases', 'case'],
  ['credits', 'credit'],
  ['transfers', 'credit'],
  ['bank-statements', 'credit'],
  ['parked-messages', 'message'],
  ['device', 'phone'],
  ['webhook', 'webhook'],
  ['people', 'people'],
];

const callers = new WeakMap<FastifyRequest, Caller>();

/** Notes who changes something, until it is done. */
export function noteCaller(request: FastifyRequest, caller: Caller): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') callers.set(request, caller);
}

/** Tells everybody else of the shop what a request has changed. */
export function tellOfRequest(news: ChangeNews, request: FastifyRequest, reply: FastifyReply): void {
  const caller = callers.get(request);
  if (caller === undefined || reply.statusCode >= 400) return;
  const path = routePattern(request)?.slice(PANEL_PREFIX.length) ?? '';
  const kind = kinds.find(([beginning]) => path.startsWith(beginning))?.[1];
  if (kind === undefined) return;
  const { id = null } = request.params as { readonly id?: string };
  const change = id === null ? 'created' : 'changed';
  const { merchantId } = caller;
  // People belong to the merchant, in either mode.
  for (const livemode of kind === 'people' ? [true, false] : [caller.livemode])
    news.tell({ merchantId, livemode, kind, id, change });
}
