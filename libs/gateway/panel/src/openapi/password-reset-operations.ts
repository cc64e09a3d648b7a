import { bodySchema, type ApiOperation } from '@paymatch/gateway-edge';
import { AskPasswordResetDto, ResetPasswordDto } from '../people/people.dto.js';
import { sets } from './panel-answers.js';
import { bySession, linkOver, nothing, tag } from './people-operations.js';

/** Taken, and done after the answer. */
function taken(operation: ApiOperation): ApiOperation {
  const { 200: done, ...others } = operation.answers;
  return { ...operation, answers: { 202: { ...done!, description: 'Taken; done after the answer.' }, ...others } };
}

export const passwordResetOperations: readonly ApiOperation[] = [
  taken(
    bySession(
      sets({
        method: 'post',
        path: '/api/panel/v1/password-reset',
        id: 'askPasswordReset',
        tag,
        summary: 'Mail a link for a forgotten password; the answer is the same whether there is such an account',
        description:
          'The link is good for one hour, and once. Where no mail server is set nothing is mailed; the operator prints a link then.',
        body: { schema: bodySchema(AskPasswordResetDto, 'refused'), isRequired: true },
        answer: nothing,
      }),
      {},
    ),
  ),
  bySession(
    sets({
      method: 'post',
      path: '/api/panel/v1/password-reset/confirm',
      id: 'resetPassword',
      tag,
      summary: 'Choose another password by such a link; every session ends, and nobody is signed in by it',
      body: { schema: bodySchema(ResetPasswordDto, 'refused'), isRequired: true },
      answer: nothing,
    }),
    linkOver,
  ),
];
