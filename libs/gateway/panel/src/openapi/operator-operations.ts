import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { merchantRoles } from '@paymatch/gateway-people';
import { AllowAccountDto } from '../people/operator.dto.js';
import { auditQuery, bySession, csv, entryFields } from './access-operations.js';
import { dataOf, listOf, sets, shows, why } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const tag = 'People';
const after = { after: { schema: common.uuid, description: 'The `next` of the page before.' }, ...limitQuery };

const person = json.named(
  'InstallationPerson',
  json.object({
    id: common.uuid,
    name: json.text(),
    email: json.text(),
    is_operator: json.flag(),
    totp_enabled: json.flag(),
    passkeys: json.integer(),
    last_seen_at: json.orNull(common.moment),
    merchants: json.list(json.object({ id: common.uuid, name: json.text(), role: json.words(merchantRoles) })),
  }),
);
const entry = json.named(
  'InstallationAuditEntry',
  json.object({
    ...entryFields,
    merchant: json.orNull(json.object({ id: common.uuid, name: json.text() })),
  }),
);
const filters = { action: auditQuery.action, user_id: auditQuery.user_id, merchant_id: { schema: common.uuid } };

const accounts = listOf(
  json.object({ provider: json.text(), number: json.text({ description: 'A wallet’s number, or a Pix key.' }) }),
);

const sharing: readonly ApiOperation[] = [
  bySession(
    shows({
      path: '/api/panel/v1/operator/merchants/:id/shared-accounts',
      id: 'listSharedAccounts',
      tag,
      summary: 'Accounts that a merchant may receive on although another merchant has them',
      answer: accounts,
    }),
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/operator/merchants/:id/shared-accounts',
      id: 'allowSharedAccount',
      tag,
      summary: 'Let a merchant receive on an account that another merchant has',
      body: { schema: bodySchema(AllowAccountDto, 'refused'), isRequired: true },
      answer: accounts,
    }),
  ),
];

/** People and changes of the whole installation, for whoever runs it. */
export const operatorOperations: readonly ApiOperation[] = [
  bySession(
    shows({
      path: '/api/panel/v1/operator/people',
      id: 'listInstallationPeople',
      tag,
      summary: 'Everybody who has an account, newest first',
      query: {
        q: { schema: json.text({ maxLength: 100 }), description: 'A part of the name or of the address.' },
        ...after,
      },
      answer: json.object({ data: json.list(person), next: json.orNull(common.uuid) }),
    }),
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/operator/people/:id/reset-authenticator',
      id: 'resetAuthenticator',
      tag,
      summary: 'Take somebody’s authenticator, recovery codes and passkeys, with a reason; their sessions end',
      body: why,
      answer: dataOf(json.object({ is_mailed: json.flag({ description: 'Whether they could be told by mail.' }) })),
    }),
  ),
  bySession(
    shows({
      path: '/api/panel/v1/operator/audit',
      id: 'listInstallationAudit',
      tag,
      summary: 'Who changed what at any merchant, newest first',
      query: { ...auditQuery, merchant_id: { schema: common.uuid } },
      answer: json.object({ data: json.list(entry), next: json.orNull(common.uuid) }),
    }),
  ),
  bySession(
    csv(
      shows({
        path: '/api/panel/v1/operator/audit.csv',
        id: 'exportInstallationAudit',
        tag,
        summary: 'The same as CSV, in UTC',
        query: filters,
        answer: json.text(),
      }),
    ),
  ),
  ...sharing,
];
