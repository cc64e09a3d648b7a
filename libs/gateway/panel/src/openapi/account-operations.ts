import { abilities, repeatedInvoiceNumbers } from '@paymatch/gateway-access';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { paymentStatuses } from '@paymatch/contracts';
import { ChangeMerchantDto, IssueKeyDto, RollKeyDto } from '../panel.dto.js';
import { paymentIdRule } from '../panel.rules.js';
import { AddWalletDto, ChangeWalletDto } from '../wallets/wallets.dto.js';
import { IssueClientDto } from '../brazil.dto.js';
import { dataOf, does, listOf, noFields, sets, shows, why } from './panel-answers.js';

const tag = 'Account';
const orNullMoment = json.orNull(common.moment);

const merchant = json.named(
  'Merchant',
  json.object({
    id: common.uuid,
    livemode: json.flag(),
    name: json.text(),
    status: json.words(['active', 'suspended']),
    expiry_minutes: json.integer(),
    amount_tolerance: common.amount,
    allowed_origins: json.list(json.text()),
    return_addresses: json.list(json.text()),
    repeated_invoice_number: json.words(repeatedInvoiceNumbers),
    gateway_charge: json.orNull(json.object({ type: json.words(['fixed', 'percent']), value: json.text() })),
    pix_expiry_minutes: json.orNull(json.integer()),
    bank_transfer_expiry_minutes: json.orNull(json.integer()),
  }),
);

const keyFields = {
  id: common.uuid,
  name: json.orNull(json.text()),
  prefix: json.text({ description: 'The beginning of the key, by which people tell it from others.' }),
  livemode: json.flag(),
  abilities: json.list(json.words(abilities)),
  rate_limit_per_minute: json.integer(),
  expires_at: orNullMoment,
  revoked_at: orNullMoment,
  created_at: common.moment,
};
const apiKey = json.named('ApiKey', json.object(keyFields));

const wallet = json.named(
  'Wallet',
  json.object({
    id: common.uuid,
    livemode: json.flag(),
    provider: json.text(),
    number: json.text(),
    account_type: json.words(['personal', 'merchant', 'agent', 'bank']),
    status: json.words(['active', 'closed']),
    account_name: json.orNull(json.text({ description: 'Whose name the wallet’s app shows.' })),
    payment_min: json.orNull(common.amount),
    payment_max: json.orNull(common.amount),
    day_max: json.orNull(common.amount),
    month_max: json.orNull(common.amount),
    received_today: common.amount,
    received_this_month: common.amount,
    room: json.words(['open', 'near', 'reached'], {
      description:
        'How near its limits of a day and a month are (`near`: from 80 % on), by what payments brought; days are Dhaka’s.',
    }),
  }),
);

export const madePaymentSchema = json.named(
  'MadePayment',
  json.object({ id: paymentIdRule.schema!, status: json.words(paymentStatuses), checkout_url: json.text() }),
);

const client = json.named(
  'OAuthClient',
  json.object({ client_id: json.text(), livemode: json.flag(), created_at: common.moment, revoked_at: orNullMoment }),
);

const settings: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/merchant',
    id: 'getMerchant',
    tag,
    summary: 'The merchant’s settings in the mode of the key',
    answer: dataOf(merchant),
    refusals: { missing: ['not-found'] },
  }),
  sets({
    method: 'patch',
    path: '/api/panel/v1/merchant',
    id: 'changeMerchant',
    tag,
    summary: 'Change settings; what is absent stays',
    body: { schema: bodySchema(ChangeMerchantDto, 'refused'), isRequired: false, example: { expiry_minutes: 45 } },
    answer: dataOf(merchant),
    refusals: { missing: ['not-found'] },
  }),
];

const keys: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/api-keys',
    id: 'listApiKeys',
    tag,
    summary: 'API keys, newest first',
    answer: listOf(apiKey),
  }),
  does({
    path: '/api/panel/v1/api-keys',
    id: 'issueApiKey',
    tag,
    summary: 'Issue an API key in the mode of this one',
    body: {
      schema: bodySchema(IssueKeyDto, 'refused'),
      isRequired: false,
      example: { name: 'Rita', abilities: ['payments:read'] },
    },
    status: 201,
    answer: dataOf(json.object({ ...keyFields, key: json.text({ description: 'Shown this once.' }) })),
  }),
  does({
    path: '/api/panel/v1/api-keys/:id/roll',
    id: 'rollApiKey',
    tag,
    summary: 'A new API key in the place of another, which ends after an overlap',
    body: { schema: bodySchema(RollKeyDto, 'refused'), isRequired: true, example: { overlap_minutes: 60 } },
    status: 201,
    answer: dataOf(json.object({ ...keyFields, key: json.text({ description: 'Shown this once.' }) })),
  }),
  sets({
    method: 'post',
    path: '/api/panel/v1/api-keys/:id/revoke',
    id: 'revokeApiKey',
    tag,
    summary: 'Revoke an API key',
    body: why,
    answer: dataOf(apiKey),
  }),
  shows({
    path: '/api/panel/v1/oauth-clients',
    id: 'listOAuthClients',
    tag,
    summary: 'Credentials of contract B, newest first',
    answer: listOf(client),
  }),
  does({
    path: '/api/panel/v1/oauth-clients',
    id: 'issueOAuthClient',
    tag,
    summary: 'Issue a credential of contract B',
    body: { schema: bodySchema(IssueClientDto, 'refused'), isRequired: false },
    status: 201,
    answer: dataOf(
      json.object({
        client_id: json.text(),
        client_secret: json.text({ description: 'Shown this once.' }),
        livemode: json.flag(),
      }),
    ),
  }),
  sets({
    method: 'post',
    path: '/api/panel/v1/oauth-clients/:id/revoke',
    id: 'revokeOAuthClient',
    tag,
    summary: 'Revoke a credential of contract B and its tokens',
    body: why,
    answer: dataOf(client),
  }),
];

const wallets: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/wallets',
    id: 'listWallets',
    tag,
    summary: 'Wallets money arrives on',
    answer: listOf(wallet),
  }),
  does({
    path: '/api/panel/v1/wallets',
    id: 'addWallet',
    tag,
    summary: 'Add a wallet',
    body: {
      schema: bodySchema(AddWalletDto, 'refused'),
      isRequired: true,
      example: { provider: 'bkash', number: '01712345678', account_type: 'personal' },
    },
    status: 201,
    answer: dataOf(wallet),
    refusals: { isPlanned: true },
  }),
  sets({
    method: 'patch',
    path: '/api/panel/v1/wallets/:id',
    id: 'changeWallet',
    tag,
    summary: 'Say whose account a wallet is and what may come to it; what is absent stays',
    body: {
      schema: bodySchema(ChangeWalletDto, 'refused'),
      isRequired: false,
      example: { account_name: 'Rahima Traders', day_max: '50000.00' },
    },
    answer: dataOf(wallet),
  }),
  does({
    path: '/api/panel/v1/wallets/:id/trial',
    id: 'tryWallet',
    tag,
    summary: 'Make a payment of one taka to a wallet, to see that its money arrives',
    description: 'A payment like any other, with `trial` in its metadata; in live mode its taka is a real one.',
    body: noFields,
    status: 201,
    answer: dataOf(madePaymentSchema),
    refusals: { isPlanned: true },
  }),
  sets({
    method: 'post',
    path: '/api/panel/v1/wallets/:id/close',
    id: 'closeWallet',
    tag,
    summary: 'Close a wallet',
    body: noFields,
    answer: dataOf(wallet),
  }),
];

export const accountOperations: readonly ApiOperation[] = [...settings, ...keys, ...wallets];
