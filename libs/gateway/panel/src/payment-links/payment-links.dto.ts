import { Validate } from 'class-validator';
import { brandLanguages, type BrandLanguage } from '@paymatch/gateway-access';
import {
  described,
  FieldConstraint,
  fieldsOf,
  hasLength,
  isPrintable,
  isStorable,
  json,
  type FieldRule,
} from '@paymatch/gateway-edge';
import { linkQuestions, type LinkQuestion } from '@paymatch/gateway-receiving';
import { parseMinor } from '@paymatch/contracts';
import { integerRule, momentRule, optional, orNull } from '../panel.rules.js';

export const AMOUNT_MAX_MINOR = 999_999_999;
const TEXT_LENGTHS = { title: 100, description: 1_000, button: 40, thank_you: 1_000 } as const;
const SLUG = /^[a-z0-9](?:-?[a-z0-9]){2,49}$/;
const URL_LENGTH_MAX = 2_000;

/** A link's texts in one language, as they are sent and shown. */
export interface LinkTextsFields {
  readonly title: string;
  readonly description?: string | null;
  readonly button?: string | null;
  readonly thank_you?: string | null;
}

const slugRule: FieldRule = described(
  json.text({ pattern: SLUG.source, examples: ['winter-course'], description: 'The end of the address: `/l/{slug}`.' }),
  (value) =>
    typeof value === 'string' && SLUG.test(value)
      ? null
      : 'Send 3 to 51 small letters and digits, with single hyphens between them, e.g. winter-course.',
);

const linkAmountRule: FieldRule = described(
  json.text({ pattern: '^[0-9]{1,7}(?:\\.[0-9]{1,2})?$', examples: ['500.00'] }),
  (value) => {
    const minor = typeof value === 'string' && /^[0-9]{1,7}(?:\.[0-9]{1,2})?$/.test(value) ? parseMinor(value) : 0;
    return minor !== undefined && minor > 0
      ? null
      : 'Send the amount in BDT as a decimal string from "0.01" to "9999999.99".';
  },
);

function textSchema(name: keyof typeof TEXT_LENGTHS) {
  return json.text({ minLength: 1, maxLength: TEXT_LENGTHS[name] });
}

function isText(name: keyof typeof TEXT_LENGTHS, value: unknown): boolean {
  return (
    typeof value === 'string' && value.trim() !== '' && hasLength(value, 1, TEXT_LENGTHS[name]) && isStorable(value)
  );
}

function isTextsInOneLanguage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { title, description = null, button = null, thank_you: thankYou = null, ...rest } = fieldsOf(value);
  return (
    isText('title', title) &&
    isPrintable(title as string) &&
    (description === null || isText('description', description)) &&
    (button === null || (isText('button', button) && isPrintable(button as string))) &&
    (thankYou === null || isText('thank_you', thankYou)) &&
    Object.keys(rest).length === 0
  );
}

const oneLanguage = json.object(
  {
    title: textSchema('title'),
    description: json.orNull(textSchema('description')),
    button: json.orNull(textSchema('button')),
    thank_you: json.orNull(textSchema('thank_you')),
  },
  { optional: ['description', 'button', 'thank_you'], additionalProperties: false },
);

const textsRule: FieldRule = described(
  json.object(Object.fromEntries(brandLanguages.map((language) => [language, oneLanguage])), {
    optional: [...brandLanguages],
    additionalProperties: false,
    minProperties: 1,
    examples: [{ en: { title: 'Winter course', button: 'Join' }, bn: { title: 'শীতকালীন কোর্স' } }],
  }),
  (value) => {
    const languages = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    return languages.length > 0 &&
      languages.every(
        ([language, texts]) => brandLanguages.includes(language as BrandLanguage) && isTextsInOneLanguage(texts),
      )
      ? null
      : 'Send {"en": {"title": …, "description": …, "button": …, "thank_you": …}}, with a title in each of en, bn, pt that you send.';
  },
);

const languageRule: FieldRule = described(json.words(brandLanguages), (value) =>
  brandLanguages.includes(value as BrandLanguage) ? null : `Send one of ${brandLanguages.join(', ')}.`,
);

const questionRule: FieldRule = described(json.words(linkQuestions), (value) =>
  linkQuestions.includes(value as LinkQuestion) ? null : `Send one of ${linkQuestions.join(', ')}.`,
);

const statusRule: FieldRule = described(json.words(['active', 'disabled']), (value) =>
  value === 'active' || value === 'disabled' ? null : 'The status must be active or disabled.',
);

const returnUrlRule: FieldRule = described(
  json.text({
    format: 'uri',
    pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
    maxLength: URL_LENGTH_MAX,
    examples: ['https://shop.example.com/thanks'],
  }),
  (value) => {
    const isAddress =
      typeof value === 'string' &&
      value.length <= URL_LENGTH_MAX &&
      /^https?:\/\/[^\s\\]+$/i.test(value) &&
      isPrintable(value) &&
      URL.canParse(value);
    return isAddress ? null : 'Send a full address that begins with https://.';
  },
);

/** What a link may have; `texts` is for each body to say. */
class PaymentLinkFields {
  @Validate(FieldConstraint, [optional(slugRule)]) slug?: string;
  @Validate(FieldConstraint, [optional(statusRule)]) status?: 'active' | 'disabled';
  @Validate(FieldConstraint, [orNull(linkAmountRule)]) amount?: string | null;
  @Validate(FieldConstraint, [orNull(linkAmountRule)]) amount_min?: string | null;
  @Validate(FieldConstraint, [orNull(linkAmountRule)]) amount_max?: string | null;
  @Validate(FieldConstraint, [orNull(integerRule('payments_max', 1, 1_000_000))]) payments_max?: number | null;
  @Validate(FieldConstraint, [orNull(momentRule)]) expires_at?: string | null;
  @Validate(FieldConstraint, [optional(languageRule)]) default_language?: BrandLanguage;
  @Validate(FieldConstraint, [optional(questionRule)]) asks_name?: LinkQuestion;
  @Validate(FieldConstraint, [optional(questionRule)]) asks_phone?: LinkQuestion;
  @Validate(FieldConstraint, [orNull(returnUrlRule)]) success_url?: string | null;
}

/** Body of `POST /payment-links`. */
export class CreatePaymentLinkDto extends PaymentLinkFields {
  @Validate(FieldConstraint, [textsRule]) texts!: Readonly<Partial<Record<BrandLanguage, LinkTextsFields>>>;
}

/** Body of `PATCH /payment-links/{id}`: what is absent stays. */
export class ChangePaymentLinkDto extends PaymentLinkFields {
  @Validate(FieldConstraint, [optional(textsRule)]) texts?: Readonly<Partial<Record<BrandLanguage, LinkTextsFields>>>;
}
