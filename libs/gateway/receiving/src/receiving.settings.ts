import { choice, httpUrl, integer } from '@paymatch/platform-config';

/** Settings of where exchange rates come from; the values fit `ReceivingModule.register`. */
export const receivingSettings = {
  exchangeSource: choice({
    env: 'PAYMATCH_EXCHANGE_SOURCE',
    doc: 'Where exchange rates come from: the table the operator sets, or the Banco Central (PTAX)',
    default: 'table',
    of: ['table', 'ptax'],
  }),
  exchangeAgeMaxHours: integer({
    env: 'PAYMATCH_EXCHANGE_AGE_MAX_HOURS',
    doc: 'The oldest exchange rate that may be sold at; 144 spans every run of days without trading',
    default: 144,
    min: 1,
    max: 8_760,
  }),
  exchangeCacheSeconds: integer({
    env: 'PAYMATCH_EXCHANGE_CACHE_SECONDS',
    doc: 'How long an exchange rate is used before its source is asked again',
    default: 60,
    min: 1,
    max: 86_400,
  }),
  exchangeTimeoutMs: integer({
    env: 'PAYMATCH_EXCHANGE_TIMEOUT_MS',
    doc: 'How long the Banco Central may take to answer',
    default: 5_000,
    min: 100,
    max: 30_000,
  }),
  ptaxUrl: httpUrl({
    env: 'PAYMATCH_PTAX_URL',
    doc: "The Banco Central's PTAX service (OData)",
    default: 'https://olinda.bcb.gov.br/olinda/servico/PTAX/versao/v1/odata',
  }),
};
