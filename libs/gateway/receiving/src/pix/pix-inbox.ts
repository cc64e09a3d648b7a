import { createHash } from 'node:crypto';
import { inEnvelope, type PixReceived, topics } from '@paymatch/contracts';
import type { Message, MessageBus } from '@paymatch/platform-messaging';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { PixCallbackOwner } from '../receiving-accounts.ports.js';
import { checkPixEntry } from './pix-notice.js';

export const PIX_INBOX = Symbol('PixInbox');

export interface PixInboxPorts {
  readonly database: Database;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Refused {
  readonly hash: Buffer;
  readonly reason: string;
  readonly text: string;
}

/** Takes the entries of a bank's notice and hands them on, durably, before the bank is answered. */
export class PixInbox {
  constructor(private readonly ports: PixInboxPorts) {}

  /** Each entry stands for itself: what cannot be read is kept for a person to see, and hurts no other. */
  async accept(
    owner: PixCallbackOwner,
    { entries, correlationId }: { readonly entries: readonly unknown[]; readonly correlationId: string },
  ): Promise<{ readonly accepted: number; readonly refused: number }> {
    const arrivedAt = new Date(this.ports.clock.nowMs()).toISOString();
    const messages: Message<PixReceived>[] = [];
    const refused: Refused[] = [];
    for (const value of entries) {
      const text = JSON.stringify(value);
      const hash = createHash('sha256')
        .update(`${owner.merchantId}/${String(owner.livemode)}/${text}`)
        .digest();
      const checked = checkPixEntry(value);
      if (!checked.isValid) {
        refused.push({ hash, reason: checked.reason, text });
        continue;
      }
      const data: PixReceived = {
        type: 'credits.pix-received',
        rawId: uuidOf(hash),
        merchantId: owner.merchantId,
        livemode: owner.livemode,
        accountKey: owner.pixKey,
        arrivedAt,
        ...checked.entry,
      };
      messages.push(
        inEnvelope(data, {
          id: data.rawId,
          source: 'api-gateway',
          key: `${owner.merchantId}:${owner.pixKey}`,
          time: arrivedAt,
          correlationId,
        }),
      );
    }
    if (refused.length > 0) await this.keep(owner, refused, arrivedAt);
    if (messages.length > 0) await this.ports.bus.publish(topics.creditsReceived.name, messages);
    const counts = { accepted: messages.length, refused: refused.length };
    const fields = {
      merchantId: owner.merchantId,
      ...counts,
      endToEndIds: messages.map((message) => message.data.endToEndId),
    };
    if (refused.length > 0)
      this.ports.logger.error(
        'a bank sent Pix entries that cannot be read; they are kept in gateway.pix_refused_entries',
        { ...fields, reasons: refused.map(({ reason }) => reason) },
      );
    else this.ports.logger.debug('a bank sent Pix entries', fields);
    return counts;
  }

  /**
   * Money may stand behind them. A NUL is the one character PostgreSQL has no place for; in JSON text it is spelt out.
   */
  private async keep(owner: PixCallbackOwner, refused: readonly Refused[], arrivedAt: string): Promise<void> {
    await this.ports.database.query(
      `INSERT INTO gateway.pix_refused_entries (content_hash, merchant_id, livemode, reason, entry, arrived_at)
       SELECT hash, $1, $2, reason, entry, $3 FROM unnest($4::bytea[], $5::text[], $6::text[]) AS r(hash, reason, entry)
       ON CONFLICT (merchant_id, livemode, content_hash) DO NOTHING`,
      [
        owner.merchantId,
        owner.livemode,
        arrivedAt,
        refused.map(({ hash }) => hash),
        refused.map(({ reason }) => reason),
        refused.map(({ text }) => text),
      ],
    );
  }
}

/** A UUID of our own making (version 8, RFC 9562 section 5.8). */
function uuidOf(hash: Buffer): string {
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
