import { readFileSync } from 'node:fs';
import path from 'node:path';
import { topics } from '@paymatch/contracts';
import { parse } from 'yaml';
import { renderAsyncApi } from './render-asyncapi.js';
import { TypeSchemas } from './type-schemas.js';

interface Page {
  readonly channels: Readonly<
    Record<
      string,
      {
        readonly address: string;
        readonly 'x-partitions': number;
        readonly messages: Readonly<Record<string, unknown>>;
      }
    >
  >;
  readonly operations: Readonly<Record<string, unknown>>;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: Schema }>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}
interface Schema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

const root = path.resolve(__dirname, '../../..');
const text = readFileSync(path.join(root, 'docs/reference/asyncapi.yaml'), 'utf8');
const page = parse(text) as Page;

describe('the description of the topics', () => {
  it('is what the code says; otherwise `node scripts/asyncapi.mjs` makes it anew', () => {
    expect(text).toBe(renderAsyncApi());
  });

  it('has every topic with its partitions', () => {
    const described = Object.fromEntries(
      Object.entries(page.channels).map(([id, channel]) => [id, [channel.address, channel['x-partitions']]]),
    );
    expect(described).toEqual(
      Object.fromEntries(Object.entries(topics).map(([id, topic]) => [id, [topic.name, topic.partitions]])),
    );
  });

  it.each([
    ['paymentsEvents', ['payments.payment-created', 'payments.payment-completed', 'payments.money-returned']],
    ['creditsReceived', ['credits.message-received', 'credits.pix-received']],
    ['creditsEvents', ['credits.matched', 'credits.trx-already-used', 'credits.money-returned']],
    [
      'creditsCommands',
      ['ListReviewCases', 'ListParkedMessages', 'PreviewStatement', 'ImportStatement', 'ParseMessages'],
    ],
    ['webhooksEvents', ['webhooks.given-up', 'webhooks.endpoint-disabled']],
    ['paymentsCommands', ['CreatePayment', 'SubmitTrx', 'ConfirmCredit']],
  ])('names the messages of %s', (channel, names) => {
    expect(Object.keys(page.channels[channel]!.messages)).toEqual(expect.arrayContaining(names));
  });

  it.each([
    ['CloudEvent', 'message.codec.ts', /\bce_[a-z]+|'traceparent'/g],
    ['Request', 'kafka/kafka-requests.ts', /'pm_[a-z_]+'/g],
  ])('names the headers of %s as %s writes them', (schema, file, pattern) => {
    const source = readFileSync(path.join(root, 'libs/platform/messaging/src', file), 'utf8');
    const written = new Set((source.match(pattern) ?? []).map((name) => name.replaceAll("'", '')));
    expect([...written].sort()).toEqual(Object.keys(page.components.schemas[schema]!.properties!).sort());
  });

  it('tells what a payment is made of, and which of it may be absent', () => {
    expect(page.components.schemas['PaymentSnapshot']).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['id', 'amountMinor', 'trxId']),
      properties: { amountMinor: { type: 'number' }, trxId: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    });
    expect(page.components.messages['credits.message-received']!.payload.required).not.toContain('part');
  });

  it('points nowhere that is not there', () => {
    const found = [...text.matchAll(/\$ref: "?(#\/[^"\s]+)"?/g)].map(([, pointer]) => pointer!);
    expect(found.length).toBeGreaterThan(50);
    expect(
      found.filter(
        (pointer) =>
          pointer
            .slice(2)
            .split('/')
            .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], page) === undefined,
      ),
    ).toEqual([]);
  });

  it('cannot be made of a type that is not there', () => {
    expect(() => new TypeSchemas(path.join(root, 'libs/contracts/src/index.ts')).members('NoSuchType')).toThrow(
      'the contracts export no NoSuchType',
    );
  });
});
