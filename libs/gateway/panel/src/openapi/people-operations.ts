import { bodySchema, common, json, type ApiAnswers, type ApiOperation } from '@paymatch/gateway-edge';
import { languages, merchantRoles } from '@paymatch/gateway-people';
import {
  ChangeMeDto,
  ChangePasswordDto,
  ConfirmTotpDto,
  LookAtLinkDto,
  SetupDto,
  SignInDto,
  StepUpDto,
} from '../people/people.dto.js';
import { passkeyOperations } from './passkey-operations.js';
import { dataOf, listOf, noFields, problem, sets, shows } from './panel-answers.js';

export const tag = 'People';
export const nothing = dataOf({ type: 'null' });
const orNullMoment = json.orNull(common.moment);

export const session = json.named(
  'Session',
  json.object({
    user: json.object({
      id: common.uuid,
      name: json.text(),
      email: json.text(),
      language: json.words(languages),
      totp_enabled: json.flag(),
      has_passkey: json.flag(),
    }),
    csrf_token: json.text({ description: 'For `X-CSRF-Token` of everything that changes something.' }),
    is_operator: json.flag(),
    merchants: json.list(
      json.object({
        id: common.uuid,
        name: json.text(),
        status: json.words(['active', 'suspended']),
        role: json.words([...merchantRoles, 'operator']),
        until: { ...orNullMoment, description: 'Of a merchant that an operator has entered: until when.' },
      }),
    ),
    step_up_until: orNullMoment,
    expires_at: common.moment,
  }),
);

const openSession = json.named(
  'OpenSession',
  json.object({
    id: common.uuid,
    is_this_one: json.flag(),
    address: json.text(),
    agent: json.text({ description: 'The browser’s own word.' }),
    created_at: common.moment,
    last_seen_at: common.moment,
    expires_at: common.moment,
  }),
);

/** What a wrong password is answered, the same whether the account exists or not. */
export const wrongPassword: ApiAnswers = {
  401: problem('Not signed in, or the address or the password is not right.', [
    'authentication-error',
    'sign-in-refused',
  ]),
};
/** The same, and where the account has an authenticator. */
const wrongCode: ApiAnswers = {
  401: problem('Not signed in, or the address, the password or the code is not right.', [
    'authentication-error',
    'sign-in-refused',
    'code-required',
  ]),
};
export const linkOver: ApiAnswers = {
  410: problem('The link has been used, or its time is over.', ['link-used-or-expired']),
};

export const bySession = (operation: ApiOperation, answers: ApiAnswers): ApiOperation => ({
  ...operation,
  security: ['session'],
  answers: { ...operation.answers, ...answers },
});

const sessions: readonly ApiOperation[] = [
  bySession(
    shows({
      path: '/api/panel/v1/session',
      id: 'getSession',
      tag,
      summary: 'Who is signed in, and where they belong',
      answer: dataOf(session),
    }),
    {},
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/session',
      id: 'signIn',
      tag,
      summary: 'Sign in; the answer sets the session’s cookie',
      body: { schema: bodySchema(SignInDto, 'refused'), isRequired: true },
      answer: dataOf(session),
    }),
    wrongCode,
  ),
  bySession(
    sets({
      method: 'delete',
      path: '/api/panel/v1/session',
      id: 'signOut',
      tag,
      summary: 'Sign out',
      answer: nothing,
    }),
    {},
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/session/step-up',
      id: 'stepUp',
      tag,
      summary: 'Prove once more who is there, before money, secrets or people are touched',
      body: { schema: bodySchema(StepUpDto, 'refused'), isRequired: true },
      answer: dataOf(json.object({ step_up_until: common.moment })),
    }),
    wrongCode,
  ),
  bySession(
    shows({
      path: '/api/panel/v1/sessions',
      id: 'listSessions',
      tag,
      summary: 'One’s own sessions, newest first',
      answer: listOf(openSession),
    }),
    {},
  ),
  bySession(
    sets({
      method: 'delete',
      path: '/api/panel/v1/sessions/:id',
      id: 'endSession',
      tag,
      summary: 'End one of one’s own sessions',
      body: noFields,
      answer: nothing,
    }),
    {},
  ),
];

const links: readonly ApiOperation[] = [
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/setup/look',
      id: 'lookAtLink',
      tag,
      summary: 'What a link gives, before it is used',
      body: { schema: bodySchema(LookAtLinkDto, 'refused'), isRequired: true },
      answer: dataOf(
        json.object({
          kind: json.words(['operator', 'invitation']),
          email: json.orNull(json.text()),
          merchant_name: json.orNull(json.text()),
          role: json.orNull(json.words(merchantRoles)),
          has_account: json.flag(),
          expires_at: common.moment,
        }),
      ),
    }),
    linkOver,
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/setup',
      id: 'useLink',
      tag,
      summary: 'Come in by a link: with a new account, or with the one that has this address',
      body: { schema: bodySchema(SetupDto, 'refused'), isRequired: true },
      answer: dataOf(session),
      refusals: { conflicts: ['person-exists'] },
    }),
    { ...wrongCode, ...linkOver },
  ),
];

const authenticator: readonly ApiOperation[] = [
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/me/totp',
      id: 'beginTotp',
      tag,
      summary: 'A secret for an authenticator, which asks for nothing before it is confirmed',
      body: noFields,
      answer: dataOf(json.object({ secret: json.text(), otpauth_uri: json.text(), qr_svg: json.text() })),
      refusals: { conflicts: ['totp-in-use'] },
    }),
    {},
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/me/totp/confirm',
      id: 'confirmTotp',
      tag,
      summary: 'Use the authenticator from now on; other sessions end',
      body: { schema: bodySchema(ConfirmTotpDto, 'refused'), isRequired: true },
      answer: dataOf(
        json.object({ recovery_codes: json.list(json.text({ description: 'Good once; shown this once.' })) }),
      ),
    }),
    wrongCode,
  ),
  bySession(
    sets({
      method: 'delete',
      path: '/api/panel/v1/me/totp',
      id: 'removeTotp',
      tag,
      summary: 'Remove the authenticator and its recovery codes',
      body: noFields,
      answer: nothing,
    }),
    {},
  ),
];

const self: readonly ApiOperation[] = [
  bySession(
    sets({
      method: 'patch',
      path: '/api/panel/v1/me',
      id: 'changeMe',
      tag,
      summary: 'Change one’s own name and language; what is absent stays',
      body: { schema: bodySchema(ChangeMeDto, 'refused'), isRequired: false },
      answer: dataOf(session),
    }),
    {},
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/me/password',
      id: 'changePassword',
      tag,
      summary: 'Choose another password; every other session ends',
      body: { schema: bodySchema(ChangePasswordDto, 'refused'), isRequired: true },
      answer: dataOf(session),
    }),
    wrongPassword,
  ),
];

export const peopleOperations: readonly ApiOperation[] = [
  ...sessions,
  ...links,
  ...self,
  ...authenticator,
  ...passkeyOperations(session),
];
