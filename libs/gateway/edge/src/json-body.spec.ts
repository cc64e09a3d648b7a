import fc from 'fast-check';
import { fieldsOf, textOf } from './field-values.js';
import { MalformedBody } from './gateway-fault.js';
import { readJson } from './json-body.js';
import { InvalidFields } from './request-fields.js';

const read = (text: string, isTolerant = false): unknown => readJson(Buffer.from(text), { isTolerant });
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('the JSON of a body', () => {
  it('is what JSON.parse makes of it', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 10 }), (text) => {
        fc.pre(!text.includes('__proto__') && !/\\u(?:0000|d[89a-f])/i.test(text));
        expect(read(text)).toEqual(JSON.parse(text));
        expect(read(text, true)).toEqual(JSON.parse(text));
      }),
    ));

  it('may nest as deep as the limit, and not one deeper', () => {
    expect(JSON.stringify(read(nested(20)))).toBe(nested(20));
    expect(() => read(nested(21))).toThrow('at most 20 deep');
    expect(() => read(nested(200_000))).toThrow(MalformedBody);
  });

  it('has what lies too deep cut out where its entries stand for themselves', () => {
    const deep = `{"pix":[{"a":1,"b":${nested(5_000)},"c":"]"},{"a":2}]}`;
    const { pix } = read(deep, true) as { readonly pix: readonly Record<string, unknown>[] };
    expect([pix[0]!.a, pix[0]!.c, pix[1]]).toEqual([1, ']', { a: 2 }]);
    expect(JSON.stringify(pix[0]!.b)).toBe('['.repeat(17) + '"…"' + ']'.repeat(17));
  });

  it('may have as many members as the limit, and not one more', () => {
    const members = (count: number): string => `[${Array(count).fill('{"a":":"}').join(',')}]`;
    expect(read(members(20_000))).toHaveLength(20_000);
    expect(() => read(members(20_001))).toThrow('at most 20000 members');
  });

  it.each(['{"a":"\\u0000"}', '{"a":[{"b":"x\\ud800"}]}', '{"\\udc00":1}', '"\\u0000"'])(
    'is refused for text that cannot be kept: %s',
    (text) => {
      expect(() => read(text)).toThrow(InvalidFields);
      expect(read(text, true)).toEqual(JSON.parse(text));
    },
  );

  it('is refused for such text by the name of its field', () => {
    const errorsOf = (text: string): readonly string[] => {
      try {
        return [JSON.stringify(read(text))];
      } catch (error) {
        return Object.keys((error as InvalidFields).errors);
      }
    };
    expect(errorsOf('{"a":1,"b":["\\u0000"]}')).toEqual(['b']);
    expect(errorsOf('{"\\u0000":1}')).toEqual(['body']);
  });

  it.each(['{"__proto__":1}', '{"a":{"\\u005f_proto__":1}}', '{', '[1]]', '{"a":1}}', '"', '"\\', '{"a":"', '[}'])(
    'is refused when it is %s',
    (text) => {
      expect(() => read(text)).toThrow(MalformedBody);
      expect(() => read(text, true)).toThrow(MalformedBody);
    },
  );

  it('is in UTF-8', () => expect(() => readJson(Buffer.from('"\xff"', 'latin1'))).toThrow('UTF-8'));

  it('never throws anything else, whatever the bytes are', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'{}[]":,\\u0a1 ') })), (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error instanceof MalformedBody || error instanceof InvalidFields).toBe(true);
        }
      }),
    ));
});

describe('a value nobody has checked yet', () => {
  it('is a text, or none, and has fields, or none, without ever throwing', () => {
    expect(['a', 7, { toString: 1 }, null, undefined, [1], true].map(textOf)).toEqual([
      'a',
      '7',
      null,
      null,
      null,
      null,
      null,
    ]);
    expect([{ a: 1 }, null, 'a', undefined, 7].map(fieldsOf)).toEqual([{ a: 1 }, {}, {}, {}, {}]);
  });
});
