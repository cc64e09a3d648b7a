export * from './webhook.signatures.js';
export * from './retry.schedule.js';
export * from './attempt.outcome.js';
export * from './webhook-event.filter.js';
export * from './target-address.policy.js';
export * from './custom-headers.js';
export * from './receiver.pace.js';
export * from './failure.budget.js';
