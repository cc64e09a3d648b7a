import { inEnvelope, type MessageReceived, topics, type WalletRef } from '@paymatch/contracts';
import type { Device, HeartbeatReport, Wallets } from '@paymatch/gateway-receiving';
import type { Merchants } from '@paymatch/gateway-access';
import type { Message, MessageBus } from '@paymatch/platform-messaging';
import type { Clock, Logger } from '@paymatch/platform-observability';
import { checkMessage, contentHash, rawMessageId, type DeviceMessage } from './device-message.js';
import type { BegunUpload, DeviceUploadsStore, MessageResult } from './device-uploads.store.js';
import type { DeviceWatch } from './device-watch.js';

export interface DeviceInboxPorts {
  readonly uploads: DeviceUploadsStore;
  readonly watch: DeviceWatch;
  readonly bus: MessageBus;
  readonly wallets: Wallets;
  readonly merchants: Merchants;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Upload {
  readonly numbered: BegunUpload['numbered'];
  readonly entries: readonly unknown[];
  /** Of the request that brings it. */
  readonly correlationId: string;
}

interface Entry {
  readonly message: DeviceMessage;
  readonly hash: Buffer;
  readonly key: string;
}

/** A request's number stood for another body before. */
export class SequenceReused extends Error {
  override readonly name = 'SequenceReused';
  constructor(readonly lastSeq: number) {
    super(`the number was used with another body; the last one is ${lastSeq}`);
  }
}

/** Takes messages from an authenticated device and hands the new ones on, durably, before it answers. */
export class DeviceInbox {
  constructor(private readonly ports: DeviceInboxPorts) {}

  /**
   * One result per entry, in order. Published first and remembered after: whoever is cut off in between uploads again,
   * and the message carries the same id, so that matching knows it. The other order could lose money. A repeat of a
   * request gets the answer of the first; throws `SequenceReused` when its number stood for another body.
   */
  async accept(device: Device, upload: Upload): Promise<readonly MessageResult[]> {
    const { correlationId } = upload;
    const now = new Date(this.ports.clock.nowMs());
    const checked = upload.entries.map(checkMessage);
    const entries = checked.map((result): Entry | null => {
      if (!result.isValid) return null;
      const hash = contentHash(result.message);
      return { message: result.message, hash, key: hash.toString('hex') };
    });
    const hashes = entries.flatMap((entry) => (entry === null ? [] : [entry.hash]));
    const begun = await this.begin({ deviceId: device.id, numbered: upload.numbered, hashes, now });
    if (begun.answer !== null) return begun.answer;
    const known = new Set(begun.known);
    const fresh: Entry[] = [];
    const results = checked.map((result, index): MessageResult => {
      if (!result.isValid) return { seq: result.seq, status: 'rejected', reason: result.reason };
      const entry = entries[index]!;
      if (known.has(entry.key)) return { seq: entry.message.seq, status: 'duplicate' };
      known.add(entry.key);
      fresh.push(entry);
      return { seq: entry.message.seq, status: 'accepted' };
    });
    if (fresh.length > 0)
      await this.ports.bus.publish(
        topics.creditsReceived.name,
        await this.toMessages(device, fresh, { now, correlationId }),
      );
    // What was rejected has been handed over too: its number is not missing.
    const seqs = results.flatMap((result) => result.seq ?? []);
    const kept = { seq: upload.numbered?.seq ?? null, hashes: fresh.map((entry) => entry.hash), results };
    await this.ports.watch.heard({ device, now, seqs, heartbeat: null, uploads: [kept] });
    this.log(device, results);
    return results;
  }

  /**
   * A device says that it is there; a repeat is no sign of life: somebody else may have kept the request. Throws
   * `SequenceReused`.
   */
  async acceptHeartbeat(
    device: Device,
    heartbeat: HeartbeatReport & { readonly numbered: BegunUpload['numbered'] },
  ): Promise<void> {
    const now = new Date(this.ports.clock.nowMs());
    const { numbered, ...report } = heartbeat;
    const begun = await this.begin({ deviceId: device.id, numbered, hashes: [], now });
    if (begun.answer !== null) return;
    const uploads = [{ seq: numbered?.seq ?? null, hashes: [], results: [] }];
    await this.ports.watch.heard({ device, now, seqs: [], heartbeat: report, uploads });
  }

  private async begin(
    upload: BegunUpload,
  ): Promise<{ readonly known: ReadonlySet<string>; readonly answer: readonly MessageResult[] | null }> {
    // A forwarder's sign of life has neither a number nor contents.
    if (upload.numbered === null && upload.hashes.length === 0) return { known: new Set(), answer: null };
    const { place, known } = await this.ports.uploads.begin(upload);
    if (place.kind === 'reused') throw new SequenceReused(place.lastSeq);
    return { known, answer: place.kind === 'answered' ? place.results : null };
  }

  private async toMessages(
    device: Device,
    entries: readonly Entry[],
    { now, correlationId }: { readonly now: Date; readonly correlationId: string },
  ): Promise<readonly Message<MessageReceived>[]> {
    const [wallets, merchant] = await Promise.all([
      this.ports.wallets.activeLately({ ...device, needed: device.wallets.map(({ walletId }) => walletId) }),
      this.ports.merchants.findLately(device),
    ]);
    if (merchant === null)
      throw new Error(`device ${device.id} belongs to merchant ${device.merchantId}, which does not exist`);
    return entries.map(({ message, hash }) => {
      // A phone that does not say which SIM leaves every wallet of the device possible.
      const bound = device.wallets.filter(
        ({ simSlot }) => simSlot === null || message.simSlot === null || simSlot === message.simSlot,
      );
      const candidates = wallets
        .filter((wallet) => bound.some(({ walletId }) => walletId === wallet.id))
        .map((wallet): WalletRef => ({
          id: wallet.id,
          provider: wallet.provider,
          number: wallet.number,
          accountType: wallet.accountType,
          toleranceMinor: merchant.amountToleranceMinor,
        }));
      const rawId = rawMessageId(device.id, hash);
      const data: MessageReceived = {
        type: 'credits.message-received',
        rawId,
        merchantId: device.merchantId,
        livemode: device.livemode,
        deviceId: device.id,
        seq: message.seq,
        sender: message.sender,
        body: message.body,
        simSlot: message.simSlot,
        wallets: candidates,
        sentAt: message.sentAt,
        receivedAt: message.receivedAt,
        arrivedAt: now.toISOString(),
        ...(message.part !== null && { part: message.part }),
      };
      return inEnvelope(data, {
        id: rawId,
        source: 'api-gateway',
        key: `${device.merchantId}:${candidates[0]?.number ?? device.id}`,
        time: data.arrivedAt,
        correlationId,
      });
    });
  }

  private log(device: Device, results: readonly MessageResult[]): void {
    const count = (status: MessageResult['status']) => results.filter((result) => result.status === status).length;
    const fields = {
      deviceId: device.id,
      merchantId: device.merchantId,
      acceptedCount: count('accepted'),
      duplicateCount: count('duplicate'),
      rejectedCount: count('rejected'),
    };
    if (fields.rejectedCount > 0)
      this.ports.logger.warn('a device sent messages that cannot be taken', {
        ...fields,
        reasons: [...new Set(results.flatMap((result) => result.reason ?? []))],
      });
    else this.ports.logger[fields.duplicateCount > 0 ? 'info' : 'debug']('a device uploaded messages', fields);
  }
}
