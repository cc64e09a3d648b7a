import { taka } from './money.reader.js';
import { buildRegistry } from './template-registry.js';
import { derived, real, templatesOf, type ProviderTemplates, type Template } from './template.js';

const demo = templatesOf({
  provider: 'demo',
  senders: ['Demo'],
  tz: 'Asia/Dhaka',
  money: taka,
  accountTypes: ['personal'],
  trxId: { shape: '[0-9A-Z]{10}', check: 'none' },
});
const PATTERN = '^Got Tk {amount} from {msisdn}\\. TrxID {trx_id}\\.$';
const SAMPLE = 'Got Tk 10.00 from 01711000000. TrxID ABCDEFGHIJ.';
const good = demo.credit('received', {
  pattern: PATTERN,
  samples: [real(SAMPLE)],
  nearMisses: ['Got Tk 10.00 to 01711000000. TrxID ABCDEFGHIJ.'],
});
const of = (...templates: readonly Template[]): readonly ProviderTemplates[] => [
  { provider: 'demo', senders: ['Demo'], templates },
];

describe('building a registry', () => {
  it('takes sound templates and finds them by sender and account', () => {
    const registry = buildRegistry(of(good));
    expect(registry.candidates(' dEMO ', 'personal')?.map(({ template }) => template.id)).toEqual(['demo.received']);
    expect(registry.candidates('Demo', 'bank')).toEqual([]);
    expect(registry.candidates('Demo.', 'personal')).toBeUndefined();
    expect(registry.providersOf('DEMO')).toEqual(['demo']);
    expect(registry.providersOf('nobody')).toEqual([]);
  });

  it.each<[string, Template, string]>([
    ['a bad pattern', { ...good, pattern: `${PATTERN.slice(0, -1)}` }, 'not anchored at its end'],
    [
      'an active template without a sample',
      demo.outgoing('sent', { pattern: '^Sent Tk {amount}\\.$', samples: [] }),
      'active without a sample',
    ],
    [
      'a credit nobody has a real message of',
      demo.credit('received', { pattern: PATTERN, samples: [derived(SAMPLE)] }),
      'without one sample of real wording',
    ],
    [
      'a credit that may be cut',
      demo.credit('received', { pattern: PATTERN, samples: [real(SAMPLE)], endsOpen: true }),
      'although its end may be cut',
    ],
    [
      'a template that cannot read its sample',
      demo.credit('received', { pattern: PATTERN, samples: [real('Got Tk 10.00.')] }),
      'does not read its own sample',
    ],
    ['a template that reads its near miss', { ...good, nearMisses: [SAMPLE] }, 'reads its near miss'],
    ['a credit that goes out', { ...good, direction: 'out' }, 'creditable but not incoming'],
    [
      'money without an amount',
      demo.outgoing('sent', { pattern: '^Sent\\.$', samples: [real('Sent.')] }),
      'no amount is read',
    ],
  ])('refuses %s', (_name, template, fault) => expect(() => buildRegistry(of(template))).toThrow(fault));

  it('refuses a sample that a second template reads too', () => {
    const twin = demo.outgoing('twin', { pattern: PATTERN, samples: [real(SAMPLE)] });
    expect(() => buildRegistry(of(good, twin))).toThrow('its sample is read by demo.twin too');
  });

  it('refuses an id used twice, and a sender with letters that only look like ASCII', () => {
    expect(() => buildRegistry(of(good, good))).toThrow('the id is used twice');
    expect(() => buildRegistry([{ provider: 'demo', senders: ['D\u0435mo'], templates: [] }])).toThrow(
      'not plain ASCII',
    );
  });

  it('names every fault at once', () => {
    expect(() => buildRegistry(of({ ...good, pattern: 'x', direction: 'out' }))).toThrow(
      /not anchored at its start[\s\S]*creditable but not incoming/,
    );
  });
});
