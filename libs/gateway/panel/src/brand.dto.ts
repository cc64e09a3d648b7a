import { Validate } from 'class-validator';
import { brandLanguages, LOGO_BYTES_MAX, LOGO_SIDE_MAX, readLogo, type BrandLanguage } from '@paymatch/gateway-access';
import { described, FieldConstraint, json, type FieldRule } from '@paymatch/gateway-edge';
import { lineRule, orNull } from './panel.rules.js';

/** The smallest picture there is, as an example. */
const EXAMPLE_LOGO =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p4c3WQAAAABJRU5ErkJggg==';
const DATA_URL = /^data:image\/(?:png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/;
const DATA_URL_LENGTH_MAX = 40 + Math.ceil(LOGO_BYTES_MAX / 3) * 4;

/** The picture's bytes; empty for what is no address of data. */
export function logoBytes(dataUrl: string): Buffer {
  const text = dataUrl.length <= DATA_URL_LENGTH_MAX ? DATA_URL.exec(dataUrl)?.[1] : undefined;
  return Buffer.from(text ?? '', 'base64');
}

const logoRule: FieldRule = described(
  json.text({
    pattern: '^data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$',
    maxLength: DATA_URL_LENGTH_MAX,
    examples: [EXAMPLE_LOGO],
    description:
      `A PNG, JPEG or WebP picture as a data URL: at most ${LOGO_BYTES_MAX / 1024} kB, ${LOGO_SIDE_MAX} pixels a ` +
      'side, and not moving.',
  }),
  (value) =>
    typeof value === 'string' && readLogo(logoBytes(value)) !== null
      ? null
      : `Send a PNG, JPEG or WebP picture of at most ${LOGO_BYTES_MAX / 1024} kB and ${LOGO_SIDE_MAX} pixels a ` +
        'side, as data:image/png;base64,…; SVG is not taken.',
);

const colourRule: FieldRule = described(json.text({ pattern: '^#[0-9A-Fa-f]{6}$', examples: ['#c2185b'] }), (value) =>
  typeof value === 'string' && /^#[0-9A-Fa-f]{6}$/.test(value) ? null : 'Send a colour such as #c2185b, or null.',
);

const phoneRule: FieldRule = described(
  json.text({ pattern: '^\\+?[0-9](?:[ ()-]*[0-9]){2,14}$', maxLength: 40, examples: ['09612-345678'] }),
  (value) =>
    typeof value === 'string' && value.length <= 40 && /^\+?[0-9](?:[ ()-]*[0-9]){2,14}$/.test(value)
      ? null
      : 'Send a telephone number as people dial it, e.g. 09612-345678, or null.',
);

const whatsappRule: FieldRule = described(
  json.text({ pattern: '^\\+[1-9](?:[ ()-]*[0-9]){6,14}$', maxLength: 40, examples: ['+880 1712-345678'] }),
  (value) =>
    typeof value === 'string' && value.length <= 40 && /^\+[1-9](?:[ ()-]*[0-9]){6,14}$/.test(value)
      ? null
      : 'Send the number with its country code, e.g. +8801712345678, or null.',
);

const emailRule: FieldRule = described(
  json.text({
    pattern: '^[^\\s@<>"?&]+@[^\\s@<>"?&]+\\.[^\\s@<>"?&]+$',
    maxLength: 254,
    examples: ['help@shop.example'],
  }),
  (value) =>
    typeof value === 'string' && value.length <= 254 && /^[^\s@<>"?&]+@[^\s@<>"?&]+\.[^\s@<>"?&]+$/.test(value)
      ? lineRule('support_email', 254)(value)
      : 'Send an e-mail address, or null.',
);

const languageRule: FieldRule = described(json.words(brandLanguages), (value) =>
  brandLanguages.includes(value as BrandLanguage) ? null : `Send ${brandLanguages.join(', ')} or null.`,
);

/** What is absent stays; `null` takes back what was set. */
export class BrandDto {
  @Validate(FieldConstraint, [orNull(logoRule)]) logo?: string | null;
  @Validate(FieldConstraint, [orNull(colourRule)]) colour?: string | null;
  @Validate(FieldConstraint, [orNull(phoneRule)]) support_phone?: string | null;
  @Validate(FieldConstraint, [orNull(whatsappRule)]) whatsapp?: string | null;
  @Validate(FieldConstraint, [orNull(emailRule)]) support_email?: string | null;
  @Validate(FieldConstraint, [orNull(lineRule('account_holder', 100))]) account_holder?: string | null;
  @Validate(FieldConstraint, [orNull(languageRule)]) default_language?: BrandLanguage | null;
}
