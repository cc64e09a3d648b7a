import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { createContext, useCallback, useContext, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask, panelClient } from '../api/client';
import { asProblem } from '../api/problem';
import { sessionQuery } from '../api/session';
import { Failure } from '../parts/answer';
import { hasPasskeys, provePasskey } from '../parts/passkey';
import { useTexts } from '../texts/texts';
import { Window } from '../parts/window';

const StepUpContext = createContext<(() => Promise<boolean>) | null>(null);

/** Asks the person to show once more who they are; ends with whether they did. */
export function useStepUp(): () => Promise<boolean> {
  const askStepUp = useContext(StepUpContext);
  if (askStepUp === null) throw new Error('a change is made where nobody can be asked');
  return askStepUp;
}

export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const { stepUp } = useTexts();
  const answer = useRef<((isDone: boolean) => void) | null>(null);
  const [isOpen, setOpen] = useState(false);
  const askStepUp = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setOpen(true);
      }),
    [],
  );
  const end = (isDone: boolean) => {
    setOpen(false);
    answer.current?.(isDone);
    answer.current = null;
  };
  return (
    <StepUpContext value={askStepUp}>
      {children}
      <Window isOpen={isOpen} close={() => end(false)} title={stepUp.title} zIndex={400}>
        <StepUpForm end={end} />
      </Window>
    </StepUpContext>
  );
}

function StepUpForm({ end }: { readonly end: (isDone: boolean) => void }) {
  const { stepUp, common, passkeys: texts } = useTexts();
  const session = useQuery(sessionQuery);
  const hasCode = session.data?.user.totp_enabled === true;
  const [given, setGiven] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const prove = async (proving: () => Promise<unknown>) => {
    try {
      await proving();
      end(true);
    } catch (refused) {
      setError(asProblem(refused));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = hasCode ? { code: given } : { password: given };
    void prove(() => ask(panelClient(null).POST('/api/panel/v1/session/step-up', { body })));
  };
  const field = { value: given, required: true, 'data-autofocus': true } as const;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{stepUp.about}</Text>
        {hasCode ? (
          <TextInput
            {...field}
            label={stepUp.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            onChange={(event) => setGiven(event.currentTarget.value)}
          />
        ) : (
          <PasswordInput
            {...field}
            label={stepUp.password}
            autoComplete="current-password"
            onChange={(event) => setGiven(event.currentTarget.value)}
          />
        )}
        {error !== null && <Failure error={error} />}
        <Group justify="flex-end" gap="xs">
          {hasPasskeys() && session.data?.user.has_passkey === true && (
            <Button variant="default" onClick={() => void prove(() => byPasskey(texts.refused))}>
              {texts.prove}
            </Button>
          )}
          <Button variant="default" onClick={() => end(false)}>
            {common.cancel}
          </Button>
          <Button type="submit">{stepUp.go}</Button>
        </Group>
      </Stack>
    </form>
  );
}

async function byPasskey(refused: string): Promise<void> {
  const api = panelClient(null);
  const { data: options } = await ask(api.POST('/api/panel/v1/session/step-up/passkey/options', { body: {} }));
  const credential = await provePasskey(options, refused);
  await ask(api.POST('/api/panel/v1/session/step-up/passkey', { body: { credential } }));
}
