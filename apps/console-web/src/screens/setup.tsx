import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ask, panelClient } from '../api/client';
import { asProblem, fieldErrors } from '../api/problem';
import { beginSession, keepSession } from '../api/session';
import { Answer, Failure } from '../parts/answer';
import { textOf, useGiven } from '../parts/fields';
import { Notice } from '../parts/notice';
import { Entrance } from '../shell/entrance';
import { fill, useSpeech, worded } from '../texts/texts';

/** Where a one-time link leads: the first operator's, or an invited person's. */
export function Setup() {
  const { t } = useSpeech();
  // Behind `#`, which no browser sends to a server: a link that is open in a log leads nobody in.
  const { hash } = useLocation();
  const token = new URLSearchParams(hash).get('token') ?? '';
  const link = useQuery({
    queryKey: ['setup', token],
    queryFn: async () => (await ask(panelClient(null).POST('/api/panel/v1/setup/look', { body: { token } }))).data,
    retry: false,
  });
  const isUsed = link.isError && [404, 410, 422].includes(asProblem(link.error).status);
  return (
    <Entrance title={t.setup.title}>
      {isUsed ? (
        <Notice tone="bad" title={t.setup.used}>
          <Text size="sm">{t.setup.usedAbout}</Text>
        </Notice>
      ) : (
        <Answer query={link} lines={3}>
          {(about) => (
            <>
              <Text size="sm">
                {about.kind === 'operator'
                  ? t.setup.operator
                  : fill(t.setup.invited, { merchant: about.merchant_name ?? '', role: worded(t.roles, about.role) })}
              </Text>
              <SetupForm token={token} email={about.email} />
            </>
          )}
        </Answer>
      )}
    </Entrance>
  );
}

function SetupForm({ token, email }: { readonly token: string; readonly email: string | null }) {
  const { t, language } = useSpeech();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [given, change] = useGiven({ name: '', email: email ?? '', password: '' });
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const body = { ...given, token, language };
      const session = keepSession(await ask(panelClient(null).POST('/api/panel/v1/setup', { body })));
      beginSession(queries, session);
      await navigate({ to: '/' });
    } catch (refused) {
      setError(asProblem(refused));
    } finally {
      setBusy(false);
    }
  };
  const fields = { given, errors: fieldErrors(error), change };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <TextInput label={t.setup.name} autoComplete="name" required {...textOf(fields, 'name')} />
        <TextInput
          label={t.login.email}
          type="email"
          autoComplete="username"
          required
          readOnly={email !== null}
          {...textOf(fields, 'email')}
        />
        <PasswordInput
          label={t.login.password}
          description={t.setup.passwordAbout}
          autoComplete="new-password"
          required
          minLength={12}
          {...textOf(fields, 'password')}
        />
        {error !== null && <Failure error={error} />}
        <Button type="submit" loading={isBusy}>
          {t.setup.go}
        </Button>
      </Stack>
    </form>
  );
}
