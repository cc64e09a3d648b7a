import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, panelClient } from '../api/client';
import { asProblem } from '../api/problem';
import { keepSession, sessionKey } from '../api/session';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { useTexts } from '../texts/texts';

const empty = { current: '', new: '' };

/** Every other session ends with the old password; this one goes on under a new token. */
export function ChangePassword() {
  const { me, reset, setup } = useTexts();
  const queries = useQueryClient();
  const [given, setGiven] = useState(empty);
  const change = useChange(
    () => ask(panelClient(null).POST('/api/panel/v1/me/password', { body: given })),
    (answer) => {
      queries.setQueryData(sessionKey, keepSession(answer));
      setGiven(empty);
    },
  );
  const problem = change.error === null ? null : asProblem(change.error);
  const isWrong = problem?.code === 'sign_in_refused';
  const fields = problem?.about.fields ?? {};
  const set = (name: keyof typeof given) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget;
    setGiven((before) => ({ ...before, [name]: value }));
  };
  return (
    <Panel title={me.password}>
      <form onSubmit={sends(change)}>
        <Stack gap="md" maw={420}>
          <Text size="sm">{me.passwordAbout}</Text>
          <PasswordInput
            label={me.currentPassword}
            autoComplete="current-password"
            required
            value={given.current}
            onChange={set('current')}
            error={isWrong ? me.currentWrong : fields['current']}
          />
          <PasswordInput
            label={reset.newPassword}
            description={setup.passwordAbout}
            autoComplete="new-password"
            required
            minLength={12}
            value={given.new}
            onChange={set('new')}
            error={fields['new']}
          />
          {problem !== null && !isWrong && fields['new'] === undefined && <Failure error={problem} />}
          {change.isSuccess && <Notice tone="good" title={me.passwordChanged} />}
          <Button type="submit" loading={change.isPending}>
            {me.password}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
