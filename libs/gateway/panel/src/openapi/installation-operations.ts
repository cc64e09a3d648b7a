import { common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { messageFields } from './credit-schemas.js';
import { dataOf, listOf, shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const tag = 'Installation';

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
];
