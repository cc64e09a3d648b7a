import type { FastifyRequest } from 'fastify';
import type { Ability } from '@paymatch/gateway-access';
import { routePattern } from '@paymatch/gateway-edge';
import type { DoorAccess, Permission } from '@paymatch/gateway-people';

export const PANEL_PREFIX = '/api/panel/v1/';

/**
 * What each route needs of whoever is signed in; which roles have it stands in `roleTable`. A key with `account:write`
 * may call every one of these. A route that is missing here is closed to people, and a test says so.
 */
const merchantRoutes: Readonly<Record<string, Permission>> = {
  'GET merchant': 'read',
  'PATCH merchant': 'shop:write',
  'GET brand': 'read',
  'PUT brand': 'shop:write',
  'GET api-keys': 'keys:read',
  'POST api-keys': 'keys:write',
  'POST api-keys/:id/revoke': 'keys:write',
  'GET oauth-clients': 'keys:read',
  'POST oauth-clients': 'keys:write',
  'POST oauth-clients/:id/revoke': 'keys:write',
  'GET wallets': 'read',
  'POST wallets': 'wallets:write',
  'POST wallets/:id/close': 'wallets:write',
  'GET pix-account': 'read',
  'PUT pix-account': 'wallets:write',
  'POST pix-account/callback': 'wallets:write',
  'GET pix-refused-entries': 'read',
  'GET bank-account': 'read',
  'PUT bank-account': 'wallets:write',
  'GET exchange-rates': 'read',
  'POST exchange-rates': 'shop:write',
  'GET devices': 'read',
  'POST devices': 'phones:enrol',
  'POST device-enrolments': 'phones:enrol',
  'POST devices/:id/revoke': 'phones:write',
  'POST devices/:id/rotate-secret': 'phones:enrol',
  'GET device-alerts': 'read',
  'POST device-alerts/:id/dismiss': 'phones:write',
  'POST parse-messages': 'notes:write',
  'GET parked-messages': 'read',
  'POST parked-messages/:id/replay': 'money:decide',
  'POST parked-messages/:id/discard': 'money:decide',
  'GET review-cases': 'read',
  'GET review-cases/:id': 'read',
  'POST review-cases/:id/assign': 'money:decide',
  'POST review-cases/:id/ignore': 'money:decide',
  'POST review-cases/:id/reject': 'money:decide',
  'POST review-cases/:id/complete': 'money:by-hand',
  'POST review-cases/:id/confirm': 'money:by-hand',
  'POST credits': 'money:by-hand',
  'POST transfers': 'money:by-hand',
  'POST bank-statements/preview': 'money:decide',
  'POST bank-statements': 'money:decide',
  'GET payments': 'read',
  'GET payments/:id': 'read',
  'GET payments/:id/timeline': 'read',
  'GET payments/:id/as-of': 'read',
  'GET payments.csv': 'read',
  'GET today': 'read',
  'GET refunds': 'read',
  'GET customers': 'read',
  'GET customers/:id': 'read',
  'GET payments/:id/notes': 'read',
  'POST payments/:id/notes': 'notes:write',
  'PATCH devices/:id': 'phones:enrol',
  'GET credits': 'read',
  'GET credits/:id': 'read',
  'GET messages': 'read',
  'GET wallets/:id/days': 'read',
  'GET reconciliation': 'read',
  'GET reconciliation.csv': 'read',
  'POST customers/:id/erase': 'customers:erase',
  'GET review-settings': 'read',
  'PATCH review-settings': 'shop:write',
  'POST payments/:id/refund': 'money:by-hand',
  'POST payments/:id/deny': 'money:by-hand',
  'POST test/payments/:id/:outcome': 'test:write',
  'POST test/messages': 'test:write',
  'GET webhook-endpoints': 'read',
  'POST webhook-endpoints': 'webhooks:write',
  'GET webhook-endpoints/:id': 'read',
  'PATCH webhook-endpoints/:id': 'webhooks:write',
  'DELETE webhook-endpoints/:id': 'webhooks:write',
  'GET webhook-endpoints/:id/secret': 'secrets:read',
  'POST webhook-endpoints/:id/rotate-secret': 'secrets:read',
  'POST webhook-endpoints/:id/replays': 'webhooks:write',
  'POST webhook-endpoints/:id/test': 'webhooks:write',
  'GET webhook-test-events/:id': 'read',
  'GET webhook-events': 'read',
  'GET webhook-replays': 'read',
  'GET webhook-replays/:id': 'read',
  'POST webhook-replays/:id/cancel': 'webhooks:write',
  'GET webhook-callback-secret': 'secrets:read',
  'POST webhook-callback-secret/rotate': 'secrets:read',
  'GET webhook-deliveries': 'read',
  'GET webhook-deliveries/:id': 'read',
  'POST webhook-deliveries/:id/retry': 'webhooks:write',
  'GET webhook-alarms': 'read',
  'GET webhook-alarm-contacts': 'read',
  'PATCH webhook-alarm-contacts': 'webhooks:write',
  'GET webhook-alarm-contacts/secret': 'secrets:read',
  'POST webhook-alarm-contacts/rotate-secret': 'secrets:read',
};

/** The same for what a key may do that is not the account's. */
const paymentRoutes: Readonly<Record<string, { readonly permission: Permission; readonly keyNeeds: Ability }>> = {
  'GET payment-links': { permission: 'read', keyNeeds: 'payments:read' },
  'POST payment-links': { permission: 'shop:write', keyNeeds: 'payments:write' },
  'GET payment-links/:id': { permission: 'read', keyNeeds: 'payments:read' },
  'PATCH payment-links/:id': { permission: 'shop:write', keyNeeds: 'payments:write' },
  'DELETE payment-links/:id': { permission: 'shop:write', keyNeeds: 'payments:write' },
};

/** The same for what concerns people and the installation, which no key may call. */
const peopleRoutes: Readonly<Record<string, Permission>> = {
  'GET stream': 'read',
  'GET audit': 'audit:read',
  'GET audit.csv': 'audit:read',
  'GET people': 'people:read',
  'POST people/invitations': 'people:write',
  'DELETE people/invitations/:id': 'people:write',
  'PATCH people/:id': 'people:write',
  'DELETE people/:id': 'people:write',
  'GET operator/merchants': 'operator:read',
  'GET operator/people': 'operator:read',
  'POST operator/people/:id/reset-authenticator': 'operator:write',
  'GET operator/audit': 'operator:read',
  'GET operator/audit.csv': 'operator:read',
  'GET operator/plans': 'operator:read',
  'GET operator/merchants/:id': 'operator:read',
  'POST operator/merchants': 'operator:write',
  'PATCH operator/merchants/:id': 'operator:write',
  'POST operator/merchants/:id/suspend': 'operator:write',
  'POST operator/merchants/:id/resume': 'operator:write',
  'POST operator/merchants/:id/invitations': 'operator:write',
  'POST operator/merchants/:id/enter': 'operator:write',
};

/** About oneself: open to everybody who is signed in, or is about to be. */
export const ownRoutes: ReadonlySet<string> = new Set([
  'GET session',
  'POST session',
  'DELETE session',
  'POST session/step-up',
  'GET sessions',
  'DELETE sessions/:id',
  'POST setup/look',
  'POST setup',
  'POST password-reset',
  'POST password-reset/confirm',
  'PATCH me',
  'POST me/password',
  'POST me/totp',
  'POST me/totp/confirm',
  'DELETE me/totp',
  'GET me/passkeys',
  'POST me/passkeys/options',
  'POST me/passkeys',
  'DELETE me/passkeys/:id',
  'POST session/passkey/options',
  'POST session/passkey',
  'POST session/step-up/passkey/options',
  'POST session/step-up/passkey',
]);

export const panelRoutes: ReadonlyMap<string, DoorAccess> = new Map<string, DoorAccess>([
  ...Object.entries(merchantRoutes).map(([route, permission]) => [route, { permission }] as const),
  ...Object.entries(paymentRoutes),
  ...Object.entries(peopleRoutes).map(([route, permission]) => [route, { permission, isForPeopleOnly: true }] as const),
]);

/** `null`: nobody has said who may call this. */
export function accessOf(request: FastifyRequest): DoorAccess | null {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const path = routePattern(request)?.slice(PANEL_PREFIX.length) ?? '';
  return panelRoutes.get(`${method} ${path}`) ?? null;
}
