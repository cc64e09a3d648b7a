import { Button, ColorInput, FileInput, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { components } from '../api/panel-api';
import { useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { sends } from '../parts/change-form';
import { Panel } from '../parts/screen';
import { CheckoutPreview, pageLanguages, type PageLanguage } from './checkout-preview';
import { useShop } from '../shell/shop';
import { useTexts } from '../texts/texts';

type Brand = components['schemas']['Brand'];
const textFields = ['support_phone', 'whatsapp', 'support_email', 'account_holder'] as const;

/** How the checkout shows the shop to its customers. */
export function BrandSettings() {
  const { brand: texts } = useTexts();
  const { api, key } = useShop();
  const brand = useQuery({
    queryKey: [...key, 'brand'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/brand'))).data,
  });
  return (
    <div className="beside">
      <Panel title={texts.title}>
        <Answer query={brand}>{(found) => <BrandForm brand={found} />}</Answer>
      </Panel>
      <CheckoutPreview brandAt={brand.dataUpdatedAt} />
    </div>
  );
}

async function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
}

function BrandForm({ brand }: { readonly brand: Brand }) {
  const { brand: texts, common } = useTexts();
  const { api, may } = useShop();
  const [given, setGiven] = useState({
    colour: brand.colour ?? '',
    ...Object.fromEntries(textFields.map((name) => [name, brand[name] ?? ''])),
  } as Record<'colour' | (typeof textFields)[number], string>);
  const [logo, setLogo] = useState<File | null>(null);
  const [pageLanguage, setPageLanguage] = useState<PageLanguage | null>(brand.default_language);
  const save = useChange(
    async () => {
      const body = {
        ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === '' ? null : value])),
        default_language: pageLanguage,
        ...(logo !== null && { logo: await dataUrl(logo) }),
      };
      return ask(api.PUT('/api/panel/v1/brand', { body }));
    },
    () => notifications.show({ message: common.saved, color: 'brand' }),
  );
  const errors = fieldErrors(save.error);
  return (
    <form onSubmit={sends(save)}>
      <fieldset disabled={!may('manage')} className="plain">
        <Stack gap="md" maw={560}>
          <Group align="flex-end" wrap="nowrap">
            {brand.logo !== null && <img src={brand.logo.url} alt={texts.logo} height={40} />}
            <FileInput
              className="grows"
              label={texts.logo}
              description={texts.logoAbout}
              accept="image/png,image/jpeg,image/webp"
              value={logo}
              onChange={setLogo}
              error={errors['logo']}
              clearable
            />
          </Group>
          <ColorInput
            label={texts.colour}
            format="hex"
            withEyeDropper={false}
            value={given.colour}
            error={errors['colour']}
            onChange={(colour) => setGiven((before) => ({ ...before, colour }))}
          />
          {textFields.map((name) => (
            <TextInput
              key={name}
              label={texts[name]}
              value={given[name]}
              error={errors[name]}
              onChange={(event) => setGiven({ ...given, [name]: event.currentTarget.value })}
            />
          ))}
          <PageLanguageSelect value={pageLanguage} choose={setPageLanguage} error={errors['default_language']} />
          {save.error !== null && <Failure error={save.error} />}
          <Button type="submit" loading={save.isPending} className="at-start">
            {common.save}
          </Button>
        </Stack>
      </fieldset>
    </form>
  );
}

function PageLanguageSelect(props: {
  readonly value: PageLanguage | null;
  readonly choose: (language: PageLanguage | null) => void;
  readonly error: string | undefined;
}) {
  const { brandMore: texts } = useTexts();
  return (
    <NativeSelect
      label={texts.language}
      description={texts.languageAbout}
      value={props.value ?? ''}
      error={props.error}
      onChange={(event) => props.choose((event.currentTarget.value || null) as PageLanguage | null)}
      data={[
        { value: '', label: texts.asBrowser },
        ...Object.entries(pageLanguages).map(([value, label]) => ({ value, label })),
      ]}
    />
  );
}
