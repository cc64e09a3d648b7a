import { common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { changeKinds } from '@paymatch/gateway-read-models';
import { problem, shows } from './panel-answers.js';

const changeSchema = json.named(
  'Change',
  json.object({
    kind: json.words(changeKinds),
    id: json.orNull(json.text({ description: 'Null: several, or one without an id. Of a note: its payment’s.' })),
    change: json.words(['created', 'changed']),
  }),
);

const stream = shows({
  path: '/api/panel/v1/stream',
  id: 'streamChanges',
  tag: 'Account',
  summary: 'What changes, as it does',
  description:
    'Server-sent events for a person who is signed in. First `event: ready`: look at everything anew, what changes from now on is told. Then lines of data, each a `Change`, within a second of it; `event: resync`: something may have been missed, look at everything anew; `event: end`: the stream is over, and browsers come again. A line of comment every 15 seconds. It ends with the session or the role, and after half an hour. At most 12 for a person.',
  query: {
    merchant: { schema: common.uuid, isRequired: true, description: 'In place of `Paymatch-Merchant`.' },
    mode: { schema: json.words(['live', 'test']), isRequired: true, description: 'In place of `Paymatch-Mode`.' },
  },
  answer: changeSchema,
});

export const streamOperations: readonly ApiOperation[] = [
  {
    ...stream,
    answers: {
      ...stream.answers,
      200: { description: 'A stream.', contentType: 'text/event-stream', schema: changeSchema },
      503: problem(
        'Not available at this moment, or too many streams are open.',
        ['service-unavailable', 'too-many-streams'],
        ['Retry-After'],
      ),
    },
  },
];
