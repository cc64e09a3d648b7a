import { GroupCommit } from '@paymatch/platform-batching';
import { SupervisedLoop } from '@paymatch/platform-loops';
import type { Database } from '@paymatch/platform-postgres';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type {
  AlertsPage,
  DeviceAlert,
  DeviceAlerts,
  DevicePresence,
  DeviceStanding,
  NumberRange,
} from '@paymatch/gateway-receiving';
import type { DeviceAlertsStore } from './device-alerts.store.js';
import type { ClosedAlert, DeviceContact } from './device-contact.js';
import type { DevicePresenceStore } from './device-presence.store.js';
import { readNumbers } from './message-numbers.js';

export interface DeviceWatchOptions {
  /** How long a phone that sends heartbeats may be silent. */
  readonly silenceMinutes: number;
  /** How long one that sends none may be: it has nothing to say when nobody pays. */
  readonly uploadSilenceMinutes: number;
}

export interface DeviceWatchPorts {
  readonly database: Database;
  readonly presence: DevicePresenceStore;
  readonly alerts: DeviceAlertsStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

const CONTACTS_MAX = 50;
const SWEEP_EVERY_MS = 5_000;
/** Uploads may overtake each other on their way; nobody is called for that. */
const GAP_ANNOUNCED_AFTER_MS = 10_000;
const ROWS_MAX = 500;
const ROUNDS_MAX = 20;
const RANGES_LOGGED_MAX = 20;

const unheard: DevicePresence = { lastHeardAt: null, lastHeartbeatAt: null, batteryPercent: null, appVersion: null };

/** Two contacts of one device as one: the later moment, all numbers, what was said last. */
function merge(earlier: DeviceContact, later: DeviceContact): DeviceContact {
  return {
    device: later.device,
    now: later.now > earlier.now ? later.now : earlier.now,
    seqs: [...earlier.seqs, ...later.seqs],
    heartbeat: later.heartbeat ?? earlier.heartbeat,
    uploads: [...earlier.uploads, ...later.uploads],
  };
}

/**
 * Watches that devices are heard and that their messages come without gaps. Any number of gateways may do so on one
 * database.
 */
export class DeviceWatch implements DeviceAlerts {
  private readonly loop: SupervisedLoop;
  private readonly contacts: GroupCommit<DeviceContact, void>;

  constructor(
    private readonly ports: DeviceWatchPorts,
    private readonly options: DeviceWatchOptions,
  ) {
    this.contacts = new GroupCommit({
      batchSizeMax: CONTACTS_MAX,
      concurrencyMax: 4,
      streamOf: ({ device }) => device.id,
      commitBatch: (batch) => this.noteBatch(batch),
    });
    this.loop = new SupervisedLoop({
      name: 'the look after devices',
      logger: ports.logger,
      everyMs: SWEEP_EVERY_MS,
      turn: (isStopping) => this.sweep(isStopping),
    });
  }

  /** A device was heard: noted together with what it said. */
  heard(contact: DeviceContact): Promise<void> {
    return this.contacts.submit(contact);
  }

  /**
   * Contacts of one device that come together are noted together: each by itself would wait for the one before, and its
   * commit.
   */
  private async noteBatch(batch: readonly DeviceContact[]): Promise<readonly PromiseSettledResult<void>[]> {
    const byDevice = new Map<string, DeviceContact[]>();
    for (const contact of batch) {
      const together = byDevice.get(contact.device.id);
      if (together === undefined) byDevice.set(contact.device.id, [contact]);
      else together.push(contact);
    }
    const outcomes = new Map<string, PromiseSettledResult<void>>();
    for (const [deviceId, together] of byDevice)
      outcomes.set(deviceId, (await Promise.allSettled([this.note(together.reduce(merge))]))[0]);
    return batch.map(({ device }) => outcomes.get(device.id)!);
  }

  private async note(contact: DeviceContact): Promise<void> {
    const { presence, logger } = this.ports;
    const whole = await presence.noteWhole(contact);
    const { closed, missing } = whole === null ? await this.noteWithGaps(contact) : { ...whole, missing: [] };
    this.logClosed(closed);
    if (missing.length > 0)
      logger.warn('a device passed over numbers of its messages', {
        deviceId: contact.device.id,
        merchantId: contact.device.merchantId,
        missing: missing.slice(0, RANGES_LOGGED_MAX),
      });
  }

  private noteWithGaps(
    contact: DeviceContact,
  ): Promise<{ readonly closed: readonly ClosedAlert[]; readonly missing: readonly NumberRange[] }> {
    const { database, presence, alerts } = this.ports;
    return database.transaction(async (tx) => {
      const { closed, lastSeq } = await presence.note(tx, contact);
      const { missing } = readNumbers(lastSeq, contact.seqs);
      if (missing.length > 0) await alerts.openGap(tx, contact, missing);
      return { closed, missing };
    });
  }

  async standings(deviceIds: readonly string[]): Promise<ReadonlyMap<string, DeviceStanding>> {
    const [presences, kinds] = await Promise.all([
      this.ports.presence.of(deviceIds),
      this.ports.alerts.openKinds(deviceIds),
    ]);
    return new Map(deviceIds.map((id) => [id, { ...(presences.get(id) ?? unheard), openAlerts: kinds.get(id) ?? [] }]));
  }

  list(page: AlertsPage): Promise<readonly DeviceAlert[]> {
    return this.ports.alerts.list(page);
  }

  async dismiss(
    key: { readonly merchantId: string; readonly livemode: boolean; readonly alertId: string },
    by: string,
  ): Promise<DeviceAlert | null> {
    const { alerts, clock, logger } = this.ports;
    const found = await alerts.find(key);
    if (found === null || found.kind === 'silent') return found;
    await alerts.closeGap(found.id, { now: new Date(clock.nowMs()), closedBy: by });
    logger.info("a device's gap was dismissed", {
      alertId: found.id,
      deviceId: found.deviceId,
      merchantId: found.merchantId,
      actor: by,
    });
    return alerts.find(key);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.contacts.close();
  }

  /** Opens what is due, closes what is over, and tells of each open alert once: in bounded steps. */
  async sweep(isStopping: () => boolean = () => false): Promise<void> {
    const { presence, alerts, clock } = this.ports;
    const nowMs = clock.nowMs();
    const now = new Date(nowMs);
    const ago = (ms: number): Date => new Date(nowMs - ms);
    const limits = {
      now,
      heardBefore: ago(this.options.silenceMinutes * 60_000),
      uploadedBefore: ago(this.options.uploadSilenceMinutes * 60_000),
      rowsMax: ROWS_MAX,
    };
    const inRounds = async (step: () => Promise<number>): Promise<void> => {
      for (let round = 0; round < ROUNDS_MAX && !isStopping(); round += 1) {
        if ((await step()) < ROWS_MAX) return;
      }
    };
    await inRounds(() => presence.beginWatching(now, ROWS_MAX));
    await inRounds(() => alerts.openSilences(limits));
    await inRounds(async () => {
      const closed = await alerts.closeRevoked(now, ROWS_MAX);
      this.logClosed(closed);
      return closed.length;
    });
    await inRounds(async () => {
      const unannounced = await alerts.takeUnannounced({
        now,
        gapsBefore: ago(GAP_ANNOUNCED_AFTER_MS),
        rowsMax: ROWS_MAX,
      });
      for (const alert of unannounced) this.announce(alert);
      return unannounced.length;
    });
  }

  private announce(alert: DeviceAlert): void {
    const fields = {
      alertId: alert.id,
      deviceId: alert.deviceId,
      merchantId: alert.merchantId,
      livemode: alert.livemode,
      openedAt: alert.openedAt,
    };
    if (alert.kind === 'silent')
      this.ports.logger.error('a device is not heard any more: what it receives does not arrive here', {
        ...fields,
        lastHeardAt: alert.lastHeardAt,
      });
    else
      this.ports.logger.error('messages of a device are missing', {
        ...fields,
        missing: alert.missing.slice(0, RANGES_LOGGED_MAX),
      });
  }

  private logClosed(closed: readonly ClosedAlert[]): void {
    for (const { id, deviceId, kind, wasAnnounced } of closed) {
      if (wasAnnounced) this.ports.logger.info('an alert of a device is over', { alertId: id, deviceId, kind });
    }
  }
}
