import { DomainError } from './domain-error.js';
import type { ErasePersonalData } from './payment.commands.js';
import type { PaymentEvent } from './payment.events.js';
import type { PaymentState } from './payment.state.js';

/** What is still to be decided is decided with the evidence there is; whose it is goes afterwards. */
export function erasePersonalData(
  { now, pseudonym }: ErasePersonalData,
  state: Exclude<PaymentState, { status: 'none' }>,
): readonly PaymentEvent[] {
  const isOpen = state.status === 'pending' || state.status === 'awaiting_verification';
  if (isOpen || state.reviews.length > 0) throw new DomainError('INVALID_COMMAND', { status: state.status });
  return [{ type: 'PersonalDataErased', at: now, pseudonym }];
}
