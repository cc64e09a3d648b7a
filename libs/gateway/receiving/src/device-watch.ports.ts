/** Numbers of messages, both ends included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** What a phone may say of itself with a heartbeat; `null` = it did not say. */
export interface HeartbeatReport {
  readonly batteryPercent: number | null;
  readonly appVersion: string | null;
}

/** When a device was last heard, for people. */
export interface DevicePresence extends HeartbeatReport {
  readonly lastHeardAt: string | null;
  readonly lastHeartbeatAt: string | null;
}

/** Something is wrong with a device: it is not heard any more, or messages it numbered never came. */
export interface DeviceAlert {
  readonly id: string;
  readonly deviceId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly kind: 'silent' | 'gap';
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** `device` = by itself, `revoked` = with the device, or who dismissed it. */
  readonly closedBy: string | null;
  /** Of a silence: when the device was last heard, `null` = never. */
  readonly lastHeardAt: string | null;
  /** Of a gap: the numbers that were passed over, and those of them that have not come since. */
  readonly gap: readonly NumberRange[];
  readonly missing: readonly NumberRange[];
}

export interface AlertsPage {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly status: 'open' | 'closed' | null;
  readonly before: string | null;
  readonly limit: number;
}

/** How a device is doing. */
export interface DeviceStanding extends DevicePresence {
  readonly openAlerts: readonly DeviceAlert['kind'][];
}

/** What people may see and say of devices' alerts. Injected under `DEVICE_ALERTS`. */
export interface DeviceAlerts {
  /** By device id; a device that was never heard may be absent. */
  standings(deviceIds: readonly string[]): Promise<ReadonlyMap<string, DeviceStanding>>;
  list(page: AlertsPage): Promise<readonly DeviceAlert[]>;
  /**
   * Closes a gap whose messages will never come. `null` when there is no such alert; a silence stays open, since only
   * the device can end it.
   */
  dismiss(
    key: { readonly merchantId: string; readonly livemode: boolean; readonly alertId: string },
    by: string,
  ): Promise<DeviceAlert | null>;
}

export const DEVICE_ALERTS = Symbol('DeviceAlerts');
