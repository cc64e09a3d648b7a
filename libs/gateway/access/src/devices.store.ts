import { isUuid, newId } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import { In } from 'typeorm';
import { DeviceRow, WalletRow } from './access.entities.js';
import { AccessRefusal, type Device, type DevicesAdmin } from './access.ports.js';
import { randomBase62, type SecretKeeper } from './secret-keeper.js';

const LIST_MAX = 1_000;

export class DevicesStore implements DevicesAdmin {
  constructor(private readonly database: Database, private readonly secrets: SecretKeeper) {}

  /** Throws `AccessRefusal` when a wallet is not that merchant's in that mode. */
  async enrol(device: { readonly merchantId: string; readonly livemode: boolean; readonly name: string; readonly wallets: Device['wallets'] }): Promise<Device> {
    await this.checkWallets(device);
    const id = newId();
    const secret = `ds_${randomBase62(40)}`;
    const { merchantId, livemode, name } = device;
    const wallets = device.wallets.map(({ walletId, simSlot }) => ({ walletId, simSlot }));
    const row: DeviceRow = { id, merchantId, livemode, name, wallets, status: 'active', createdAt: new Date(), secretSealed: this.secrets.seal(secret, context(id, merchantId)) };
    await this.database.repository(DeviceRow).insert(row);
    return { ...withoutSecret(row), secret };
  }

  async find(deviceId: string): Promise<Device | null> {
    if (!isUuid(deviceId)) return null;
    const row = await this.database.repository(DeviceRow).findOneBy({ id: deviceId });
    return row && { ...withoutSecret(row), secret: this.secrets.open(row.secretSealed, context(row.id, row.merchantId)) };
  }

  async list(merchantId: string, livemode: boolean): Promise<readonly Omit<Device, 'secret'>[]> {
    const rows = await this.database.repository(DeviceRow).find({ where: { merchantId, livemode }, order: { id: 'DESC' }, take: LIST_MAX });
    return rows.map(withoutSecret);
  }

  async revoke(key: { readonly merchantId: string; readonly livemode: boolean; readonly deviceId: string }): Promise<boolean> {
    if (!isUuid(key.deviceId)) return false;
    const result = await this.database.repository(DeviceRow).update({ id: key.deviceId, merchantId: key.merchantId, livemode: key.livemode }, { status: 'revoked' });
    return (result.affected ?? 0) > 0;
  }

  private async checkWallets(device: { readonly merchantId: string; readonly livemode: boolean; readonly wallets: Device['wallets'] }): Promise<void> {
    const { merchantId, livemode } = device;
    const ids = [...new Set(device.wallets.map((wallet) => wallet.walletId))];
    const known = ids.every(isUuid) ? await this.database.repository(WalletRow).countBy({ id: In(ids), merchantId, livemode, status: 'active' }) : -1;
    if (known !== ids.length) throw new AccessRefusal('WALLET_NOT_FOUND', 'wallets', 'Name only active wallets of yours, by the id that GET /wallets shows.');
  }
}

function context(deviceId: string, merchantId: string): string {
  return `device/${merchantId}/${deviceId}`;
}

function withoutSecret(row: DeviceRow): Omit<Device, 'secret'> {
  const { id, merchantId, livemode, name, status, wallets } = row;
  return { id, merchantId, livemode, name, status, wallets };
}
