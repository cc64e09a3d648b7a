import type { Fault } from './schedule.js';

/**
 * What a client was told. `refused`: nothing happened, says the answer. `unknown`: no answer, or one that says nothing
 * about what happened (502, 503, 504): both may be.
 */
export type Outcome = 'ok' | 'refused' | 'unknown';

interface Call {
  readonly outcome: Outcome;
  /** HTTP, 0 = none. */
  readonly status: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ForwardedSms {
  readonly trxId: string;
  readonly amountMinor: number;
  readonly sender: string;
  readonly body: string;
  /** `genuine`: from the provider and readable; anything else must never pay for a payment. */
  readonly sort: 'genuine' | 'forged' | 'unreadable';
}

export interface Create extends Call {
  readonly type: 'create';
  readonly key: string;
  readonly invoice: string;
  readonly amountMinor: number;
  readonly paymentId: string | null;
}
export interface Submit extends Call {
  readonly type: 'submit';
  readonly paymentId: string;
  readonly trxId: string;
}
export interface Forward extends Call {
  readonly type: 'forward';
  readonly messages: readonly ForwardedSms[];
  /** `accepted`, `duplicate` or `rejected` for each; empty without an answer. */
  readonly results: readonly string[];
}
export interface Refund extends Call {
  readonly type: 'refund';
  readonly key: string;
  readonly paymentId: string;
  readonly amountMinor: number;
}
/** Somebody asks for what is not theirs. */
export interface Foreign extends Call {
  readonly type: 'foreign';
  readonly by: string;
  readonly asked: string;
  readonly paymentId: string;
}
export interface Webhook {
  readonly type: 'webhook';
  readonly endpoint: string;
  readonly webhookId: string;
  readonly paymentId: string;
  readonly event: string;
  readonly sequence: number;
  readonly isGenuine: boolean;
  /** HTTP, 0 = the receiver gave none. */
  readonly answered: number;
  readonly atMs: number;
}
export interface DoneFault {
  readonly type: 'fault';
  readonly fault: Fault;
  readonly fromMs: number;
  readonly toMs: number;
  /** Why it could not be done; `null` when it was. */
  readonly missed: string | null;
}
/** A fresh payment, from its creation to its webhook. */
export interface Probe {
  readonly type: 'probe';
  readonly paymentId: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly isWhole: boolean;
}

export type Entry = Create | Submit | Forward | Refund | Foreign | Webhook | DoneFault | Probe;

export function of<Type extends Entry['type']>(
  history: readonly Entry[],
  type: Type,
): readonly Extract<Entry, { readonly type: Type }>[] {
  return history.filter((entry): entry is Extract<Entry, { readonly type: Type }> => entry.type === type);
}
