import { NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTexts } from '../texts/texts';

/** Sets a filter, or takes it out. */
type Choose = (value: string | undefined) => void;

/**
 * Filters live in the address: for each, the function that changes it there, the same one from drawing to drawing. Of a
 * screen that is being left, a filter typed last changes nothing: it would take whoever clicked a row back to the list.
 */
export function useFilterChoice<Filters extends object>(
  navigate: (to: { readonly search: (before: Filters) => Filters; readonly replace: true }) => unknown,
): (name: keyof Filters) => Choose {
  const router = useRouter();
  return useMemo(() => {
    const made = new Map<keyof Filters, Choose>();
    return (name) => {
      const choose =
        made.get(name) ??
        ((value) => {
          const shown = router.state.resolvedLocation?.pathname;
          if (shown !== undefined && shown !== router.latestLocation.pathname) return;
          void navigate({
            search: (before) => {
              const { [name]: _replaced, ...others } = before;
              return (value === undefined ? others : { ...others, [name]: value }) as Filters;
            },
            replace: true,
          });
        });
      made.set(name, choose);
      return choose;
    };
  }, [navigate, router]);
}

/** One of a few; the first choice is all of them. */
export function ChoiceFilter(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly (readonly [string, string])[];
  readonly choose: Choose;
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
  readonly choose: Choose;
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
