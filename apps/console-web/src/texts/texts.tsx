import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { formatAge, formatCount, formatDay, formatMoment, formatMoney, locales, type Language } from '../format';
import { en, type Texts } from './en';

export type { Texts };

const dictionaries: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => en,
  bn: async () => (await import('./bn')).bn,
  'pt-BR': async () => (await import('./pt')).pt,
};
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', bn: 'বাংলা', 'pt-BR': 'Português' };

interface Speech {
  readonly language: Language;
  readonly t: Texts;
  readonly choose: (language: Language) => void;
}
const SpeechContext = createContext<Speech | null>(null);
const STORED = 'paymatch.language';

function firstLanguage(): Language {
  const wanted = [window.localStorage.getItem(STORED) ?? '', ...window.navigator.languages];
  const known = wanted.map((tag) => Object.keys(locales).find((name) => name.slice(0, 2) === tag.slice(0, 2)));
  return (known.find((name) => name !== undefined) as Language | undefined) ?? 'en';
}

export function SpeechProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const [spoken, setSpoken] = useState<{ readonly language: Language; readonly t: Texts } | null>(
    language === 'en' ? { language, t: en } : null,
  );
  useEffect(() => {
    let isWanted = true;
    void dictionaries[language]().then((t) => isWanted && setSpoken({ language, t }));
    document.documentElement.lang = language;
    return () => {
      isWanted = false;
    };
  }, [language]);
  const speech = useMemo(
    () =>
      spoken && {
        ...spoken,
        choose: (chosen: Language) => {
          window.localStorage.setItem(STORED, chosen);
          setLanguage(chosen);
        },
      },
    [spoken],
  );
  return speech === null ? null : <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech() {
  const speech = useContext(SpeechContext);
  if (speech === null) throw new Error('a text is asked for outside of a language');
  const { language, t, choose } = speech;
  return useMemo(
    () => ({
      language,
      t,
      choose,
      money: (amount: string, currency: string) => formatMoney(amount, currency, language),
      count: (count: number) => formatCount(count, language),
      moment: (iso: string) => formatMoment(iso, language),
      day: (iso: string) => formatDay(iso, language),
      age: (iso: string) => formatAge(iso, language, Date.now()),
    }),
    [language, t, choose],
  );
}

export function useTexts(): Texts {
  return useSpeech().t;
}

/** Puts values where a text has `{name}`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The word for a code of the API; a code that is newer than this console is shown as it is. */
export function worded(words: Readonly<Record<string, string>>, code: string | null): string {
  return code === null ? '—' : (words[code] ?? code.replaceAll(/[_-]/g, ' '));
}
