import { RefusedField } from '@paymatch/gateway-edge';
import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { type Device, type DeviceEnrolments, type IssuedCode, type NewDevice } from './receiving.ports.js';
import { checkWallets, makeDevice } from './devices.store.js';
import { randomBase62, type SecretKeeper } from '@paymatch/platform-secrets';

const CODE_LIFE_MS = 10 * 60_000;
/** 32 letters and digits carry 190 bits. */
const CODE_LENGTH = 32;
const CODE_SHAPE = /^de_[0-9A-Za-z]{32}$/;
const OPEN_CODES_MAX = 50;
/** Used and expired codes are kept this long, to look at. */
const KEPT_MS = 30 * 24 * 3_600_000;

interface EnrolmentRow {
  merchant_id: string;
  livemode: boolean;
  name: string;
  wallets: Device['wallets'];
}

export class DeviceEnrolmentsStore implements DeviceEnrolments {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretKeeper,
    private readonly clock: Clock,
  ) {}

  async issue(device: NewDevice): Promise<IssuedCode> {
    await checkWallets(this.database, device);
    const { merchantId, livemode, name } = device;
    const now = new Date(this.clock.nowMs());
    await this.database.query(
      'DELETE FROM gateway.device_enrolments WHERE merchant_id = $1 AND livemode = $2 AND expires_at < $3',
      [merchantId, livemode, new Date(now.getTime() - KEPT_MS)],
    );
    const issued: IssuedCode = {
      enrolmentId: newId(now.getTime()),
      code: `de_${randomBase62(CODE_LENGTH)}`,
      expiresAt: new Date(now.getTime() + CODE_LIFE_MS),
    };
    const wallets = device.wallets.map(({ walletId, simSlot }) => ({ walletId, simSlot }));
    const { rowCount } = await this.database.query(
      `INSERT INTO gateway.device_enrolments (id, merchant_id, livemode, name, wallets, code_hash, expires_at,
        created_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8
        WHERE (SELECT count(*) FROM gateway.device_enrolments WHERE merchant_id = $2 AND livemode = $3
          AND expires_at > $8 AND device_id IS NULL) < $9`,
      [
        issued.enrolmentId,
        merchantId,
        livemode,
        name,
        JSON.stringify(wallets),
        this.secrets.hashCode(issued.code),
        issued.expiresAt,
        now,
        OPEN_CODES_MAX,
      ],
    );
    if (rowCount === 0)
      throw new RefusedField(
        'TOO_MANY_CODES',
        'name',
        `There are ${OPEN_CODES_MAX} codes waiting to be used; use one, or wait ten minutes.`,
      );
    return issued;
  }

  async redeem(code: string, name: string | null): Promise<Device | null> {
    if (!CODE_SHAPE.test(code)) return null;
    const now = new Date(this.clock.nowMs());
    return this.database.transaction(async (tx) => {
      // The row's lock stops two phones with one code: the second waits, and then finds it used.
      const {
        rows: [row],
      } = await tx.query<EnrolmentRow & { id: string }>(
        `SELECT id, merchant_id, livemode, name, wallets FROM gateway.device_enrolments
          WHERE code_hash = $1 AND device_id IS NULL AND expires_at > $2 FOR UPDATE`,
        [this.secrets.hashCode(code), now],
      );
      if (row === undefined) return null;
      const device = await makeDevice(tx, this.secrets, {
        id: newId(now.getTime()),
        merchantId: row.merchant_id,
        livemode: row.livemode,
        name: name ?? row.name,
        wallets: row.wallets,
        now,
      });
      await tx.query('UPDATE gateway.device_enrolments SET device_id = $2 WHERE id = $1', [row.id, device.id]);
      return device;
    });
  }
}
