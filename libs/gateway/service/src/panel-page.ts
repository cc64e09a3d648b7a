import { referencePage } from '@paymatch/gateway-api-docs';
import { panelApi } from '@paymatch/gateway-panel';

const opening = `Made from the routes' own description by \`node scripts/openapi.mjs\`; a test fails when this page is out of date. Field by field, with every answer: [openapi/panel.json](openapi/panel.json), which a running gateway serves at \`/openapi/panel.json\` and shows at \`/docs\`.

All routes stand below \`/api/panel/v1/\`. A program sends \`Authorization: Bearer\` with an API key that has \`account:write\` ("key" below). Everything is of the key's mode: what is set with a test key never holds for live money.

* Answers are \`{"data": …}\`; errors are problem details, by code in [errors](errors.md). Besides what the table says, any route may answer 401, 403, 404, 422, 429 and 503, as described there.
* A field with \`?\` may be left out. Fields that a route does not know are refused.
* A POST with an \`Idempotency-Key\` is done once; the same key and body get the same answer for a day.
* How webhooks behave: [webhook endpoints](webhook-endpoints.md); phones: [device API](device-api.md); accounts and rates of Brazil: [contract B](contract-b.md). What an operator does with all this: [operate it](../how-to/operate.md).`;

/** docs/reference/panel-api.md, to the letter. */
export function panelPage(): string {
  return referencePage(panelApi, {
    title: 'Panel API',
    opening,
    prefix: '/api/panel/v1/',
    whoMay: () => 'key',
  });
}
