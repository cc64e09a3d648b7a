import { common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { zoneQuery } from './book-operations.js';
import { dataOf, shows } from './panel-answers.js';

const sumsSchema = json.list(json.object({ currency: json.text(), count: json.integer(), amount: common.amount }));
const hoursSchema = json.list(
  json.object({ hour: json.integer(), currency: json.text(), count: json.integer(), amount: common.amount }),
);
const counted = { count: json.integer(), is_exact: json.flag(), oldest_at: json.orNull(common.moment) };

const todaySchema = json.named(
  'Today',
  json.object({
    at: common.moment,
    zone: json.text(),
    received: json.object(
      {
        today: sumsSchema,
        last_week: sumsSchema,
        last_week_so_far: sumsSchema,
        by_hour: json.object({ today: hoursSchema, last_week: hoursSchema }),
      },
      { description: 'Payments that are paid, by when they were made; hours are counted from the day’s beginning.' },
    ),
    waiting: json.object(
      { ...counted, stuck: json.integer() },
      { description: 'Whose customer has said that the money is sent; stuck: for more than five minutes.' },
    ),
    cases: json.orNull(
      json.object({ ...counted, under_an_hour: json.integer(), under_a_day: json.integer(), older: json.integer() }),
    ),
    phones: json.object({
      count: json.integer(),
      heard: json.integer({ description: 'Were heard at some time.' }),
      silent: json.integer(),
      with_gaps: json.integer(),
      battery_low: json.integer(),
    }),
    wallets: json.object({
      near_limit: json.integer(),
      limit_reached: json.integer(),
    }),
    webhooks: json.orNull(json.object({ count: json.integer(), failing: json.integer(), disabled: json.integer() })),
    rate: json.orNull(
      json.object({
        rate: json.text(),
        base_currency: json.text(),
        set_at: common.moment,
        age_seconds: json.integer(),
      }),
    ),
    checklist: json.list(
      json.object({
        step: json.words(['shop', 'wallet', 'phone', 'test_payment', 'webhook', 'go_live']),
        done: json.orNull(json.flag()),
      }),
    ),
  }),
);

export const todayOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/today',
    id: 'getToday',
    tag: 'Payments',
    summary: 'How the shop is doing, and what it takes to begin',
    description: 'A figure whose service is away is null.',
    query: zoneQuery,
    answer: dataOf(todaySchema),
  }),
];
