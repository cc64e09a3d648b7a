import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';

export const PASSKEYS_MAX = 20;

/** A passkey as its owner sees it. */
export interface PasskeyView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What an authenticator's answer is held against. */
export interface KnownPasskey {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
}

type NewPasskey = Pick<KnownPasskey, 'userId' | 'name' | 'credentialId' | 'publicKey' | 'counter' | 'transports'>;

type PasskeyRow = {
  id: string;
  user_id: string;
  email: string;
  name: string;
  credential_id: Buffer;
  public_key: Buffer;
  counter: string;
  transports: string[];
};

/** Passkeys: of each the public half, and how often it was used. */
export class PasskeysStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The person's row makes those wait who add the last one twice at once. */
  async add(passkey: NewPasskey, tx: Tx): Promise<PasskeyView | 'exists' | 'too-many'> {
    await tx.query('SELECT 1 FROM gateway.users WHERE id = $1 FOR NO KEY UPDATE', [passkey.userId]);
    const { rows: own } = await tx.query('SELECT 1 FROM gateway.passkeys WHERE user_id = $1', [passkey.userId]);
    if (own.length >= PASSKEYS_MAX) return 'too-many';
    const id = newId();
    const createdAt = new Date(this.clock.nowMs());
    const { rowCount } = await tx.query(
      `INSERT INTO gateway.passkeys (id, user_id, credential_id, public_key, counter, transports, name, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING`,
      [
        id,
        passkey.userId,
        Buffer.from(passkey.credentialId),
        Buffer.from(passkey.publicKey),
        passkey.counter,
        passkey.transports,
        passkey.name,
        createdAt,
      ],
    );
    return rowCount === 0 ? 'exists' : { id, name: passkey.name, createdAt, lastUsedAt: null };
  }

  async list(userId: string): Promise<readonly PasskeyView[]> {
    const { rows } = await this.database.query<{
      id: string;
      name: string;
      created_at: Date;
      last_used_at: Date | null;
    }>('SELECT id, name, created_at, last_used_at FROM gateway.passkeys WHERE user_id = $1 ORDER BY id', [userId]);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    }));
  }

  async of(userId: string): Promise<readonly KnownPasskey[]> {
    return this.query('k.user_id = $1', userId);
  }

  async find(credentialId: Uint8Array): Promise<KnownPasskey | null> {
    return (await this.query('k.credential_id = $1', Buffer.from(credentialId)))[0] ?? null;
  }

  /**
   * Writes down that it was used. `false` where its counter did not go on: another answer with the same counter came
   * first, or there are two of this authenticator. Those that do not count always say 0.
   */
  async use(passkey: Pick<KnownPasskey, 'id'>, counter: number, tx: Tx): Promise<boolean> {
    const { rowCount } = await tx.query(
      `UPDATE gateway.passkeys SET counter = $2, last_used_at = $3
        WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))`,
      [passkey.id, counter, new Date(this.clock.nowMs())],
    );
    return rowCount === 1;
  }

  /** Its name; `null` where there is none of this person. */
  async remove(userId: string, id: string, tx: Tx): Promise<string | null> {
    const {
      rows: [row],
    } = await tx.query<{ name: string }>('DELETE FROM gateway.passkeys WHERE id = $1 AND user_id = $2 RETURNING name', [
      id,
      userId,
    ]);
    return row?.name ?? null;
  }

  /** How many there were. */
  async removeAll(userId: string, tx: Tx): Promise<number> {
    const { rowCount } = await tx.query('DELETE FROM gateway.passkeys WHERE user_id = $1', [userId]);
    return rowCount ?? 0;
  }

  private async query(condition: string, value: string | Buffer): Promise<readonly KnownPasskey[]> {
    const { rows } = await this.database.query<PasskeyRow>(
      `SELECT k.id, k.user_id, u.email, k.name, k.credential_id, k.public_key, k.counter, k.transports
         FROM gateway.passkeys k JOIN gateway.users u ON u.id = k.user_id WHERE ${condition} ORDER BY k.id`,
      [value],
    );
    return rows.map((row) => ({
      id: row.id,
      userId: row.user_id,
      email: row.email,
      name: row.name,
      credentialId: new Uint8Array(row.credential_id),
      publicKey: new Uint8Array(row.public_key),
      counter: Number(row.counter),
      transports: row.transports,
    }));
  }
}
