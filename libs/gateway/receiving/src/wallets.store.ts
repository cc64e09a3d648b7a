import { RecentAnswers, RefusedField } from '@paymatch/gateway-edge';
import { isUuid, newId } from '@paymatch/contracts';
import { normaliseWalletNumber, walletFaults } from '@paymatch/vocabulary';
import { isUniqueViolation, type Database } from '@paymatch/platform-postgres';
import { WalletRow } from './receiving.entities.js';
import type { NewWallet, Wallet, WalletKey, WalletsAdmin, WalletTerms } from './receiving.ports.js';
import { noLimits } from './wallet-limits.js';
import { ACCOUNT_NEEDS_WORD, needsOperatorsWord } from './shared-accounts/shared-accounts.store.js';

const LIST_MAX = 1_000;
const LATELY_MS = 2_000;

export class WalletsStore implements WalletsAdmin {
  private readonly recent = new RecentAnswers<readonly Wallet[]>({ keptMs: LATELY_MS });

  constructor(private readonly database: Database) {}

  /**
   * Throws `RefusedField` when no money could arrive there, the merchant has that account open already, or another one
   * has it and the operator has not said that they share it.
   */
  async add(wallet: NewWallet): Promise<Wallet> {
    const { merchantId, livemode, provider, accountType, accountName = null, limits = noLimits } = wallet;
    const number = normaliseWalletNumber(wallet.number);
    const [fault] = Object.entries(walletFaults(wallet));
    if (fault !== undefined) throw new RefusedField('WALLET_INVALID', ...fault);
    const row: WalletRow = {
      id: newId(),
      status: 'active',
      createdAt: new Date(),
      merchantId,
      livemode,
      provider,
      number,
      accountType,
      accountName,
      ...limits,
    };
    try {
      await this.database.repository(WalletRow).insert(row);
    } catch (error) {
      if (needsOperatorsWord(error)) throw new RefusedField('WALLET_OF_ANOTHER', 'number', ACCOUNT_NEEDS_WORD);
      if (!isWalletTaken(error)) throw error;
      throw new RefusedField(
        'WALLET_EXISTS',
        'number',
        `There is an active ${provider} wallet with this number already; close it first.`,
      );
    }
    this.recent.forgetAll();
    return toWallet(row);
  }

  async active(merchantId: string, livemode: boolean): Promise<readonly Wallet[]> {
    const rows = await this.database
      .repository(WalletRow)
      .find({ where: { merchantId, livemode, status: 'active' }, order: { id: 'ASC' }, take: LIST_MAX });
    return rows.map(toWallet);
  }

  async activeLately({
    merchantId,
    livemode,
    needed,
  }: Parameters<WalletsAdmin['activeLately']>[0]): Promise<readonly Wallet[]> {
    const question = `${merchantId} ${livemode}`;
    const ask = (): Promise<readonly Wallet[]> => this.active(merchantId, livemode);
    const known = this.recent.find(question);
    if (known === undefined) return this.recent.askAnew(question, ask);
    const wallets = await known;
    // One that was added at another instance a moment ago takes money already.
    return needed.every((id) => wallets.some((wallet) => wallet.id === id))
      ? wallets
      : this.recent.askAnew(question, ask);
  }

  async find(walletId: string): Promise<Wallet | null> {
    if (!isUuid(walletId)) return null;
    const row = await this.database.repository(WalletRow).findOneBy({ id: walletId });
    return row && toWallet(row);
  }

  async list(merchantId: string, livemode: boolean): Promise<readonly Wallet[]> {
    const rows = await this.database
      .repository(WalletRow)
      .find({ where: { merchantId, livemode }, order: { id: 'DESC' }, take: LIST_MAX });
    return rows.map(toWallet);
  }

  close(key: WalletKey): Promise<Wallet | null> {
    return this.set(key, { status: 'closed' });
  }

  change(key: WalletKey, { accountName, limits }: WalletTerms): Promise<Wallet | null> {
    return this.set(key, { accountName, ...limits });
  }

  private async set(key: WalletKey, values: Partial<WalletRow>): Promise<Wallet | null> {
    if (!isUuid(key.walletId)) return null;
    const where = { id: key.walletId, merchantId: key.merchantId, livemode: key.livemode };
    await this.database.repository(WalletRow).update(where, values);
    this.recent.forgetAll();
    const row = await this.database.repository(WalletRow).findOneBy(where);
    return row && toWallet(row);
  }
}

/** TypeORM wraps what the driver threw. */
function isWalletTaken(error: unknown): boolean {
  const driverError = (error as { driverError?: unknown }).driverError;
  return isUniqueViolation(error, 'wallets_one_active') || isUniqueViolation(driverError, 'wallets_one_active');
}

function toWallet(row: WalletRow): Wallet {
  const { id, merchantId, livemode, provider, number, accountType, status, accountName } = row;
  const { paymentMinMinor, paymentMaxMinor, dayMaxMinor, monthMaxMinor } = row;
  const limits = { paymentMinMinor, paymentMaxMinor, dayMaxMinor, monthMaxMinor };
  return { id, merchantId, livemode, provider, number, accountType, status, accountName, limits };
}
