import type { Direction } from './account-types.js';
import type { Outcome, ParsedMessage } from './message.js';
import { printMinor } from './money.reader.js';

/**
 * One message's reading as a line of JSON. What a doubted message claims is left out: only its template and the reasons
 * are certain.
 */
export interface ParseResult {
  readonly outcome: Outcome;
  readonly direction: Direction;
  readonly creditable: boolean;
  readonly amount: string | null;
  readonly trx_id: string | null;
  readonly counterparty: string | null;
  readonly fee: string | null;
  readonly balance: string | null;
  readonly at: string | null;
  readonly template: string | null;
  readonly reasons: readonly string[];
}

const print = (minor: number | null): string | null => (minor === null ? null : printMinor(minor));

export function toParseResult(parsed: ParsedMessage): ParseResult {
  const shown = !parsed.doubted && parsed.direction !== 'none';
  return {
    outcome: parsed.outcome,
    direction: parsed.direction,
    creditable: parsed.creditable,
    amount: shown ? print(parsed.amountMinor) : null,
    trx_id: shown ? parsed.trxId : null,
    counterparty: shown ? parsed.counterparty : null,
    fee: shown ? print(parsed.feeMinor) : null,
    balance: shown ? print(parsed.balanceMinor) : null,
    at: shown ? parsed.at : null,
    template: parsed.template?.id ?? null,
    reasons: parsed.reasons,
  };
}
