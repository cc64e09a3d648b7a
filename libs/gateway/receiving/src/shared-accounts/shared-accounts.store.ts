import type { Clock } from '@paymatch/platform-observability';
import { isUniqueViolation, type Database, type Tx } from '@paymatch/platform-postgres';
import { normaliseWalletNumber } from '@paymatch/vocabulary';
import { isPixKey } from '../pix/pix-key.js';

/** An account of money: a wallet's number, or a Pix key under the provider `pix`. */
export interface SharedAccount {
  readonly merchantId: string;
  readonly provider: string;
  readonly number: string;
}

/** What a merchant is told whose number is in use; it says nothing of who else has it. */
export const ACCOUNT_NEEDS_WORD =
  'This account can only be used here once the operator of this gateway has allowed it for your shop; ask them to.';

/** The operator's word that a merchant may receive on an account that another merchant of the installation has. */
export class SharedAccountsStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** `false` where there is no such merchant, or it could be no such account. Allowed twice is allowed once. */
  async allow({ merchantId, provider, number }: SharedAccount, tx: Tx): Promise<boolean> {
    const account = provider === 'pix' ? number : normaliseWalletNumber(number);
    if (provider === 'pix' && !isPixKey(number)) return false;
    const { rows } = await tx.query('SELECT 1 FROM gateway.merchants WHERE id = $1', [merchantId]);
    if (rows.length === 0) return false;
    await tx.query(
      `INSERT INTO gateway.shared_accounts (merchant_id, provider, account, created_at)
       VALUES ($1, $2, gateway.account_of($2, $3), $4) ON CONFLICT DO NOTHING`,
      [merchantId, provider, account, new Date(this.clock.nowMs())],
    );
    return true;
  }

  async list(merchantId: string): Promise<readonly Omit<SharedAccount, 'merchantId'>[]> {
    const { rows } = await this.database.query<{ provider: string; account: string }>(
      'SELECT provider, account FROM gateway.shared_accounts WHERE merchant_id = $1 ORDER BY provider, account LIMIT 1000',
      [merchantId],
    );
    return rows.map(({ provider, account }) => ({ provider, number: account }));
  }
}

/** Whether the database refused the account because it is another merchant's; TypeORM wraps what the driver threw. */
export function needsOperatorsWord(error: unknown): boolean {
  const { driverError } = error as { driverError?: unknown };
  return [error, driverError].some((each) => isUniqueViolation(each, 'account_of_one_merchant'));
}
