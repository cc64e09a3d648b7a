import type { MessageReceived } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Tx } from '@paymatch/platform-postgres';
import type { TemplateRegistry } from '@paymatch/sms-matching-domain';
import { concernsOf, MessageEffects } from './message-effects.js';
import { joinAround, lockGroups, partGroupOf, setWaiting } from './message-parts.store.js';
import { readMessage } from './message-reading.js';
import { partsOfGroups, toRawRecord } from './raw-messages.store.js';
import type { ReadMessage } from './read-message.js';
import { registryVersion } from './registry-version.js';
import { byMerchant, type MatchingStage, type Share } from '../slots/matching-stage.js';
import { causeOf } from '../slots/match-traces.js';
import type { SettleOptions } from '../slots/slot-matching.js';

export interface CreditsReceivedOptions {
  readonly stage: Pick<MatchingStage, 'commit'>;
  readonly registry: TemplateRegistry;
  readonly logger: Logger;
  readonly settings: SettleOptions & PartOptions;
}

export interface PartOptions {
  /** How long the missing part of a message is waited for before a person sees the rest. */
  readonly partWaitMs: number;
}

/** Stores what phones handed over, reads it, and brings credits to where their claims wait. */
export class CreditsReceivedHandler {
  private readonly effects: MessageEffects;
  private readonly registryVersion: string;

  constructor(private readonly options: CreditsReceivedOptions) {
    this.effects = new MessageEffects(options);
    this.registryVersion = registryVersion(options.registry);
  }

  /** Idempotent: a message known by its id has had its effects, since they committed together. */
  async handle(wires: readonly Message<MessageReceived>[], nowMs: number): Promise<void> {
    const seen = new Set<string>();
    const read = wires
      .map((wire) => this.read(wire))
      .filter(({ message: { rawId } }) => !seen.has(rawId) && seen.add(rawId));
    const groups = byMerchant(read, ({ message }) => message);
    const entries = (await this.options.stage.commit(groups.map((group) => this.shareOf(group, nowMs)))).flat();
    for (const { message, reading, cause } of entries) {
      // A plain credit stands in the tables and ends as a line of its payment; people look here for all others.
      const level = reading.outcome === 'credit' ? 'debug' : 'info';
      this.options.logger[level]('message read', {
        rawId: message.rawId,
        merchantId: message.merchantId,
        outcome: reading.outcome,
        template: reading.parsed.template?.id ?? null,
        reasons: reading.reasons,
        trxId: reading.parsed.trxId,
        correlationId: cause.correlationId,
        traceparent: cause.traceparent,
      });
    }
  }

  private shareOf(read: readonly ReadMessage[], nowMs: number): Share<readonly ReadMessage[]> {
    const whole = read.filter(({ message }) => partGroupOf(message) === null);
    return {
      kind: 'messages',
      merchant: read[0]!.message,
      nowMs,
      wanted: { messages: read.map(toRawRecord), ...concernsOf(whole) },
      decide: async (held) => {
        const isNew = ({ message }: ReadMessage): boolean => held.found.newRawIds.has(message.rawId);
        const parts = read.filter((entry) => isNew(entry) && partGroupOf(entry.message) !== null);
        const again = await this.join(held.tx, parts, nowMs);
        return this.effects.apply(held, { fresh: whole.filter(isNew), again });
      },
    };
  }

  private read(wire: Message<MessageReceived>): ReadMessage {
    const message = wire.data;
    if (typeof message.body !== 'string' || typeof message.sender !== 'string' || !Array.isArray(message.wallets))
      throw new ContractError('a received message needs sender, body and wallets');
    const isPart = partGroupOf(message) !== null;
    if (isPart && !(Number.isInteger(message.part!.index) && Number.isInteger(message.part!.total)))
      throw new ContractError('the parts of a message are counted in whole numbers');
    return {
      cause: causeOf(wire),
      message,
      reading: readMessage(message, this.options.registry, isPart),
      registry: this.registryVersion,
      rawIds: [message.rawId],
    };
  }

  /** The messages that these parts complete. A part alone says nothing; what is missing is waited for. */
  private async join(tx: Tx, parts: readonly ReadMessage[], nowMs: number): Promise<readonly ReadMessage[]> {
    const groups = [...new Set(parts.map(({ message }) => partGroupOf(message)!))];
    if (groups.length === 0) return [];
    await lockGroups(tx, groups);
    const stored = await partsOfGroups(tx, groups);
    const joined: ReadMessage[] = [];
    const complete: string[] = [];
    for (const group of groups) {
      const part = parts.findLast(({ message }) => partGroupOf(message) === group)!;
      const { message, rawIds, isComplete } = joinAround(
        part.message,
        stored.filter((other) => other.part!.key === group),
      );
      if (!isComplete) continue;
      complete.push(group);
      joined.push({ ...part, message, rawIds, reading: readMessage(message, this.options.registry) });
    }
    await setWaiting(tx, complete, null);
    await setWaiting(
      tx,
      groups.filter((group) => !complete.includes(group)),
      new Date(nowMs + this.options.settings.partWaitMs).toISOString(),
    );
    return joined;
  }
}
