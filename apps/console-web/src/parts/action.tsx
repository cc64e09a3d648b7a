import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { useStepUp } from '../shell/step-up';
import { useShopKey } from '../shell/shop-key';
import { useTexts } from '../texts/texts';
import { ChangeForm } from './change-form';
import { Window } from './window';

/**
 * A change. When the gateway wants the person to show again who they are, they are asked and the change is tried once
 * more; afterwards everything shown of this merchant is asked for anew, so that only what is true stands there.
 */
export function useChange<Given, Result>(
  change: (given: Given) => Promise<Result>,
  then?: (result: Result, given: Given) => void,
): UseMutationResult<Result, Error, Given> {
  const queries = useQueryClient();
  const key = useShopKey();
  const askStepUp = useStepUp();
  return useMutation({
    mutationFn: async (given: Given) => {
      try {
        return await change(given);
      } catch (error) {
        if (asProblem(error).code !== 'step_up_required' || !(await askStepUp())) throw error;
        return change(given);
      }
    },
    onSuccess: (result, given) => {
      void queries.invalidateQueries({ queryKey: key });
      then?.(result, given);
    },
  });
}

interface ConfirmProps {
  readonly label: string;
  readonly title: string;
  /** What will happen, in numbers where it is money. */
  readonly what: ReactNode;
  readonly confirm: string;
  readonly isDangerous?: boolean;
  /** Asks for a reason and hands it over. */
  readonly isReasoned?: boolean;
  readonly isSmall?: boolean;
  /** What has to be typed before it can be done. */
  readonly words?: { readonly label: string; readonly expected: string };
  readonly run: (reason: string) => Promise<unknown>;
}

/** A button that says first what it will do. */
export function Confirm(props: ConfirmProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size={props.isSmall === true ? 'xs' : 'sm'}
        variant="default"
        onClick={() => setOpen(true)}
        {...(props.isDangerous === true && { className: 'danger-quiet' })}
      >
        {props.label}
      </Button>
      <Window isOpen={isOpen} close={() => setOpen(false)} title={props.title}>
        <ConfirmForm {...props} close={() => setOpen(false)} />
      </Window>
    </>
  );
}

function ConfirmForm(props: ConfirmProps & { readonly close: () => void }) {
  const [reason, setReason] = useState('');
  const [words, setWords] = useState('');
  const isSaid = props.words === undefined || words.trim() === props.words.expected.trim();
  const change = useChange(() => props.run(reason), props.close);
  return (
    <ChangeForm
      change={change}
      send={props.confirm}
      cancel={props.close}
      isDisabled={!isSaid}
      isDangerous={props.isDangerous === true}
    >
      <div>{props.what}</div>
      {props.isReasoned === true && <Reason value={reason} change={setReason} isFirst />}
      {props.words !== undefined && (
        <TextInput
          label={props.words.label}
          required
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </ChangeForm>
  );
}

/** Why somebody does what touches money or access; kept with it. `isFirst`: where the window opens. */
export function Reason(props: {
  readonly value: string;
  readonly change: (reason: string) => void;
  readonly isFirst?: boolean;
}) {
  const { common } = useTexts();
  return (
    <Textarea
      label={common.reason}
      description={common.reasonAbout}
      required
      maxLength={500}
      value={props.value}
      onChange={(event) => props.change(event.currentTarget.value)}
      data-autofocus={props.isFirst === true || undefined}
    />
  );
}

/** A form in a window of its own, opened by a button; the form closes it when it is done. */
export function Dialog(props: {
  readonly label: string;
  readonly title: string;
  readonly isSmall?: boolean;
  readonly isPrimary?: boolean;
  readonly isLink?: boolean;
  readonly size?: string;
  readonly children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        size={props.isLink === true ? 'compact-xs' : props.isSmall === true ? 'xs' : 'sm'}
        variant={props.isPrimary === true ? 'filled' : props.isLink === true ? 'subtle' : 'default'}
        onClick={() => setOpen(true)}
      >
        {props.label}
      </Button>
      <Window isOpen={isOpen} close={close} title={props.title} size={props.size ?? 'md'}>
        {props.children(close)}
      </Window>
    </>
  );
}
