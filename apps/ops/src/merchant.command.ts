import { parseArgs } from 'node:util';
import {
  abilities as everyAbility,
  MerchantDirectory,
  type Ability,
  type ListedMerchant,
} from '@paymatch/gateway-access';
import type { Mode } from '@paymatch/gateway-people';
import { hasLength, isPrintable } from '@paymatch/gateway-edge';
import { endOfDay, merchantIdOf, noMerchant, withMerchantDesk, type MerchantDesk } from './merchant-desk.js';
import { UsageError, type OpsCommand, type OpsVerb } from './ops-command.js';

const NAME_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 500;
const PAGE = 500;

const optionNames = ['merchant', 'name', 'reason', 'plan', 'until', 'mode', 'abilities', 'status', 'search'] as const;
type OptionName = (typeof optionNames)[number];
type Given = Readonly<Partial<Record<OptionName, string>>>;

interface Verb extends OpsVerb {
  /** What it may be told; anything else is a mistake of whoever typed it. */
  readonly takes: readonly OptionName[];
  /** Reads everything before it touches anything. */
  prepare(given: Given): (desk: MerchantDesk) => Promise<string>;
}

const verbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'merchant list [--search <part of the name, or id>] [--status active|suspended]',
    summary: 'list merchants, newest first: id, state, day made, plan and its last day, name',
    takes: ['search', 'status'],
    prepare({ search = null, status }) {
      if (status !== undefined && status !== 'active' && status !== 'suspended')
        throw new UsageError('--status is active or suspended');
      return ({ database }) => listed(new MerchantDirectory(database), { text: search, status: status ?? null });
    },
  },
  create: {
    usage: 'merchant create --name <name>',
    summary: 'make a merchant and print its first live and test key, which may do everything',
    takes: ['name'],
    prepare(given) {
      const name = line('name', given.name, NAME_LENGTH_MAX);
      return async ({ office, actor }) => {
        const { id, keys } = await office.create(actor, { name, keysFor: ['live', 'test'] });
        return [`merchant  ${id}`, `live key  ${keys[0]}`, `test key  ${keys[1]}`, 'Shown this once.'].join('\n');
      };
    },
  },
  suspend: {
    usage: 'merchant suspend --merchant <id> --reason <text>',
    summary: 'refuse the keys of a merchant within two seconds; its money still arrives and its people still see it',
    takes: ['merchant', 'reason'],
    prepare(given) {
      const id = merchantIdOf(given.merchant);
      const reason = line('reason', given.reason, REASON_LENGTH_MAX);
      return async ({ office, actor }) => {
        if (!(await office.suspend(actor, id, reason))) throw noMerchant(id);
        return `merchant ${id} is suspended`;
      };
    },
  },
  resume: {
    usage: 'merchant resume --merchant <id>',
    summary: 'let a suspended merchant work again, with the keys it had',
    takes: ['merchant'],
    prepare(given) {
      const id = merchantIdOf(given.merchant);
      return async ({ office, actor }) => {
        if (!(await office.resume(actor, id))) throw noMerchant(id);
        return `merchant ${id} is active`;
      };
    },
  },
  plan: {
    usage: 'merchant plan --merchant <id> --plan <id> --until <date>',
    summary: 'give a merchant a plan until the end of a day (UTC); a day that is past ends it',
    help: '`ops plan` defines the plans there are.',
    takes: ['merchant', 'plan', 'until'],
    prepare: subscribing,
  },
  key: {
    usage: 'merchant key --merchant <id> --mode live|test [--abilities <list>|all] [--name <whose it is>]',
    summary: 'issue one more key of a merchant and print it, this once',
    help: [
      `--abilities  some of ${everyAbility.join(',')}; without it all but account:write, which changes settings`,
      'Keys that are there are listed and revoked in the console, or by GET and POST /api/panel/v1/api-keys.',
    ].join('\n'),
    takes: ['merchant', 'mode', 'abilities', 'name'],
    prepare(given) {
      const id = merchantIdOf(given.merchant);
      const wanted = {
        mode: modeOf(given.mode),
        ...(given.abilities !== undefined && { abilities: abilitiesOf(given.abilities) }),
        ...(given.name !== undefined && { name: line('name', given.name, NAME_LENGTH_MAX) }),
      };
      return async ({ office, actor }) => {
        const key = await office.issueKey(actor, id, wanted);
        if (key === null) throw noMerchant(id);
        return `${wanted.mode} key  ${key}\nShown this once.`;
      };
    },
  },
};

/** The merchants of an installation, as its operators have them in the console. */
export const merchantCommand: OpsCommand = {
  name: 'merchant',
  usage: 'merchant list|create|suspend|resume|plan|key',
  summary: 'the merchants of this installation, their plans and keys; changes stand in the audit log as "ops operator"',
  help: [
    ...Object.values(verbs).map(({ usage }) => usage),
    'npm run ops -- merchant <what> --help tells more. `merchant --name <name>` is `merchant create --name <name>`.',
  ].join('\n'),
  verbs,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(optionNames.map((name) => [name, { type: 'string' as const }])),
    });
    const given = values as Given;
    const word = positionals.join(' ') || (given.name === undefined ? '' : 'create');
    const verb = Object.hasOwn(verbs, word) ? verbs[word]! : null;
    if (verb === null) throw new UsageError(`it is: ${this.usage}`);
    const unknown = Object.keys(given).find((name) => !verb.takes.some((taken) => taken === name));
    if (unknown !== undefined) throw new UsageError(`--${unknown} is nothing to it: ${verb.usage}`);
    const work = verb.prepare(given);
    await withMerchantDesk(async (desk) => console.log(await work(desk)));
    return 0;
  },
};

export const subscriptionCommand: OpsCommand = {
  name: 'subscription',
  usage: 'subscription --merchant <id> --plan <id> --until <date>',
  summary: 'as merchant plan: give a merchant a plan until the end of a day (UTC); a day that is past ends it',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { merchant: { type: 'string' }, plan: { type: 'string' }, until: { type: 'string' } },
    });
    const work = subscribing(values as Given);
    await withMerchantDesk(async (desk) => console.log(await work(desk)));
    return 0;
  },
};

function subscribing(given: Given): (desk: MerchantDesk) => Promise<string> {
  const merchantId = merchantIdOf(given.merchant);
  const { plan } = given;
  if (!plan) throw new UsageError('--plan is missing; `ops plan` lists them');
  const until = endOfDay(given.until).toISOString();
  return async ({ office, actor }) => {
    if (!(await office.change(actor, merchantId, { plan: { id: plan, until } }))) throw noMerchant(merchantId);
    return `merchant ${merchantId} has the plan ${plan} until ${until}`;
  };
}

async function listed(
  directory: MerchantDirectory,
  asked: { readonly text: string | null; readonly status: ListedMerchant['status'] | null },
): Promise<string> {
  const lines: string[] = [];
  for (let after: string | null = null; ;) {
    const page: readonly ListedMerchant[] = await directory.list({ ...asked, after, limit: PAGE });
    lines.push(...page.map(described));
    if (page.length < PAGE) return lines.join('\n') || 'there is no such merchant';
    after = page.at(-1)!.id;
  }
}

function described({ id, status, createdAt, planId, planUntil, name }: ListedMerchant): string {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  const plan = planId === null ? 'no plan' : `${planId} until ${planUntil === null ? 'ever' : day(planUntil)}`;
  return [id, status, day(createdAt), plan, name].join('\t');
}

function line(name: string, text: string | undefined, lengthMax: number): string {
  const trimmed = text?.trim() ?? '';
  if (!hasLength(trimmed, 1, lengthMax) || !isPrintable(trimmed))
    throw new UsageError(`--${name} is a line of 1 to ${lengthMax} characters`);
  return trimmed;
}

function modeOf(text: string | undefined): Mode {
  if (text !== 'live' && text !== 'test') throw new UsageError('--mode is live or test');
  return text;
}

function abilitiesOf(text: string): readonly Ability[] {
  if (text === 'all') return everyAbility;
  const wanted = [...new Set(text.split(',').map((part) => part.trim()))];
  const known = everyAbility.filter((ability) => wanted.includes(ability));
  if (known.length !== wanted.length) throw new UsageError(`--abilities is all, or some of ${everyAbility.join(',')}`);
  return known;
}
