import { brandLanguages } from '@paymatch/gateway-access';
import { bodySchema, json, type ApiOperation } from '@paymatch/gateway-edge';
import { BrandDto } from '../brand.dto.js';
import { dataOf, sets, shows } from './panel-answers.js';

const tag = 'Account';
const line = json.orNull(json.text());
const button = json.object({ button: json.text(), button_text: json.text() });

const brand = json.named(
  'Brand',
  json.object({
    logo: json.orNull(
      json.object({
        url: json.text({ description: 'Named by its content: whoever has it may keep it for ever.' }),
        content_type: json.words(['image/png', 'image/jpeg', 'image/webp']),
        width: json.integer(),
        height: json.integer(),
      }),
    ),
    colour: line,
    shades: json.orNull(
      json.object(
        { light: button, dark: button },
        { description: 'What the checkout makes of the colour, so that words on it can be read.' },
      ),
    ),
    support_phone: line,
    whatsapp: line,
    support_email: line,
    account_holder: json.orNull(json.text({ description: 'The name that a wallet’s app shows for the account.' })),
    default_language: json.orNull(json.words(brandLanguages)),
  }),
);

export const brandOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/brand',
    id: 'getBrand',
    tag,
    summary: 'How the shop shows itself at the checkout',
    answer: dataOf(brand),
  }),
  sets({
    method: 'put',
    path: '/api/panel/v1/brand',
    id: 'setBrand',
    tag,
    summary: 'Set how the shop shows itself; what is absent stays, null takes it back',
    description:
      'Customers see it within two seconds. Any colour is taken: the checkout darkens or lightens it until words can be read (`shades`).',
    body: {
      schema: bodySchema(BrandDto, 'refused'),
      isRequired: false,
      example: { colour: '#c2185b', support_phone: '09612-345678', whatsapp: '+8801712345678', default_language: 'bn' },
    },
    answer: dataOf(brand),
  }),
];
