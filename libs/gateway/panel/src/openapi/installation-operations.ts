import { parkingServices } from '@paymatch/contracts';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { ReplayParkedDto } from '../panel.dto.js';
import { messageFields } from './credit-schemas.js';
import { dataOf, does, listOf, shows, why } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const tag = 'Installation';

const parkedSchema = json.named(
  'ParkedMessageOfAny',
  json.object({
    id: json.text({ examples: ['payments.12'] }),
    service: json.words(parkingServices),
    consumer_group: json.text({ description: 'Who of the service could not take it.' }),
    topic: json.text(),
    order_key: json.text({ description: 'What follows it under this key waits behind it, where order matters.' }),
    status: json.words(['parked', 'replayed', 'discarded']),
    type: json.orNull(json.text({ description: 'What it calls itself; null when its bytes do not say.' })),
    merchant: json.orNull(json.object({ id: common.uuid, name: json.text() })),
    livemode: json.orNull(json.flag()),
    sender: json.orNull(json.text()),
    body: json.text({ description: 'At most 4,000 characters; of a phone’s message its text.' }),
    arrived_at: json.orNull(json.text({ description: 'When the gateway got it, as the message says.' })),
    error: json.text(),
    attempts: json.integer(),
    parked_at: common.moment,
    replay_requested: json.flag(),
    behind: json.integer({ description: 'How many wait behind it; counted up to 1,000.' }),
  }),
);
const replayBody: NonNullable<ApiOperation['body']> = {
  schema: bodySchema(ReplayParkedDto, 'refused'),
  isRequired: false,
  example: { whole_order: true },
};

const parked: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/operator/parked-messages',
    id: 'listAllParkedMessages',
    tag,
    summary: 'Messages that a service could not take, of all merchants and services, newest first',
    description:
      'Those that failed, or stand first in their order; what waits behind them is counted. `meta.silent` names the services that did not answer, whose messages are missing.',
    query: {
      service: { schema: json.words(parkingServices) },
      status: { schema: json.words(['parked', 'discarded'], { default: 'parked' }) },
      ...limitQuery,
      after: {
        schema: json.text({ examples: ['payments.12_sms-matching.3'] }),
        description: 'An earlier page’s `next`.',
      },
    },
    answer: json.object({
      data: json.list(parkedSchema),
      next: json.orNull(json.text()),
      meta: json.object({ silent: json.list(json.words(parkingServices)) }),
    }),
  }),
  ...(['replay', 'discard'] as const).map((word) =>
    does({
      path: `/api/panel/v1/operator/parked-messages/:id/${word}`,
      id: `${word}AnyParkedMessage`,
      tag,
      summary:
        word === 'replay'
          ? 'Have a service try a parked message again, or all of its order'
          : 'Give a parked message up; what waits behind it goes on, and it stays to be seen',
      body: word === 'replay' ? replayBody : why,
      status: 200,
      answer: dataOf(parkedSchema),
    }),
  ),
];

/** For whoever runs the installation. */
export const installationOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/operator/services',
    id: 'listServices',
    tag,
    summary: 'How every process stands, and what waits',
    description:
      'Every process says every ten seconds how it stands. One that has said nothing for a minute is not ready, and its reason is `silent`; after a day it is forgotten.',
    answer: dataOf(
      json.object({
        services: json.list(
          json.object({
            name: json.text({ examples: ['payments'] }),
            instance: json.text(),
            version: json.text(),
            since: common.moment,
            told_at: common.moment,
            ready: json.flag(),
            reasons: json.list(json.text()),
          }),
        ),
        lags: json.list(
          json.object({
            kind: json.words(['consumer', 'relay']),
            name: json.text(),
            rows: json.integer({ description: 'What is still to be taken; counted up to 10,000.' }),
            seconds: json.orNull(json.number({ description: 'Age of the oldest; null: not known of consumers.' })),
          }),
        ),
        database: json.object({
          version: json.text(),
          size_bytes: json.integer(),
          oldest_transaction_seconds: json.integer({ description: 'Of those that have written.' }),
        }),
        parked: json.list(json.object({ group: json.text(), count: json.integer() })),
        at: common.moment,
      }),
    ),
  }),
  shows({
    path: '/api/panel/v1/operator/backups',
    id: 'listBackups',
    tag,
    summary: 'Backups that `ops backup` made of the embedded database',
    description:
      'They lie where the operator put them, and may have been removed since. `own`: another PostgreSQL is used, whose backups are its own operator’s.',
    answer: dataOf(
      json.object({
        kind: json.words(['embedded', 'own']),
        folder: json.orNull(json.text({ description: 'Where the newest lies.' })),
        backups: json.list(
          json.object({
            at: common.moment,
            size_bytes: json.integer(),
            version: json.text({ description: 'PostgreSQL’s.' }),
            took_seconds: json.integer(),
            verified_at: json.orNull(common.moment),
          }),
        ),
        advice_code: json.words(['own', 'make', 'old', 'ok'], {
          description: '`old`: the newest is older than 26 hours.',
        }),
      }),
    ),
  }),
  shows({
    path: '/api/panel/v1/operator/settings',
    id: 'listSettings',
    tag,
    summary: 'The settings this gateway runs with, but for secrets',
    description: 'What each may be stands in docs/reference/settings.md.',
    answer: listOf(
      json.object({
        name: json.text(),
        value: json.orNull(json.text()),
        default: json.orNull(json.text()),
        about: json.text(),
      }),
    ),
  }),
  shows({
    path: '/api/panel/v1/operator/unknown-texts',
    id: 'listUnknownTexts',
    tag,
    summary: 'Messages of all merchants that no template knows, newest first',
    query: { ...limitQuery, after: { schema: common.uuid, description: 'An earlier page’s `next`.' } },
    answer: json.object({
      data: json.list(
        json.object({
          merchant: json.object({ id: common.uuid, name: json.text() }),
          livemode: json.flag(),
          ...messageFields,
        }),
      ),
      next: json.orNull(common.uuid),
    }),
  }),
  ...parked,
];
