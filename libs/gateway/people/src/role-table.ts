import { abilities, type Ability } from '@paymatch/gateway-access';

/** What somebody may be at a merchant. */
export const merchantRoles = ['owner', 'manager', 'support', 'developer', 'read-only'] as const;
export type MerchantRole = (typeof merchantRoles)[number];

/** `operator` runs the installation: no merchant's by that alone. */
export type Role = MerchantRole | 'operator';

interface Grant {
  /** What it is, for people. */
  readonly about: string;
  readonly roles: readonly Role[];
  /** Whether the person must have proved who they are within the last quarter of an hour. */
  readonly needsStepUp?: true;
}

const everybody = ['owner', 'manager', 'support', 'developer', 'read-only', 'operator'] as const;
const deciders = ['owner', 'manager'] as const;
const builders = ['owner', 'developer'] as const;

/**
 * Who may do what: the one place where it is said. Which route needs which of these stands beside the routes; a test
 * tries every role on every one of them. Operators read a merchant only once they have entered it.
 */
export const roleTable = {
  read: { about: 'See payments, money, cases, phones, webhooks and settings', roles: everybody },
  'notes:write': { about: 'Write notes, try a text', roles: ['owner', 'manager', 'support'] },
  'money:decide': { about: 'Assign, reject and ignore money that waits for a person', roles: deciders },
  'money:by-hand': {
    about: 'Enter or confirm money by hand, complete, deny and refund payments',
    roles: deciders,
    needsStepUp: true,
  },
  'shop:write': { about: 'Settings of the shop, rates', roles: deciders },
  'wallets:write': {
    about: 'Wallets and accounts on which money is received',
    roles: deciders,
    needsStepUp: true,
  },
  'phones:write': { about: 'Revoke phones, put alerts aside', roles: deciders },
  'phones:enrol': { about: 'Enrol phones and give them new secrets', roles: deciders, needsStepUp: true },
  'webhooks:write': { about: 'Webhook endpoints, replays and test events', roles: builders },
  'test:write': {
    about: 'Pretend messages and outcomes in test mode',
    roles: ['owner', 'manager', 'support', 'developer'],
  },
  'secrets:read': { about: 'See or change signing secrets', roles: builders, needsStepUp: true },
  'keys:read': { about: 'See API keys, without the keys', roles: builders },
  'keys:write': { about: 'Issue and revoke API keys', roles: builders, needsStepUp: true },
  'customers:erase': { about: 'Erase a customer’s personal data', roles: ['owner'], needsStepUp: true },
  'people:read': { about: 'See the people of the merchant', roles: deciders },
  'people:write': { about: 'Invite people, change roles, remove people', roles: ['owner'], needsStepUp: true },
  'audit:read': { about: 'See who changed what', roles: deciders },
  'operator:read': { about: 'See the merchants of the installation', roles: ['operator'] },
  'operator:write': {
    about:
      'Create, name, suspend and resume merchants; invite their owners; say who is told of it; decide about parked messages',
    roles: ['operator'],
    needsStepUp: true,
  },
} as const satisfies Readonly<Record<string, Grant>>;

export type Permission = keyof typeof roleTable;
export const permissions = Object.keys(roleTable) as readonly Permission[];

export function mayDo(role: Role, permission: Permission): boolean {
  return (roleTable[permission].roles as readonly Role[]).includes(role);
}

export function needsStepUp(permission: Permission): boolean {
  return (roleTable[permission] as Grant).needsStepUp === true;
}

/** What a developer may give a key: nothing that decides about money or is the merchant. */
const developersAbilities: readonly Ability[] = [
  'payments:read',
  'payments:write',
  'customers:read',
  'customers:write',
];

/** What somebody may give a key: no more than they are. */
export function grantableBy(role: string): readonly Ability[] {
  return role === 'owner' ? abilities : role === 'developer' ? developersAbilities : [];
}
