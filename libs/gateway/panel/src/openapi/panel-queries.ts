import { common, json, type ApiParameter } from '@paymatch/gateway-edge';
import { momentRule, paymentIdRule } from '../panel.rules.js';

type Query = Readonly<Record<string, ApiParameter>>;

export const limitQuery: Query = { limit: { schema: json.integer({ minimum: 1, maximum: 100, default: 50 }) } };
export const beforeQuery: Query = {
  before: { schema: common.uuid, description: 'The id of the last one that one has.' },
};
export const periodQuery: Query = { from: { schema: momentRule.schema! }, to: { schema: momentRule.schema! } };
export const paymentQuery: Query = {
  payment_id: { schema: paymentIdRule.schema!, description: 'In either spelling.' },
};
