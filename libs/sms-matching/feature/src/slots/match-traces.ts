import type { CreditEvent } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { endAll, goingOn, passingOn, type TraceSpan, type Tracing } from '@paymatch/platform-observability';
import type { ClaimRecord } from './records.js';

/** Where a message came from, for what it causes. */
export interface Cause {
  readonly correlationId: string;
  readonly messageId: string | null;
  readonly traceparent?: string | undefined;
}

export function causeOf({ correlationId, id, traceparent }: Omit<Message, 'data'>): Cause {
  return { correlationId, messageId: id, traceparent };
}

/** What is about a payment goes on with the payment's trace, whichever side came second; a match is a step of it. */
export class MatchTraces {
  private readonly matches: TraceSpan[] = [];
  private readonly waiting = new Map<string, string>();

  constructor(private readonly tracing: Tracing = passingOn) {}

  /** A payment waits, from now on where something caused it; the claim keeps that trace. */
  waits(claim: ClaimRecord, cause: Cause | null): ClaimRecord {
    const traceparent = cause?.traceparent ?? claim.traceparent;
    if (typeof traceparent !== 'string') return claim;
    this.waiting.set(claim.paymentId, traceparent);
    return { ...claim, traceparent };
  }

  /** The context of a fact that came of `cause`. */
  contextOf(
    fact: { readonly type: CreditEvent['type']; readonly paymentId?: string | null },
    cause: Cause,
  ): Pick<Message, 'traceparent'> {
    const paymentId = fact.paymentId ?? '';
    const path = goingOn(this.waiting.get(paymentId), cause.traceparent);
    if (path.parent === undefined) return {};
    if (fact.type !== 'credits.matched') return { traceparent: path.parent };
    const attributes = { 'paymatch.payment.id': paymentId };
    const span = this.tracing.begin('match', { kind: 'internal', ...path, attributes });
    if (span !== undefined) this.matches.push(span);
    return { traceparent: span?.traceparent ?? path.parent };
  }

  /** What was matched is written. */
  end(): void {
    endAll(this.matches);
  }
}
