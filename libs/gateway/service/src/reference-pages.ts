import { referenceTables, type ReferenceTables } from '@paymatch/gateway-api-docs';
import type { ApiDescription, ApiOperation } from '@paymatch/gateway-edge';
import { deviceApi } from '@paymatch/gateway-device';
import { fastaarApi } from '@paymatch/gateway-fastaar';
import { ownRoutes, PANEL_PREFIX, panelApi, panelRoutes } from '@paymatch/gateway-panel';
import { smartFastPayApi } from '@paymatch/gateway-smartfastpay';
import { mayDo, merchantRoles, needsStepUp, type Role } from '@paymatch/gateway-people';

const opening = `Made from the routes' own description by \`node scripts/openapi.mjs\`; a test fails when this page is out of date. Field by field, with every answer: [openapi/panel.json](openapi/panel.json), which a running gateway serves at \`/openapi/panel.json\` and shows at \`/docs\`.

All routes stand below \`/api/panel/v1/\`. A program sends \`Authorization: Bearer\` with an API key that has \`account:write\`; a person signs in and says which merchant and mode are meant. Everything is of that mode: what is set in test mode never holds for live money.

* *Who may*: "key" is such an API key, the other words are [roles of people](../how-to/people.md); "anybody" is any role. A dot: the person must have proved who they are within the last quarter of an hour.
* Answers are \`{"data": …}\`; errors are problem details, by code in [errors](errors.md). Besides what the table says, any route may answer 400, 401, 403, 404, 422, 429 and 503, as described there.
* A field with \`?\` may be left out. Fields that a route does not know are refused.
* A POST with an \`Idempotency-Key\` is done once; the same key and body get the same answer for a day.
* How webhooks behave: [webhook endpoints](webhook-endpoints.md); phones: [device API](device-api.md); accounts and rates of Brazil: [contract B](contract-b.md). What an operator does with all this: [operate it](../how-to/operate.md).`;

const roles: readonly Role[] = [...merchantRoles, 'operator'];

function whoMay({ method, path }: ApiOperation): string {
  const route = `${method.toUpperCase()} ${path.slice(PANEL_PREFIX.length)}`;
  if (ownRoutes.has(route)) return 'a person, for themselves';
  const access = panelRoutes.get(route);
  if (access === undefined) return 'key';
  const allowed = roles.filter((role) => mayDo(role, access.permission));
  const people = allowed.length === roles.length ? 'anybody' : allowed.join(', ');
  return `${access.isForPeopleOnly === true ? '' : 'key; '}${people}${needsStepUp(access.permission) ? ' ·' : ''}`;
}

/** docs/reference/panel-api.md, to the letter. */
export function panelPage(): string {
  const tables = referenceTables(panelApi, { prefix: PANEL_PREFIX, who: { heading: 'who may', of: whoMay } });
  return `# Panel API\n\n${opening}\n\n${tables}`;
}

/** What a key needs for a call of contract A. */
function abilityFor({ method, path }: ApiOperation): string {
  if (path.includes('/customers')) return method === 'get' ? '`customers:read`' : '`customers:write`';
  if (path.endsWith('/refund')) return '`payments:refund`';
  return method === 'get' ? '`payments:read`' : '`payments:write`';
}

interface PageWithCalls {
  /** Below docs/reference. */
  readonly file: string;
  readonly api: ApiDescription;
  readonly tables: ReferenceTables;
}

/** Pages written by hand that have the API's calls between two marks. */
export const pagesWithCalls: readonly PageWithCalls[] = [
  {
    file: 'contract-a.md',
    api: fastaarApi,
    tables: { prefix: '', heading: '###', who: { heading: 'the key needs', of: abilityFor } },
  },
  { file: 'contract-b.md', api: smartFastPayApi, tables: { prefix: '', heading: '###' } },
  { file: 'device-api.md', api: deviceApi, tables: { prefix: '', heading: '###' } },
];

/** The page with its calls as they are now. */
export function withCalls(text: string, { file, api, tables }: PageWithCalls): string {
  const [before, rest] = text.split('<!-- calls -->\n');
  const after = rest?.split('<!-- /calls -->')[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no <!-- calls --> and <!-- /calls -->`);
  return `${before}<!-- calls -->\n\n${referenceTables(api, tables)}\n<!-- /calls -->${after}`;
}
