import type { CreditRefusalCode } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';

export function refusal(code: CreditRefusalCode, details: Readonly<Record<string, unknown>>): Refusal {
  return new Refusal(code, details);
}

/** A decision nobody's name stands under is not taken. */
export function requireActor(command: { readonly actor: unknown }): void {
  if (typeof command.actor !== 'string' || command.actor === '')
    throw refusal('INVALID_COMMAND', { actor: command.actor });
}
