import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts';

/** One of a few; the first choice is all of them. */
export function ChoiceFilter(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly (readonly [string, string])[];
  readonly choose: (value: string | undefined) => void;
}) {
  const { common } = useTexts();
  return (
    <NativeSelect
      size="xs"
      label={props.label}
      value={props.value ?? ''}
      onChange={(event) => props.choose(event.currentTarget.value || undefined)}
      data={[{ value: '', label: common.all }, ...props.choices.map(([value, label]) => ({ value, label }))]}
    />
  );
}

const TYPING_MS = 350;

/** Free text, asked for when the typing rests. */
export function TextFilter(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly type?: 'date' | 'search' | 'text';
  readonly placeholder?: string;
  readonly choose: (value: string | undefined) => void;
}) {
  const { value = '', choose } = props;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => choose(typed === '' ? undefined : typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, choose]);
  return (
    <TextInput
      size="xs"
      label={props.label}
      type={props.type ?? 'text'}
      placeholder={props.placeholder}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
