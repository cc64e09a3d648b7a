/** Kind of account a message is about; the same words mean opposite directions on different kinds. */
export type AccountType = 'personal' | 'merchant' | 'agent' | 'bank';
/** Which way the money of a message went. */
export type Direction = 'in' | 'out' | 'none';
