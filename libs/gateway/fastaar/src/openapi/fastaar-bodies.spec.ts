import { rulesOf } from '@paymatch/gateway-edge';
import { assertRuleAgrees } from '@paymatch/platform-testing';
import { CreateCustomerDto, UpdateCustomerDto } from '../customers.dto.js';
import { CreatePaymentDto, RefundPaymentDto, TestMessageDto } from '../payments.dto.js';

const fields = [CreateCustomerDto, UpdateCustomerDto, CreatePaymentDto, RefundPaymentDto, TestMessageDto].flatMap(
  (dto) => rulesOf(dto).map(([name, rule]) => [`${dto.name}.${name}`, rule] as const),
);

/** A JSON number comes to the rule as the text it was sent as. */
const asSent = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

describe('a field of contract A', () => {
  it.each(fields)('%s is described as it is checked', (name, rule) => {
    const isAmount = name.endsWith('.amount');
    assertRuleAgrees((value) => rule(isAmount ? asSent(value) : value), rule.schema!);
  });
});
