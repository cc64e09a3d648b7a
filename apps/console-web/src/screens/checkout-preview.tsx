import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, panelClient } from '../api/client';
import { problemOf } from '../api/problem';
import { Answer } from '../parts/answer';
import { Empty } from '../parts/notice';
import { Panel } from '../parts/screen';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

/** Languages of the checkout, as each calls itself. */
export const pageLanguages = { en: 'English', bn: 'বাংলা', pt: 'Português' } as const;
export type PageLanguage = keyof typeof pageLanguages;

/** The customer's page as the gateway draws it; without cookies, so that looking at it chooses no language. */
async function pageOf(path: string, language: PageLanguage): Promise<string> {
  const response = await fetch(`${path}?lang=${language}`, { credentials: 'omit' });
  if (!response.ok) throw problemOf(response, null);
  return stillOf(await response.text());
}

/** Without what would run or lead on by itself: the frame lets nothing of it happen, and browsers complain of it. */
function stillOf(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const part of page.querySelectorAll('script, noscript, meta[http-equiv]')) part.remove();
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

/** What customers see of the brand, on the page of the newest test payment. */
export function CheckoutPreview({ brandAt }: { readonly brandAt: number }) {
  const { preview: texts } = useTexts();
  const { merchant, key } = useShop();
  const [language, setLanguage] = useState<PageLanguage>('en');
  const page = useQuery({
    queryKey: [...key, 'checkout-preview', language, brandAt],
    queryFn: async () => {
      const api = panelClient({ merchant, mode: 'test' });
      const query = { method: 'wallet', limit: 1 } as const;
      const { data } = await ask(api.GET('/api/panel/v1/payments', { params: { query } }));
      const payment = data[0];
      if (payment === undefined) return null;
      const path = `/pay/${payment.id}`;
      return { path, html: await pageOf(path, language) };
    },
  });
  return (
    <Panel title={texts.title}>
      <Stack gap="sm">
        <Text size="sm">{texts.about}</Text>
        <Answer query={page} lines={4}>
          {(found) =>
            found === null ? (
              <Empty title={texts.none} about={texts.noneAbout} />
            ) : (
              <>
                <Group gap="sm" align="flex-end" justify="space-between">
                  <NativeSelect
                    size="xs"
                    label={texts.language}
                    value={language}
                    onChange={(event) => setLanguage(event.currentTarget.value as PageLanguage)}
                    data={Object.entries(pageLanguages).map(([value, label]) => ({ value, label }))}
                  />
                  <Text size="sm">
                    <a href={found.path} target="_blank" rel="noreferrer">
                      {texts.open}
                    </a>
                  </Text>
                </Group>
                {/* Without scripts and forms of its own: it is looked at, nothing is paid there. */}
                <iframe className="preview" title={texts.title} sandbox="allow-same-origin" srcDoc={found.html} />
              </>
            )
          }
        </Answer>
      </Stack>
    </Panel>
  );
}
