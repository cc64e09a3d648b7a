import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask, panelClient } from '../api/client';
import { asProblem } from '../api/problem';
import { sessionKey } from '../api/session';
import { Confirm, useChange } from '../parts/action';
import { Failure } from '../parts/answer';
import { Notice } from '../parts/notice';
import { Panel } from '../parts/screen';
import { Copied } from '../parts/values';
import { Window } from '../parts/window';
import { useTexts } from '../texts/texts';

const totp = '/api/panel/v1/me/totp';

/** A second thing that is asked for beside the password. */
export function Authenticator({ isInUse }: { readonly isInUse: boolean }) {
  const { me } = useTexts();
  const queries = useQueryClient();
  const askAnew = () => queries.invalidateQueries({ queryKey: sessionKey });
  return (
    <Panel title={me.authenticator}>
      <Stack gap="md" align="flex-start">
        <Text size="sm">{isInUse ? me.authenticatorInUse : me.authenticatorAbout}</Text>
        {isInUse && (
          <Confirm
            label={me.remove}
            title={me.removeTitle}
            confirm={me.remove}
            isDangerous
            what={<Text size="sm">{me.removeAbout}</Text>}
            run={async () => {
              await ask(panelClient(null).DELETE(totp, { body: {} }));
              await askAnew();
            }}
          />
        )}
        <AddAuthenticator isOffered={!isInUse} added={askAnew} />
      </Stack>
    </Panel>
  );
}

/**
 * The window stays until the recovery codes are put away, whatever is asked for anew meanwhile: they are shown once.
 */
function AddAuthenticator({ isOffered, added }: { readonly isOffered: boolean; readonly added: () => Promise<void> }) {
  const { me } = useTexts();
  const begin = useChange(() => ask(panelClient(null).POST(totp, { body: {} })));
  const confirm = useChange((code: string) => ask(panelClient(null).POST(`${totp}/confirm`, { body: { code } })));
  const end = () => {
    const isAdded = confirm.isSuccess;
    begin.reset();
    confirm.reset();
    if (isAdded) void added();
  };
  return (
    <>
      {begin.error !== null && <Failure error={begin.error} />}
      {isOffered && (
        <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
          {me.add}
        </Button>
      )}
      <Window isOpen={begin.data !== undefined} close={end} title={me.add}>
        {confirm.data !== undefined ? (
          <RecoveryCodes codes={confirm.data.data.recovery_codes} close={end} />
        ) : (
          begin.data !== undefined && (
            <Scan
              made={begin.data.data}
              error={confirm.error}
              isBusy={confirm.isPending}
              confirm={(code) => confirm.mutate(code)}
            />
          )
        )}
      </Window>
    </>
  );
}

function Scan(props: {
  readonly made: { readonly secret: string; readonly qr_svg: string };
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly confirm: (code: string) => void;
}) {
  const { me, login } = useTexts();
  const [code, setCode] = useState('');
  const isWrong = props.error !== null && asProblem(props.error).code === 'code_required';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.confirm(code);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{me.scan}</Text>
        <img
          className="qr"
          alt={me.qr}
          width={220}
          height={220}
          src={`data:image/svg+xml,${encodeURIComponent(props.made.qr_svg)}`}
        />
        <Text size="sm">{me.orType}</Text>
        <Copied text={props.made.secret} />
        <TextInput
          label={me.sixDigits}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={isWrong ? login.codeWrong : undefined}
          data-autofocus
        />
        {props.error !== null && !isWrong && <Failure error={props.error} />}
        <Button type="submit" loading={props.isBusy}>
          {me.confirm}
        </Button>
      </Stack>
    </form>
  );
}

function RecoveryCodes({ codes, close }: { readonly codes: readonly string[]; readonly close: () => void }) {
  const { me } = useTexts();
  return (
    <Stack gap="md">
      <Notice tone="warn" title={me.codesOnce}>
        <Text size="sm">{me.codesAbout}</Text>
      </Notice>
      <ul aria-label={me.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Copied text={codes.join('\n')} short={me.copyAll} />
      <Group justify="flex-end">
        <Button onClick={close}>{me.codesKept}</Button>
      </Group>
    </Stack>
  );
}
