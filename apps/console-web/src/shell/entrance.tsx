import { Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useSpeech } from '../texts/texts';
import { LanguageSelect } from './frame';

/** The page round the forms of people who are not inside yet. */
export function Entrance({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { language, choose } = useSpeech();
  useEffect(() => {
    document.title = `${title} · Paymatch`;
  }, [title]);
  return (
    <main className="entrance">
      <Stack gap="lg" className="entrance-card">
        <span className="brand">Paymatch</span>
        <Title order={1} size="h3">
          {title}
        </Title>
        {children}
      </Stack>
      <LanguageSelect language={language} choose={choose} />
    </main>
  );
}
