import type { Device, DeviceAlert, HeartbeatReport } from '@paymatch/gateway-receiving';
import type { MessageResult } from './device-uploads.store.js';

/** One time a device was heard. */
export interface DeviceContact {
  readonly device: Pick<Device, 'id' | 'merchantId' | 'livemode'>;
  readonly now: Date;
  /** Numbers of the messages it handed over. */
  readonly seqs: readonly number[];
  /** `null` when this was no heartbeat. */
  readonly heartbeat: HeartbeatReport | null;
  /** What it handed over at that, to be remembered. */
  readonly uploads: readonly KeptUpload[];
}

/** An upload that was carried out. */
export interface KeptUpload {
  /** The request's number; `null`: a forwarder without numbers. */
  readonly seq: number | null;
  /** Of the contents that were published. */
  readonly hashes: readonly Buffer[];
  readonly results: readonly MessageResult[];
}

/** An alert that has just been closed, and whether anybody had been told of it. */
export interface ClosedAlert {
  readonly id: string;
  readonly deviceId: string;
  readonly kind: DeviceAlert['kind'];
  readonly wasAnnounced: boolean;
}

/** A contact that was noted. */
export interface Noted {
  /** The highest message number known before. */
  readonly lastSeq: number | null;
  /** The alerts that are over by it. */
  readonly closed: readonly ClosedAlert[];
}
