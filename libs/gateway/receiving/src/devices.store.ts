import { RecentAnswers, RefusedField } from '@paymatch/gateway-edge';
import { isUuid, newId } from '@paymatch/contracts';
import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import { In } from 'typeorm';
import { DeviceRow, WalletRow } from './receiving.entities.js';
import { type Device, type DeviceKey, type DevicesAdmin, type DeviceView, type NewDevice } from './receiving.ports.js';
import { randomBase62, type SecretKeeper } from '@paymatch/platform-secrets';

const LIST_MAX = 1_000;
const LATELY_MS = 2_000;

export class DevicesStore implements DevicesAdmin {
  private readonly recent = new RecentAnswers<Device | null>({ keptMs: LATELY_MS, isKept: (found) => found !== null });

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretKeeper,
  ) {}

  /** Throws `RefusedField` when a wallet is not that merchant's in that mode. */
  async enrol(device: NewDevice): Promise<Device> {
    await checkWallets(this.database, device);
    return makeDevice(this.database, this.secrets, { id: newId(), now: new Date(), ...device });
  }

  async find(deviceId: string): Promise<Device | null> {
    return isUuid(deviceId) ? this.recent.askAnew(deviceId, () => this.load(deviceId)) : null;
  }

  async recall(deviceId: string): Promise<Device | null> {
    return (await this.recent.find(deviceId)) ?? null;
  }

  private async load(deviceId: string): Promise<Device | null> {
    const row = await this.database.repository(DeviceRow).findOneBy({ id: deviceId });
    return row && this.withSecrets(row);
  }

  async list(merchantId: string, livemode: boolean): Promise<readonly DeviceView[]> {
    const rows = await this.database
      .repository(DeviceRow)
      .find({ where: { merchantId, livemode }, order: { id: 'DESC' }, take: LIST_MAX });
    return rows.map(withoutSecret);
  }

  async revoke(key: DeviceKey): Promise<boolean> {
    if (!isUuid(key.deviceId)) return false;
    const result = await this.database
      .repository(DeviceRow)
      .update({ id: key.deviceId, merchantId: key.merchantId, livemode: key.livemode }, { status: 'revoked' });
    this.recent.forgetAll();
    return (result.affected ?? 0) > 0;
  }

  async change(
    key: DeviceKey,
    { name, wallets }: { readonly name?: string; readonly wallets?: Device['wallets'] },
  ): Promise<DeviceView | null> {
    const { merchantId, livemode, deviceId } = key;
    if (!isUuid(deviceId)) return null;
    if (wallets !== undefined) await checkWallets(this.database, { merchantId, livemode, wallets });
    const served = wallets?.map(({ walletId, simSlot }) => ({ walletId, simSlot }));
    const { rowCount } = await this.database.query(
      `UPDATE gateway.devices SET name = coalesce($4, name), wallets = coalesce($5::jsonb, wallets)
        WHERE id = $1 AND merchant_id = $2 AND livemode = $3`,
      [deviceId, merchantId, livemode, name ?? null, served === undefined ? null : JSON.stringify(served)],
    );
    this.recent.forgetAll();
    const row = rowCount === 0 ? null : await this.database.repository(DeviceRow).findOneBy({ id: deviceId });
    return row && withoutSecret(row);
  }

  async rotate(key: DeviceKey, overlapUntil: Date | null): Promise<Device | null> {
    const { merchantId, livemode, deviceId } = key;
    if (!isUuid(deviceId)) return null;
    // One statement: two rotations at one moment leave the second's secret, and never one that was shown to nobody.
    const { rowCount } = await this.database.query(
      `UPDATE gateway.devices
          SET previous_secret_sealed = CASE WHEN $4::timestamptz IS NULL THEN NULL
            ELSE secret_sealed END, previous_secret_until = $4, secret_sealed = $5
        WHERE id = $1 AND merchant_id = $2 AND livemode = $3 AND status = 'active'`,
      [deviceId, merchantId, livemode, overlapUntil, this.secrets.seal(newSecret(), context(deviceId, merchantId))],
    );
    this.recent.forgetAll();
    return rowCount === 0 ? null : this.find(deviceId);
  }

  private withSecrets(row: DeviceRow): Device {
    const open = (sealed: Buffer): string => this.secrets.open(sealed, context(row.id, row.merchantId));
    const { previousSecretSealed: previous, previousSecretUntil: until } = row;
    return {
      ...withoutSecret(row),
      secret: open(row.secretSealed),
      ...(previous !== null && until !== null && { previousSecret: { secret: open(previous), until } }),
    };
  }
}

/** Throws `RefusedField` unless every wallet named is an active one of that merchant in that mode. */
export async function checkWallets(
  database: Database,
  device: Pick<NewDevice, 'merchantId' | 'livemode' | 'wallets'>,
): Promise<void> {
  const { merchantId, livemode } = device;
  const ids = [...new Set(device.wallets.map((wallet) => wallet.walletId))];
  const known = ids.every(isUuid)
    ? await database.repository(WalletRow).countBy({ id: In(ids), merchantId, livemode, status: 'active' })
    : -1;
  if (known !== ids.length)
    throw new RefusedField(
      'WALLET_NOT_FOUND',
      'wallets',
      'Name only active wallets of yours, by the id that GET /wallets shows.',
    );
}

/** A device with a secret of its own. */
export async function makeDevice(
  sql: SqlRunner,
  secrets: SecretKeeper,
  device: NewDevice & { readonly id: string; readonly now: Date },
): Promise<Device> {
  const { id, merchantId, livemode, name, now } = device;
  const secret = newSecret();
  const wallets = device.wallets.map(({ walletId, simSlot }) => ({ walletId, simSlot }));
  await sql.query(
    `INSERT INTO gateway.devices (id, merchant_id, livemode, name, wallets, status, secret_sealed, created_at)
      VALUES ($1, $2, $3, $4, $5, 'active', $6, $7)`,
    [id, merchantId, livemode, name, JSON.stringify(wallets), secrets.seal(secret, context(id, merchantId)), now],
  );
  return { id, merchantId, livemode, name, status: 'active', wallets, secret };
}

function newSecret(): string {
  return `ds_${randomBase62(40)}`;
}

function context(deviceId: string, merchantId: string): string {
  return `device/${merchantId}/${deviceId}`;
}

function withoutSecret(row: DeviceRow): DeviceView {
  const { id, merchantId, livemode, name, status, wallets } = row;
  return { id, merchantId, livemode, name, status, wallets };
}
