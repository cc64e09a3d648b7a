import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { BankAccountDto, ExchangeRateDto, PixAccountDto, PixCallbackDto } from '../brazil.dto.js';
import { dataOf, does, listOf, sets, shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const tag = 'Brazil';
const line = json.orNull(json.text());

const pixAccount = json.named(
  'PixAccount',
  json.object({ pix_key: json.text(), beneficiary: json.text(), city: json.text() }),
);
const bankAccount = json.named(
  'BankAccount',
  json.object({
    name: json.text(),
    code: json.text(),
    agency: json.text(),
    account: json.text(),
    account_operation: json.text(),
    document: json.text(),
    beneficiary: json.text(),
  }),
);
const rate = json.named(
  'ExchangeRate',
  json.object({
    id: json.text(),
    base_currency: json.text(),
    rate: json.text({ examples: ['5.19'] }),
    set_by: json.text(),
    set_at: common.moment,
    is_for_all: json.flag({ description: 'The installation’s, for merchants without one of their own.' }),
  }),
);
const statement = json.named(
  'StatementReading',
  json.object({
    applied: json.flag(),
    outgoing_count: json.integer(),
    faults: json.list(json.object({ line: json.integer(), problem: json.text() })),
    lines: json.list(
      json.object({
        line: json.integer(),
        posted_on: json.text({ format: 'date' }),
        amount: common.amount,
        description: json.text(),
        payer_name: line,
        payer_document: line,
        outcome: json.words(['matched', 'review', 'known', 'future']),
        reason: line,
        payment_id: json.orNull(common.uuid),
      }),
    ),
  }),
);

const accounts: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/pix-account',
    id: 'getPixAccount',
    tag,
    summary: 'The Pix account money arrives on',
    answer: dataOf(pixAccount),
    refusals: { missing: ['not-found'] },
  }),
  sets({
    method: 'put',
    path: '/api/panel/v1/pix-account',
    id: 'setPixAccount',
    tag,
    summary: 'Set the Pix account',
    body: {
      schema: bodySchema(PixAccountDto, 'refused'),
      isRequired: true,
      example: { pix_key: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906', beneficiary: 'Loja Exemplo', city: 'Sao Paulo' },
    },
    answer: dataOf(pixAccount),
  }),
  does({
    path: '/api/panel/v1/pix-account/callback',
    id: 'issuePixCallback',
    tag,
    summary: 'A new address for the bank’s notices; the earlier one ends',
    body: { schema: bodySchema(PixCallbackDto, 'refused'), isRequired: false, example: { with_header: true } },
    status: 201,
    answer: dataOf(
      json.object({
        url: json.text({ description: 'Shown this once.' }),
        header_name: line,
        header_secret: line,
      }),
    ),
    refusals: { conflicts: ['pix-account-not-set'] },
  }),
  shows({
    path: '/api/panel/v1/pix-refused-entries',
    id: 'listRefusedPixEntries',
    tag,
    summary: 'What banks sent and nobody could read, newest first',
    query: limitQuery,
    answer: listOf(json.object({ reason: json.text(), entry: json.text(), arrived_at: common.moment })),
  }),
  shows({
    path: '/api/panel/v1/bank-account',
    id: 'getBankAccount',
    tag,
    summary: 'The bank account money arrives on',
    answer: dataOf(bankAccount),
    refusals: { missing: ['not-found'] },
  }),
  sets({
    method: 'put',
    path: '/api/panel/v1/bank-account',
    id: 'setBankAccount',
    tag,
    summary: 'Set the bank account',
    body: {
      schema: bodySchema(BankAccountDto, 'refused'),
      isRequired: true,
      example: {
        name: 'VIACREDI',
        code: '085',
        agency: '0101-5',
        account: '12551163',
        account_operation: 'Conta Corrente',
        document: '34.911.051/0001-97',
        beneficiary: 'Loja Exemplo Ltda',
      },
    },
    answer: dataOf(bankAccount),
  }),
];

const rates: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/exchange-rates',
    id: 'listExchangeRates',
    tag,
    summary: 'Rates at which dollars are sold, newest first',
    answer: listOf(rate),
  }),
  does({
    path: '/api/panel/v1/exchange-rates',
    id: 'setExchangeRate',
    tag,
    summary: 'Set the rate, with a live key',
    body: {
      schema: bodySchema(ExchangeRateDto, 'refused'),
      isRequired: true,
      example: { base_currency: 'USD', rate: '5.19' },
    },
    status: 201,
    answer: dataOf(rate),
  }),
];

const statements: readonly ApiOperation[] = [
  statementOperation('/preview', 'previewStatement', 'What importing a bank’s statement would do'),
  statementOperation('', 'importStatement', 'Import a bank’s statement; each line counts once'),
];

function statementOperation(below: string, id: string, summary: string): ApiOperation {
  return does({
    path: `/api/panel/v1/bank-statements${below}`,
    id,
    tag,
    summary,
    query: { account: { schema: json.text({ minLength: 1, maxLength: 50 }) } },
    body: {
      schema: json.text({ description: 'The file as the bank wrote it, at most 1 MiB.' }),
      contentTypes: ['text/csv', 'application/x-ofx'],
      isRequired: true,
    },
    status: 200,
    answer: dataOf(statement),
  });
}

export const brazilOperations: readonly ApiOperation[] = [...accounts, ...rates, ...statements];
