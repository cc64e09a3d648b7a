import { newId } from '@paymatch/contracts';
import { abilities, createAccessStores, PlansStore } from '@paymatch/gateway-access';
import { createPeopleStores } from '@paymatch/gateway-people';
import { gatewayService } from '@paymatch/gateway-service';
import { systemClock } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { merchantCommand, subscriptionCommand } from './merchant.command.js';
import { helpOf, UsageError } from './ops-command.js';

const secret = 'a secret of at least thirty-two characters';
/** No merchant's id. */
const nobody = '018f0000-0000-7000-8000-000000000001';
const env = { ...process.env };
let test: TestDatabase;
let said: string[];

beforeAll(async () => {
  const { schema, migrations, entities } = gatewayService;
  test = await createTestDatabase({ schema, migrations, ...(entities !== undefined && { entities }) });
});
afterAll(() => test.drop());
beforeEach(() => {
  process.env = { ...env, DATABASE_URL: test.url, PAYMATCH_SECRET: secret };
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = env;
});

async function ops(...args: readonly string[]): Promise<string> {
  said.length = 0;
  expect(await merchantCommand.run(args)).toBe(0);
  return said.join('\n');
}

const stores = () => ({
  ...createAccessStores({ database: test.database, secret, clock: systemClock }),
  ...createPeopleStores({ database: test.database, secret, clock: systemClock }),
});
const auditOf = (merchantId: string) =>
  stores().audit.list({ merchantId, action: null, userId: null, after: null, limit: 100 });

async function made(name: string) {
  const [, id, live, testKey] = /^merchant {2}(\S+)\nlive key {2}(\S+)\ntest key {2}(\S+)\n/.exec(
    await ops('create', '--name', name),
  )!;
  return { id: id!, keys: [live!, testKey!] };
}

describe('ops merchant', () => {
  it('makes a merchant whose two keys may do everything, and lists it', async () => {
    const { id, keys } = await made('Karim Store');
    for (const [index, key] of keys.entries()) {
      const caller = await stores().keys.authenticate(key);
      expect(caller).toMatchObject({ merchantId: id, livemode: index === 0, merchant: { name: 'Karim Store' } });
      expect([...caller!.abilities].sort()).toEqual([...abilities].sort());
    }
    expect(await ops('list', '--search', 'karim')).toMatch(new RegExp(`^${id}\tactive\t.{10}\tno plan\tKarim Store$`));
    expect(await ops('list', '--search', newId())).toBe('there is no such merchant');
    expect(await ops('--name', 'As before')).toMatch(/live key {2}fk_live_/);
  });

  it('suspends with a reason and resumes, and says so in the audit log', async () => {
    const { id, keys } = await made('Paused');
    await ops('suspend', '--merchant', id, '--reason', 'complaints');
    expect(await stores().keys.authenticate(keys[0]!)).toMatchObject({ merchant: { status: 'suspended' } });
    expect(await ops('list', '--status', 'suspended')).toContain(id);
    await ops('resume', '--merchant', id);
    expect(await stores().keys.authenticate(keys[0]!)).toMatchObject({ merchant: { status: 'active' } });
    const whole = { who: 'ops operator', userId: null, keyId: null, status: 200 };
    expect(await auditOf(id)).toMatchObject([
      { ...whole, action: 'merchant resumed', before: { status: 'suspended' }, after: { status: 'active' } },
      { ...whole, action: 'merchant suspended', reason: 'complaints', before: { status: 'active' } },
      { ...whole, action: 'merchant created', after: { name: 'Paused', keys: ['live', 'test'] } },
    ]);
  });

  it('gives a plan until the end of a day, under both names', async () => {
    const { id } = await made('Planned');
    const plans = new PlansStore(test.database);
    await plans.set({ id: 'small', price: null, paymentsPerMonth: 10, walletsMax: null, phonesMax: null });
    await ops('plan', '--merchant', id, '--plan', 'small', '--until', '2030-12-31');
    expect(await ops('list', '--search', id)).toContain('small until 2030-12-31');
    await subscriptionCommand.run(['--merchant', id, '--plan', 'small', '--until', '2031-01-31']);
    expect(await plans.find(id)).toMatchObject({ activeUntil: new Date('2031-01-31T23:59:59.999Z') });
    expect(await auditOf(id)).toMatchObject([
      { action: 'merchant changed', before: { plan: { id: 'small' } } },
      { action: 'merchant changed', after: { plan: { id: 'small', until: '2030-12-31T23:59:59.999Z' } } },
      { action: 'merchant created' },
    ]);
    const unknown = ops('plan', '--merchant', id, '--plan', 'large', '--until', '2030-12-31');
    await expect(unknown).rejects.toThrow(new UsageError('there is no plan large; `ops plan` lists them'));
  });

  it('issues keys that do what was said, and keeps them out of the audit log', async () => {
    const { id } = await made('Keys');
    const issued = async (...args: readonly string[]) =>
      /^(?:live|test) key {2}(\S+)\nShown this once\.$/.exec(await ops('key', '--merchant', id, ...args))![1]!;
    const some = await issued('--mode', 'live', '--abilities', 'payments:read, customers:read', '--name', 'books');
    const caller = await stores().keys.authenticate(some);
    expect(caller).toMatchObject({ merchantId: id, livemode: true, keyName: 'books' });
    expect([...caller!.abilities]).toEqual(['payments:read', 'customers:read']);
    const usual = await stores().keys.authenticate(await issued('--mode', 'test'));
    expect(usual).toMatchObject({ livemode: false });
    expect([...usual!.abilities]).toEqual(abilities.filter((ability) => ability !== 'account:write'));
    const entries = await auditOf(id);
    expect(entries[1]).toMatchObject({ action: 'api key issued', after: { mode: 'live', name: 'books' } });
    expect(JSON.stringify(entries)).not.toContain(some.slice(-20));
  });

  it.each([
    [['suspend', '--merchant', nobody, '--reason', 'x'], /^there is no merchant .*`ops merchant list`/],
    [['resume', '--merchant', nobody], /^there is no merchant/],
    [['key', '--merchant', nobody, '--mode', 'live'], /^there is no merchant/],
    [['plan', '--merchant', nobody, '--plan', 'p', '--until', '2030-12-31'], /^there is no/],
    [['suspend', '--merchant', nobody], /^--reason is a line of 1 to 500 characters$/],
    [['suspend', '--merchant', 'karim', '--reason', 'x'], /^--merchant is the id of a merchant/],
    [['plan', '--merchant', nobody, '--plan', 'p', '--until', '2030-02-31'], /^--until is a day such as/],
    [['plan', '--merchant', nobody, '--until', '2030-02-01'], /^--plan is missing/],
    [['key', '--merchant', nobody, '--mode', 'both'], /^--mode is live or test$/],
    [['key', '--merchant', nobody, '--mode', 'test', '--abilities', 'all,money'], /^--abilities is all, or some of/],
    [['list', '--status', 'gone'], /^--status is active or suspended$/],
    [['create', '--name', 'x', '--reason', 'y'], /^--reason is nothing to it: merchant create --name/],
    [['create', '--name', ' '], /^--name is a line of 1 to 100 characters$/],
    [['toString'], /^it is: merchant list\|create/],
    [[], /^it is: merchant list\|create/],
  ])('answers a mistake with one line: %j', async (args, sentence) => {
    const refused = ops(...args);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(sentence);
  });

  it('has help for each thing it does', () => {
    for (const [word, { usage }] of Object.entries(merchantCommand.verbs!)) {
      const help = helpOf(merchantCommand, [word, '--help']);
      expect(help).toContain(`npm run ops -- ${usage}\n`);
      expect(helpOf(merchantCommand)).toContain(usage);
    }
  });
});
