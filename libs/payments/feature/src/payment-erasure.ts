import { erasedPayer, type PayerDetails, type PaymentReply } from '@paymatch/contracts';
import { EventStore, type StoredEvent } from '@paymatch/platform-event-store';
import { jsonArray, int4Array, type Database } from '@paymatch/platform-postgres';
import type { PaymentCommandQueue } from './payment-command.queue.js';
import type { CommandMessage } from './payment-unit-of-work.js';
import { paymentsSchema } from './payments.migrations.js';

type Data = Readonly<Record<string, unknown>>;

/**
 * Takes whom a payment names out of its history. First the fact that this was done, decided like any other; then what
 * earlier facts say of that person. Whoever asks again, because a process died in between, gets both.
 */
export class PaymentErasure {
  private readonly store = new EventStore({ schema: paymentsSchema });

  constructor(
    private readonly database: Database,
    private readonly queue: Pick<PaymentCommandQueue, 'send'>,
  ) {}

  async carryOut(message: CommandMessage): Promise<PaymentReply> {
    const reply = await this.queue.send(message);
    const { paymentId } = message.data;
    const events = (await this.store.load(this.database, [paymentId])).get(paymentId) ?? [];
    const named = events.flatMap((event) => {
      const data = withoutPerson(event, events);
      return JSON.stringify(data) === JSON.stringify(event.data) ? [] : [{ version: event.streamVersion, data }];
    });
    if (named.length > 0) await this.rewrite(paymentId, named);
    return reply;
  }

  /** The one place where what is stored changes: the table's guard lets it through in this transaction alone. */
  private async rewrite(
    paymentId: string,
    named: readonly { readonly version: number; readonly data: Data }[],
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(`SET LOCAL paymatch.erasing = 'on'`);
      await tx.query(
        `UPDATE payments.events e SET data = n.data FROM unnest($2::int[], $3::json[]) AS n(version, data)
          WHERE e.stream_id = $1 AND e.stream_version = n.version`,
        [paymentId, int4Array(named.map(({ version }) => version)), jsonArray(named.map(({ data }) => data))],
      );
    });
  }
}

/** The stored fact with nobody in it; its other fields are the very ones. */
function withoutPerson({ type, data }: StoredEvent, events: readonly StoredEvent[]): Data {
  const said = data as Data;
  switch (type) {
    case 'PaymentCreated': {
      const payer = said.payer as PayerDetails | null;
      return {
        ...said,
        customerId: said.customerId === null ? null : pseudonymIn(events),
        metadata: {},
        successUrl: null,
        cancelUrl: null,
        callbackUrl: null,
        payer: payer === null ? null : erasedPayer(payer),
      };
    }
    case 'TrxSubmitted':
    case 'PaymentCompleted':
      return { ...said, senderNumber: null };
    // In the bank's words, which may name the payer.
    case 'MoneyReturned':
      return { ...said, reason: null };
    // In a person's own words, which may name anybody.
    case 'PaymentFailed':
    case 'RefundRecorded':
      return Object.fromEntries(Object.entries(said).filter(([name]) => name !== 'note'));
    default:
      return said;
  }
}

function pseudonymIn(events: readonly StoredEvent[]): unknown {
  return (events.findLast(({ type }) => type === 'PersonalDataErased')?.data as Data).pseudonym;
}
