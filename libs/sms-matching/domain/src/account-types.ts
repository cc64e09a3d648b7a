/** Whose messages a template reads, and which way the money went. */
/** Kind of account a message is about; the same words mean opposite directions on different kinds. */
export type AccountType = 'personal' | 'merchant' | 'agent' | 'bank';
export type Direction = 'in' | 'out' | 'none';
