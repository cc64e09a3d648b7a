import { Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ask, panelClient } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import { beginSession, keepSession, type Session } from '../api/session';
import { Failure } from '../parts/answer';
import { Notice } from '../parts/notice';
import { hasPasskeys, provePasskey } from '../parts/passkey';
import { Entrance } from '../shell/entrance';
import { fill, useTexts } from '../texts/texts';

export function Login() {
  const { login } = useTexts();
  const { to } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ email: '', password: '', code: '' });
  const [isCodeAsked, setCodeAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const comeIn: ComeIn = async (asking) => {
    setBusy(true);
    try {
      beginSession(queries, keepSession(await asking()));
      await navigate({ href: isOwnAddress(to) ? to : '/' });
    } catch (error) {
      const refused = asProblem(error);
      setCodeAsked((before) => before || refused.code === 'code_required');
      setProblem(refused.code === 'code_required' && !isCodeAsked ? null : refused);
    } finally {
      setBusy(false);
    }
  };
  const signIn = (event: FormEvent) => {
    event.preventDefault();
    const { email, password, code } = given;
    const body = { email, password, ...(isCodeAsked && { code }) };
    void comeIn(() => ask(panelClient(null).POST('/api/panel/v1/session', { body })));
  };
  const change = (name: keyof typeof given) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget;
    setGiven((before) => ({ ...before, [name]: value }));
  };
  return (
    <Entrance title={login.title}>
      <form onSubmit={signIn}>
        <Stack gap="md">
          <TextInput
            label={login.email}
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={given.email}
            onChange={change('email')}
          />
          <PasswordInput
            label={login.password}
            autoComplete="current-password"
            required
            value={given.password}
            onChange={change('password')}
          />
          {isCodeAsked && <CodeInput value={given.code} onChange={change('code')} />}
          {problem !== null && <Refused problem={problem} />}
          <Button type="submit" loading={isBusy}>
            {login.go}
          </Button>
        </Stack>
      </form>
      {hasPasskeys() && <PasskeyButton isBusy={isBusy} comeIn={comeIn} />}
      <Text size="sm">
        <Link to="/forgot">{login.forgot}</Link>
      </Text>
    </Entrance>
  );
}

type ComeIn = (asking: () => Promise<{ readonly data: Session }>) => Promise<void>;

function PasskeyButton({ isBusy, comeIn }: { readonly isBusy: boolean; readonly comeIn: ComeIn }) {
  const { passkeys } = useTexts();
  return (
    <>
      <Divider label={passkeys.or} />
      <Button variant="default" disabled={isBusy} onClick={() => void comeIn(() => byPasskey(passkeys.refused))}>
        {passkeys.signIn}
      </Button>
    </>
  );
}

async function byPasskey(refused: string): Promise<{ readonly data: Session }> {
  const api = panelClient(null);
  const { data: options } = await ask(api.POST('/api/panel/v1/session/passkey/options', { body: {} }));
  const credential = await provePasskey(options, refused);
  return ask(api.POST('/api/panel/v1/session/passkey', { body: { credential } }));
}

function CodeInput(props: {
  readonly value: string;
  readonly onChange: (event: React.ChangeEvent<HTMLInputElement>) => void;
}) {
  const { login } = useTexts();
  return (
    <TextInput
      {...props}
      label={login.code}
      description={login.codeAbout}
      autoComplete="one-time-code"
      required
      autoFocus
    />
  );
}

/** Only an address of this console: a link from elsewhere must not lead a person away who has just signed in. */
function isOwnAddress(to: string | undefined): to is string {
  return to !== undefined && to.startsWith('/') && !to.startsWith('//');
}

function Refused({ problem }: { readonly problem: ApiProblem }) {
  const { login } = useTexts();
  if (problem.status === 401)
    return (
      <Notice tone="bad">
        <Text size="sm">{problem.code === 'code_required' ? login.codeWrong : login.refused}</Text>
      </Notice>
    );
  if (problem.status === 429)
    return (
      <Notice tone="bad">
        <Text size="sm">{fill(login.tooOften, { seconds: problem.about.retryAfterSeconds ?? 60 })}</Text>
      </Notice>
    );
  return <Failure error={problem} />;
}
