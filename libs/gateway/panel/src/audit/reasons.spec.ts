import type { JsonSchema } from '@paymatch/gateway-edge';
import type { Permission } from '@paymatch/gateway-people';
import { panelApi } from '../openapi/panel.api.js';
import { PANEL_PREFIX, panelRoutes } from '../panel-routes.js';

const TOUCHING: readonly Permission[] = [
  ...(['money:decide', 'money:by-hand', 'keys:write', 'phones:write'] as const),
  ...(['people:write', 'operator:write', 'customers:erase'] as const),
];

/** What may be done with money or access without saying why. */
const needNoReason: Readonly<Record<string, string>> = {
  'POST api-keys': 'gives no more than its maker has, under a name',
  'POST api-keys/:id/roll': 'the same holder goes on with the same abilities',
  'POST oauth-clients': 'gives what every credential gives',
  'POST device-alerts/:id/dismiss': 'moves no money and lets nobody in',
  'POST parked-messages/:id/replay': 'is tried as it would have been',
  'POST operator/parked-messages/:id/replay': 'is tried as it would have been',
  'POST review-cases/:id/complete': 'a reason, or the note of the money that is entered',
  'POST review-cases/:id/hand-over': 'says whose work it is, and moves nothing',
  'POST review-cases/:id/confirm': 'the word of a second person on the note of the first',
  'POST bank-statements': 'the bank says what it is',
  'POST bank-statements/preview': 'changes nothing',
  'POST people/invitations': 'lets nobody in yet; who it is and as what stands in it',
  'DELETE people/invitations/:id': 'takes back what let nobody in',
  'POST operator/merchants': 'makes a new one',
  'PATCH operator/notifications': 'who is told, and when',
  'POST operator/notifications/test': 'tells whom it would tell',
  'POST operator/notifications/rotate-secret': 'signs what is told, and lets nobody in',
  'PATCH operator/merchants/:id': 'its name or plan',
  'POST operator/merchants/:id/resume': 'ends what was begun with a reason',
  'POST operator/merchants/:id/invitations': 'lets nobody in yet',
};

/** Whether what is sent must say why: by a reason, or the note of money that is entered. */
function asksWhy(route: string): boolean {
  const [method = '', path = ''] = route.split(' ');
  const operation = panelApi.operations.find(
    (each) => each.method === method.toLowerCase() && each.path === `${PANEL_PREFIX}${path}`,
  );
  const schema = operation?.body?.schema as (JsonSchema & { readonly required?: readonly string[] }) | undefined;
  return operation?.body?.isRequired === true && ['reason', 'note'].some((name) => schema?.required?.includes(name));
}

describe('whoever touches money or access', () => {
  it('says why, or it is said here why that is not asked', () => {
    const touching = [...panelRoutes].filter(
      ([route, { permission }]) => !route.startsWith('GET ') && TOUCHING.includes(permission),
    );
    const silent = touching.map(([route]) => route).filter((route) => !asksWhy(route));
    expect(silent.sort()).toEqual(Object.keys(needNoReason).sort());
  });
});
