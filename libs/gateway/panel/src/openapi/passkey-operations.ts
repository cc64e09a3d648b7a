import { bodySchema, common, json, type ApiAnswers, type ApiOperation, type JsonSchema } from '@paymatch/gateway-edge';
import { AddPasskeyDto, UsePasskeyDto } from '../people/passkeys.dto.js';
import { dataOf, listOf, noFields, problem, sets, shows } from './panel-answers.js';

const tag = 'People';
const passkey = json.object({
  id: common.uuid,
  name: json.text(),
  created_at: common.moment,
  last_used_at: json.orNull(common.moment),
});
const credential = json.object(
  { id: json.text(), type: json.text({ const: 'public-key' }), transports: json.list(json.text()) },
  { optional: ['transports'] },
);

/** For `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
const creationOptions = json.object(
  {
    challenge: json.text(),
    rp: json.object({ id: json.text(), name: json.text() }),
    user: json.object({ id: json.text(), name: json.text(), displayName: json.text() }),
    pubKeyCredParams: json.list(json.object({ alg: json.integer(), type: json.text({ const: 'public-key' }) })),
    timeout: json.integer(),
    attestation: json.text(),
    excludeCredentials: json.list(credential),
    authenticatorSelection: json.map({}),
    extensions: json.map({}),
    hints: json.list(json.text()),
  },
  { optional: ['extensions', 'hints'] },
);

/** For `PublicKeyCredential.parseRequestOptionsFromJSON()`. */
const requestOptions = json.object(
  {
    challenge: json.text(),
    rpId: json.text(),
    timeout: json.integer(),
    userVerification: json.text(),
    allowCredentials: json.list(credential),
    extensions: json.map({}),
    hints: json.list(json.text()),
  },
  { optional: ['allowCredentials', 'extensions', 'hints'] },
);

const wrongPasskey: ApiAnswers = {
  401: problem('Not signed in, or the passkey is unknown or its answer not right.', [
    'authentication-error',
    'sign-in-refused',
  ]),
};
const bySession = (operation: ApiOperation, answers: ApiAnswers = {}): ApiOperation => ({
  ...operation,
  security: ['session'],
  answers: { ...operation.answers, ...answers },
});
const makes = (operation: ApiOperation): ApiOperation => {
  const { 200: made, ...others } = operation.answers;
  return bySession({ ...operation, answers: { 201: made!, ...others } });
};

interface Words {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
}

const asks = (words: Words, answer: JsonSchema, conflicts: readonly string[]): ApiOperation =>
  bySession(sets({ method: 'post', tag, ...words, body: noFields, answer: dataOf(answer), refusals: { conflicts } }));

const answers = (words: Words, answer: JsonSchema): ApiOperation =>
  bySession(
    sets({
      method: 'post',
      tag,
      ...words,
      body: { schema: bodySchema(UsePasskeyDto, 'refused'), isRequired: true },
      answer,
    }),
    wrongPasskey,
  );

const ownPasskeys: readonly ApiOperation[] = [
  bySession(
    shows({
      path: '/api/panel/v1/me/passkeys',
      id: 'listPasskeys',
      tag,
      summary: 'One’s own passkeys',
      answer: listOf(passkey),
    }),
  ),
  asks(
    {
      path: '/api/panel/v1/me/passkeys/options',
      id: 'beginPasskey',
      summary: 'What the browser needs to make a passkey; good once, within five minutes, in this session',
    },
    creationOptions,
    ['passkeys-need-a-name'],
  ),
  makes(
    sets({
      method: 'post',
      path: '/api/panel/v1/me/passkeys',
      id: 'addPasskey',
      tag,
      summary: 'Keep the passkey that the browser made',
      body: { schema: bodySchema(AddPasskeyDto, 'refused'), isRequired: true },
      answer: dataOf(passkey),
      refusals: { conflicts: ['passkeys-need-a-name', 'passkey-exists', 'too-many-passkeys'] },
    }),
  ),
  bySession(
    sets({
      method: 'delete',
      path: '/api/panel/v1/me/passkeys/:id',
      id: 'removePasskey',
      tag,
      summary: 'Remove one of one’s own passkeys',
      body: noFields,
      answer: dataOf({ type: 'null' }),
    }),
  ),
];

/** `session` is who is signed in, as everywhere. */
export function passkeyOperations(session: JsonSchema): readonly ApiOperation[] {
  return [
    ...ownPasskeys,
    asks(
      {
        path: '/api/panel/v1/session/passkey/options',
        id: 'beginPasskeySignIn',
        summary: 'What the browser needs to sign in by any passkey of this gateway',
      },
      requestOptions,
      ['passkeys-need-a-name'],
    ),
    answers(
      {
        path: '/api/panel/v1/session/passkey',
        id: 'signInByPasskey',
        summary: 'Sign in by passkey, which is two factors in one; the answer sets the session’s cookie',
      },
      dataOf(session),
    ),
    asks(
      {
        path: '/api/panel/v1/session/step-up/passkey/options',
        id: 'beginPasskeyStepUp',
        summary: 'What the browser needs to prove by passkey once more who is there',
      },
      requestOptions,
      ['passkeys-need-a-name', 'no-passkey'],
    ),
    answers(
      {
        path: '/api/panel/v1/session/step-up/passkey',
        id: 'stepUpByPasskey',
        summary: 'Prove by passkey once more who is there',
      },
      dataOf(json.object({ step_up_until: common.moment })),
    ),
  ];
}
