import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ask, panelClient } from '../api/client';
import { asProblem, fieldErrors } from '../api/problem';
import { keepSession, sessionKey } from '../api/session';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { textOf, useGiven } from '../parts/fields';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { useTexts } from '../texts/texts';

const empty = { current: '', new: '' };

/** Every other session ends with the old password; this one goes on under a new token. */
export function ChangePassword() {
  const { me, reset, setup } = useTexts();
  const queries = useQueryClient();
  const [given, change] = useGiven(empty);
  const renew = useChange(
    () => ask(panelClient(null).POST('/api/panel/v1/me/password', { body: given })),
    (answer) => {
      queries.setQueryData(sessionKey, keepSession(answer));
      change(empty);
    },
  );
  const problem = renew.error === null ? null : asProblem(renew.error);
  const isWrong = problem?.code === 'sign_in_refused';
  const errors = fieldErrors(renew.error);
  const fields = { given, errors, change };
  return (
    <Panel title={me.password}>
      <form onSubmit={sends(renew)}>
        <Stack gap="md" maw={420}>
          <Text size="sm">{me.passwordAbout}</Text>
          <PasswordInput
            label={me.currentPassword}
            autoComplete="current-password"
            required
            {...textOf(fields, 'current')}
            {...(isWrong && { error: me.currentWrong })}
          />
          <PasswordInput
            label={reset.newPassword}
            description={setup.passwordAbout}
            autoComplete="new-password"
            required
            minLength={12}
            {...textOf(fields, 'new')}
          />
          {problem !== null && !isWrong && errors['new'] === undefined && <Failure error={problem} />}
          {renew.isSuccess && <Notice tone="good" title={me.passwordChanged} />}
          <Button type="submit" loading={renew.isPending}>
            {me.password}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
