import { parseArgs } from 'node:util';
import { PlansStore, type Plan } from '@paymatch/gateway-access';
import { withGatewayDatabase } from './gateway-database.js';
import { UsageError, type OpsCommand } from './ops-command.js';

const PLAN_ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Once one plan is defined, every merchant needs a subscription to create live payments. */
export const planCommand: OpsCommand = {
  name: 'plan',
  usage: 'plan [--id <id> [--remove | --price <text> --payments <n> --wallets <n> --phones <n>]]',
  summary: 'list the plans, or set or remove one; a limit that is not named is none',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        id: { type: 'string' },
        remove: { type: 'boolean', default: false },
        price: { type: 'string' },
        payments: { type: 'string' },
        wallets: { type: 'string' },
        phones: { type: 'string' },
      },
    });
    const { id } = values;
    if (id !== undefined && !PLAN_ID.test(id))
      throw new UsageError('a plan is named by lower-case letters, digits and hyphens, at most 40');
    const plan = id === undefined ? null : readPlan(id, values);
    await withGatewayDatabase(async (database) => {
      const plans = new PlansStore(database);
      if (plan !== null && values.remove) {
        if (!(await plans.remove(plan.id))) throw new UsageError(`there is no plan ${plan.id}, or a merchant has it`);
      } else if (plan !== null) await plans.set(plan);
      console.log(
        (await plans.list()).map(describe).join('\n') || 'no plans are defined: every merchant may do everything',
      );
    });
    return 0;
  },
};

type Given = Partial<Record<'price' | 'payments' | 'wallets' | 'phones', string>>;

function readPlan(id: string, given: Given): Plan {
  const limit = (name: 'payments' | 'wallets' | 'phones'): number | null => {
    const text = given[name];
    if (text === undefined) return null;
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} is a whole number from 1`);
    return Number(text);
  };
  return {
    id,
    price: given.price ?? null,
    paymentsPerMonth: limit('payments'),
    walletsMax: limit('wallets'),
    phonesMax: limit('phones'),
  };
}

function describe(plan: Plan): string {
  const most = (count: number | null, what: string): string => `${count ?? 'any number of'} ${what}`;
  return [
    plan.id,
    most(plan.paymentsPerMonth, 'payments a month'),
    most(plan.walletsMax, 'wallets'),
    most(plan.phonesMax, 'phones'),
    ...(plan.price === null ? [] : [plan.price]),
  ].join(', ');
}
