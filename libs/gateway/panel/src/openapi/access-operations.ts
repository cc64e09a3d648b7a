import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { merchantRoles } from '@paymatch/gateway-people';
import { ChangeMerchantOfOperatorDto, CreateMerchantDto, InviteOwnerDto } from '../people/operator.dto.js';
import { ChangeRoleDto, InviteDto } from '../people/people.dto.js';
import { dataOf, does, noFields, sets, shows, why } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const tag = 'People';
const nothing = dataOf({ type: 'null' });
const orNullText = json.orNull(json.text());
const orNullMoment = json.orNull(common.moment);
const role = json.words(merchantRoles);
const after = { after: { schema: common.uuid, description: 'The `next` of the page before.' }, ...limitQuery };

const invitation = dataOf(
  json.object({
    id: common.uuid,
    url: json.text({ description: 'Leads in once, within three days; shown this once.' }),
    expires_at: common.moment,
    is_mailed: json.flag({ description: 'Whether a mail server took it; where not, hand the link over yourself.' }),
  }),
);

export const bySession = (operation: ApiOperation): ApiOperation => ({ ...operation, security: ['session'] });

const people: readonly ApiOperation[] = [
  bySession(
    shows({
      path: '/api/panel/v1/people',
      id: 'listPeople',
      tag,
      summary: 'Who works for the merchant, and who is invited',
      answer: json.object({
        data: json.list(
          json.object({
            user_id: common.uuid,
            name: json.text(),
            email: json.text(),
            role,
            totp_enabled: json.flag(),
            last_seen_at: orNullMoment,
          }),
        ),
        invitations: json.list(json.object({ id: common.uuid, email: json.text(), role, expires_at: common.moment })),
      }),
    }),
  ),
  bySession(
    does({
      status: 201,
      path: '/api/panel/v1/people/invitations',
      id: 'invitePerson',
      tag,
      summary: 'Invite somebody; an earlier invitation of the same address ends',
      body: { schema: bodySchema(InviteDto, 'refused'), isRequired: true },
      answer: invitation,
    }),
  ),
  bySession(
    sets({
      method: 'delete',
      path: '/api/panel/v1/people/invitations/:id',
      id: 'withdrawInvitation',
      tag,
      summary: 'Take an invitation back',
      body: noFields,
      answer: nothing,
    }),
  ),
  bySession(
    sets({
      method: 'patch',
      path: '/api/panel/v1/people/:id',
      id: 'changeRole',
      tag,
      summary: 'Give somebody another role; their sessions end',
      body: { schema: bodySchema(ChangeRoleDto, 'refused'), isRequired: true },
      answer: nothing,
      refusals: { conflicts: ['last-owner'] },
    }),
  ),
  bySession(
    sets({
      method: 'delete',
      path: '/api/panel/v1/people/:id',
      id: 'removePerson',
      tag,
      summary: 'Take somebody out; their sessions end',
      body: why,
      answer: nothing,
      refusals: { conflicts: ['last-owner'] },
    }),
  ),
];

export const entryFields = {
  id: common.uuid,
  at: common.moment,
  mode: json.orNull(json.words(['live', 'test'])),
  who: json.object({
    user_id: json.orNull(common.uuid),
    key_id: json.orNull(common.uuid),
    name: json.text({ description: 'The person’s address, or the key’s name.' }),
  }),
  address: json.text(),
  action: json.text(),
  subject: orNullText,
  before: {},
  after: {},
  reason: orNullText,
  request_id: json.text(),
  status: json.orNull(json.integer({ description: 'How it was answered; `null`: the process ended before it was.' })),
};
const entry = json.named('AuditEntry', json.object(entryFields));

export const auditQuery = {
  action: { schema: json.text() },
  user_id: { schema: common.uuid },
  ...after,
};

const audit: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/audit',
    id: 'listAudit',
    tag,
    summary: 'Who changed what, newest first',
    query: auditQuery,
    answer: json.object({ data: json.list(entry), next: json.orNull(common.uuid) }),
  }),
  csv(
    shows({
      path: '/api/panel/v1/audit.csv',
      id: 'exportAudit',
      tag,
      summary: 'The same as CSV, in UTC',
      query: { action: { schema: json.text() }, user_id: { schema: common.uuid } },
      answer: json.text(),
    }),
  ),
];

export function csv(operation: ApiOperation): ApiOperation {
  const { answers } = operation;
  return { ...operation, answers: { ...answers, 200: { ...answers[200]!, contentType: 'text/csv' } } };
}

const listed = {
  id: common.uuid,
  name: json.text(),
  status: json.words(['active', 'suspended']),
  created_at: common.moment,
  plan: json.orNull(json.object({ id: json.text(), until: orNullMoment })),
};
const merchant = json.named('ListedMerchant', json.object(listed));
const place = '/api/panel/v1/operator/merchants';
const plan = json.named(
  'Plan',
  json.object({
    id: json.text(),
    price: json.orNull(json.text({ description: 'For people; nothing is charged here.' })),
    payments_per_month: json.orNull(json.integer({ description: 'Live payments; `null`: without limit.' })),
    wallets_max: json.orNull(json.integer()),
    phones_max: json.orNull(json.integer()),
  }),
);

const merchantDetail = json.named(
  'MerchantDetail',
  json.object({
    ...listed,
    limits: json.orNull(plan),
    usage: json.object({
      payments_this_month: json.integer({ description: 'Live payments since the month began, in UTC.' }),
      wallets: json.integer(),
      phones: json.integer(),
    }),
    suspension_reason: orNullText,
  }),
);

const operator: readonly ApiOperation[] = [
  bySession(
    shows({
      path: place,
      id: 'listMerchants',
      tag,
      summary: 'The merchants of the installation, newest first',
      query: {
        q: { schema: json.text({ maxLength: 100 }), description: 'A part of the name, or the id.' },
        status: { schema: json.words(['active', 'suspended']) },
        ...after,
      },
      answer: json.object({ data: json.list(merchant), next: json.orNull(common.uuid) }),
    }),
  ),
  bySession(
    shows({
      path: '/api/panel/v1/operator/plans',
      id: 'listPlans',
      tag,
      summary: 'The plans that merchants may have',
      answer: dataOf(json.list(plan)),
    }),
  ),
  bySession(
    shows({
      path: `${place}/:id`,
      id: 'showMerchantToOperator',
      tag,
      summary: 'One merchant, with its plan and what it uses of it',
      answer: dataOf(merchantDetail),
    }),
  ),
  bySession(
    does({
      status: 201,
      path: place,
      id: 'createMerchant',
      tag,
      summary: 'Make a merchant, with a first test key',
      body: { schema: bodySchema(CreateMerchantDto, 'refused'), isRequired: true },
      answer: dataOf(json.object({ ...listed, test_key: json.text({ description: 'Shown this once.' }) })),
    }),
  ),
  bySession(
    sets({
      method: 'patch',
      path: `${place}/:id`,
      id: 'changeMerchantOfOperator',
      tag,
      summary: 'Name a merchant, or give it a plan',
      body: { schema: bodySchema(ChangeMerchantOfOperatorDto, 'refused'), isRequired: false },
      answer: dataOf(merchant),
    }),
  ),
  ...(['suspend', 'resume'] as const).map((word) =>
    bySession(
      sets({
        method: 'post',
        path: `${place}/:id/${word}`,
        id: `${word}Merchant`,
        tag,
        summary: word === 'suspend' ? 'Suspend a merchant, with a reason' : 'Let a suspended merchant go on',
        body: word === 'suspend' ? why : noFields,
        answer: dataOf(merchant),
      }),
    ),
  ),
  bySession(
    does({
      status: 201,
      path: `${place}/:id/invitations`,
      id: 'inviteOwner',
      tag,
      summary: 'Invite somebody as the owner',
      body: { schema: bodySchema(InviteOwnerDto, 'refused'), isRequired: true },
      answer: invitation,
    }),
  ),
  bySession(
    sets({
      method: 'post',
      path: `${place}/:id/enter`,
      id: 'enterMerchant',
      tag,
      summary: 'Look at a merchant for an hour; its log shows who and why',
      body: why,
      answer: dataOf(json.object({ ends_at: common.moment })),
    }),
  ),
];

export const accessOperations: readonly ApiOperation[] = [...people, ...audit, ...operator];
