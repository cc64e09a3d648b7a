import { useState } from 'react';

/** What a form holds while it is filled in, what was wrong with it, and how a part of it changes. */
export interface Fields<Given> {
  readonly given: Given;
  readonly errors: Readonly<Record<string, string>>;
  readonly change: (part: Partial<Given>) => void;
}

export function useGiven<Given extends object>(first: Given | (() => Given)) {
  const [given, setGiven] = useState(first);
  return [given, (part: Partial<Given>) => setGiven((before) => ({ ...before, ...part }))] as const;
}

type TextName<Given> = { [Name in keyof Given]: string extends Given[Name] ? Name : never }[keyof Given] & string;

/** One text of a form, for its input; `pointer`: what the gateway calls it where it refuses it. */
export function textOf<Given>({ given, errors, change }: Fields<Given>, name: TextName<Given>, pointer: string = name) {
  return {
    value: given[name] as string,
    error: errors[pointer],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      change({ [name]: value } as Partial<Given>),
  };
}
