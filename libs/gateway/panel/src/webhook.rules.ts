import { Validate } from 'class-validator';
import {
  webhookEventNames,
  webhookEventPatterns,
  webhookOrders,
  type WebhookEventName,
  type WebhookEventPattern,
  type WebhookOrder,
} from '@paymatch/contracts';
import { described, FieldConstraint, json, type FieldRule } from '@paymatch/gateway-edge';
import { booleanRule, integerRule, lineRule, listRule, optional, secretRule, webhookUrlRule } from './panel.rules.js';

const orNone = (rule: FieldRule): FieldRule =>
  described(rule.schema ?? {}, (value) => (value === null ? null : rule(value)));

const descriptionRule: FieldRule = described(json.text({ maxLength: 200 }), (value) =>
  value === '' ? null : lineRule('description', 200)(value),
);
const orderRule: FieldRule = described(json.words(webhookOrders), (value) =>
  webhookOrders.includes(value as WebhookOrder) ? null : `The order must be one of ${webhookOrders.join(', ')}.`,
);

/** Which names are ours to write is webhook-dispatch's to say. */
const headersRule: FieldRule = described(json.map(json.text()), (value) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((item) => typeof item === 'string')
    ? null
    : 'Send an object of header names and texts.',
);

class EndpointFields {
  @Validate(FieldConstraint, [optional(orNone(webhookUrlRule))]) url?: string | null;
  @Validate(FieldConstraint, [optional(descriptionRule)]) description?: string;
  @Validate(FieldConstraint, [optional(listRule('events', webhookEventPatterns))])
  events?: readonly WebhookEventPattern[];
  @Validate(FieldConstraint, [optional(headersRule)]) headers?: Readonly<Record<string, string>>;
  @Validate(FieldConstraint, [optional(orderRule)]) order?: WebhookOrder;
  @Validate(FieldConstraint, [optional(orNone(integerRule('concurrency_max', 1, 256)))]) concurrency_max?:
    number | null;
  @Validate(FieldConstraint, [optional(orNone(integerRule('rate_per_second', 1, 1_000)))]) rate_per_second?:
    number | null;
}

export class CreateEndpointDto extends EndpointFields {
  @Validate(FieldConstraint, [optional(secretRule)]) secret?: string | null;
}

export class ChangeEndpointDto extends EndpointFields {
  @Validate(FieldConstraint, [optional(booleanRule('enabled'))]) enabled?: boolean;
}

export class RotateSecretDto {
  @Validate(FieldConstraint, [optional(secretRule)]) secret?: string | null;
}

const eventRule: FieldRule = described(json.words(webhookEventNames), (value) =>
  webhookEventNames.includes(value as WebhookEventName)
    ? null
    : `The type must be one of ${webhookEventNames.join(', ')}.`,
);

export class TestEventDto {
  @Validate(FieldConstraint, [optional(eventRule)]) type?: WebhookEventName;
}
