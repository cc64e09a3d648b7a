import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, panelClient } from '../api/client';
import { asProblem, fieldErrors } from '../api/problem';
import { useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { Notice } from '../parts/notice';
import { Entrance } from '../shell/entrance';
import { fill, useTexts } from '../texts/texts';

/** Asks for a link by mail. Whether there is such an account, nobody learns here. */
export function Forgot() {
  const { reset, login } = useTexts();
  const [email, setEmail] = useState('');
  const asking = useChange(() => ask(panelClient(null).POST('/api/panel/v1/password-reset', { body: { email } })));
  return (
    <Entrance title={reset.forgotTitle}>
      {asking.isSuccess ? (
        <Notice tone="good" title={fill(reset.asked, { email })}>
          <Text size="sm">{reset.askedAbout}</Text>
        </Notice>
      ) : (
        <form onSubmit={sends(asking)}>
          <Stack gap="md">
            <Text size="sm">{reset.forgotAbout}</Text>
            <TextInput
              label={login.email}
              type="email"
              autoComplete="username"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              error={fieldErrors(asking.error)['email']}
            />
            {asking.error !== null && <ResetFailure error={asking.error} />}
            <Button type="submit" loading={asking.isPending}>
              {reset.ask}
            </Button>
          </Stack>
        </form>
      )}
      <Text size="sm">
        <Link to="/login">{reset.back}</Link>
      </Text>
    </Entrance>
  );
}

/** Where such a link leads. */
export function Reset() {
  const { reset, login, setup } = useTexts();
  // Behind `#`, which no browser sends to a server: a link that is open in a log leads nobody in.
  const { hash } = useLocation();
  const token = new URLSearchParams(hash).get('token') ?? '';
  const [password, setPassword] = useState('');
  const change = useChange(() =>
    ask(panelClient(null).POST('/api/panel/v1/password-reset/confirm', { body: { token, password } })),
  );
  const fields = fieldErrors(change.error);
  const isUsed = token === '' || (change.error !== null && asProblem(change.error).status === 410);
  if (isUsed || fields['token'] !== undefined)
    return (
      <Entrance title={reset.title}>
        <Notice tone="bad" title={setup.used}>
          <Text size="sm">{reset.usedAbout}</Text>
        </Notice>
        <Text size="sm">
          <Link to="/forgot">{reset.forgotTitle}</Link>
        </Text>
      </Entrance>
    );
  if (change.isSuccess)
    return (
      <Entrance title={reset.title}>
        <Notice tone="good" title={reset.done}>
          <Text size="sm">{reset.doneAbout}</Text>
        </Notice>
        <Text size="sm">
          <Link to="/login">{login.go}</Link>
        </Text>
      </Entrance>
    );
  return (
    <Entrance title={reset.title}>
      <form onSubmit={sends(change)}>
        <Stack gap="md">
          <PasswordInput
            label={reset.newPassword}
            description={setup.passwordAbout}
            autoComplete="new-password"
            required
            autoFocus
            minLength={12}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fields['password']}
          />
          {change.error !== null && fields['password'] === undefined && <ResetFailure error={change.error} />}
          <Button type="submit" loading={change.isPending}>
            {reset.save}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}

function ResetFailure({ error }: { readonly error: Error }) {
  const { login } = useTexts();
  const problem = asProblem(error);
  if (problem.status !== 429) return <Failure error={error} />;
  return (
    <Notice tone="bad">
      <Text size="sm">{fill(login.tooOften, { seconds: problem.about.retryAfterSeconds ?? 60 })}</Text>
    </Notice>
  );
}
