import { Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { PaymentLink } from '../api/shapes';
import { useChange } from '../parts/action';
import { ChangeForm } from '../parts/change-form';
import { textOf, useGiven, type Fields } from '../parts/fields';
import { useShop } from '../shell/shop';
import { languageNames, useSpeech, useTexts } from '../texts/texts';
import { givenOf, isFilled, linkBody, linkLanguages, type GivenLink, type LinkLanguage } from './payment-link-given';

type FieldsProps = Fields<GivenLink>;
type Event = { readonly currentTarget: { readonly value: string } };

/** A new payment link, or one that is changed. */
export function PaymentLinkForm(props: { readonly link: PaymentLink | null; readonly done: () => void }) {
  const { common } = useTexts();
  const { language } = useSpeech();
  const { api } = useShop();
  const { link } = props;
  const [given, change] = useGiven(() => givenOf(link, language === 'pt-BR' ? 'pt' : language));
  const save = useChange(async () => {
    const body = linkBody(given);
    if (link === null) return ask(api.POST('/api/panel/v1/payment-links', { body }));
    return ask(api.PATCH('/api/panel/v1/payment-links/{id}', { params: { path: { id: link.id } }, body }));
  }, props.done);
  const fields = { given, errors: fieldErrors(save.error), change };
  return (
    <ChangeForm change={save} send={common.save} cancel={props.done}>
      <TextFields {...fields} />
      <AmountFields {...fields} />
      <LimitFields {...fields} />
      <CustomerFields {...fields} />
    </ChangeForm>
  );
}

/** What customers read, in each language the shop wants. */
function TextFields({ given, errors, change }: FieldsProps) {
  const { links: texts } = useTexts();
  const [language, setLanguage] = useState<LinkLanguage>(given.default_language);
  const text = given.texts[language];
  const isNeeded = isFilled(text) || !linkLanguages.some((each) => isFilled(given.texts[each]));
  const field = (name: keyof typeof text) => ({
    value: text[name],
    error: errors[`texts/${language}/${name}`],
    onChange: ({ currentTarget: { value } }: Event) =>
      change({ texts: { ...given.texts, [language]: { ...text, [name]: value } } }),
  });
  return (
    <>
      <NativeSelect
        label={texts.language}
        description={texts.languageAbout}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value as LinkLanguage)}
        data={linkLanguages.map((value) => ({ value, label: languageNames[value === 'pt' ? 'pt-BR' : value] }))}
      />
      <TextInput label={texts.what} required={isNeeded} maxLength={100} {...field('title')} data-autofocus />
      <Textarea label={texts.description} autosize minRows={2} maxLength={1_000} {...field('description')} />
      <TextInput label={texts.button} maxLength={40} {...field('button')} />
      <Textarea label={texts.thanks} autosize maxLength={1_000} {...field('thank_you')} />
    </>
  );
}

function AmountFields(props: FieldsProps) {
  const { links: texts, payments } = useTexts();
  const { given, change } = props;
  const money = (name: 'amount' | 'amount_min' | 'amount_max') => ({
    inputMode: 'decimal' as const,
    pattern: '[0-9]{1,7}([.][0-9]{1,2})?',
    ...textOf(props, name),
  });
  return (
    <>
      <NativeSelect
        label={texts.price}
        value={given.kind}
        onChange={(event) => change({ kind: event.currentTarget.value === 'free' ? 'free' : 'fixed' })}
        data={[
          { value: 'fixed', label: texts.fixed },
          { value: 'free', label: texts.free },
        ]}
      />
      {given.kind === 'fixed' ? (
        <TextInput label={texts.amount} required {...money('amount')} />
      ) : (
        <Group grow align="flex-start">
          <TextInput label={payments.amountMin} {...money('amount_min')} />
          <TextInput label={payments.amountMax} {...money('amount_max')} />
        </Group>
      )}
    </>
  );
}

function LimitFields(props: FieldsProps) {
  const { links: texts } = useTexts();
  return (
    <Group grow align="flex-start">
      <TextInput
        label={texts.places}
        description={texts.placesAbout}
        type="number"
        min={1}
        max={1_000_000}
        {...textOf(props, 'payments_max')}
      />
      <TextInput
        label={texts.expires}
        description={texts.expiresAbout}
        type="datetime-local"
        {...textOf(props, 'expires', 'expires_at')}
      />
    </Group>
  );
}

function CustomerFields(props: FieldsProps) {
  const { links: texts } = useTexts();
  const { given, errors, change } = props;
  const asked = (name: 'asks_name' | 'asks_phone') => ({
    value: given[name],
    error: errors[name],
    onChange: ({ currentTarget: { value } }: Event) => change({ [name]: value as GivenLink['asks_name'] }),
    data: (['no', 'optional', 'required'] as const).map((value) => ({ value, label: texts.asks[value] })),
  });
  return (
    <>
      <Group grow align="flex-start">
        <NativeSelect label={texts.asksName} {...asked('asks_name')} />
        <NativeSelect label={texts.asksPhone} {...asked('asks_phone')} />
      </Group>
      <TextInput
        label={texts.slug}
        description={texts.slugAbout}
        pattern="[a-z0-9](-?[a-z0-9]){2,49}"
        {...textOf(props, 'slug')}
      />
      <TextInput label={texts.back} description={texts.backAbout} type="url" {...textOf(props, 'success_url')} />
    </>
  );
}
