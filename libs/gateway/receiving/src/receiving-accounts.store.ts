import { isPrintable, RefusedField } from '@paymatch/gateway-edge';
import type { Database } from '@paymatch/platform-postgres';
import { randomBase62, type KeyedDigest } from '@paymatch/platform-secrets';
import { printedText } from './pix/br-code.js';
import { isPixKey } from './pix/pix-key.js';
import { ACCOUNT_NEEDS_WORD, needsOperatorsWord } from './shared-accounts/shared-accounts.store.js';
import {
  type AccountOwner,
  type BankAccount,
  type PixAccount,
  type PixCallbackOwner,
  type ReceivingAccounts,
} from './receiving-accounts.ports.js';

const TOKEN_SHAPE = /^[0-9A-Za-z]{40}$/;
const TEXT_LENGTH_MAX = 100;

type PixRow = { pix_key: string; beneficiary: string; city: string };
type BankRow = {
  name: string;
  code: string;
  agency: string;
  account: string;
  account_operation: string;
  document: string;
  beneficiary: string;
};
type CallbackRow = { merchant_id: string; livemode: boolean; pix_key: string; callback_header_hash: Buffer | null };

/** One Pix account and one bank account per merchant and mode. */
export class ReceivingAccountsStore implements ReceivingAccounts {
  constructor(
    private readonly database: Database,
    private readonly callbacks: KeyedDigest,
  ) {}

  async setPix(owner: AccountOwner, account: PixAccount): Promise<void> {
    if (!isPixKey(account.pixKey))
      throw new RefusedField(
        'RECEIVING_ACCOUNT',
        'pixKey',
        'A Pix key is a CPF, a CNPJ, a phone like +5511987654321, a lower-case e-mail address or a random key.',
      );
    for (const field of ['beneficiary', 'city'] as const) {
      checkText(field, account[field]);
      // What has no plain letter at all would leave the code without a name.
      if (printedText(account[field], TEXT_LENGTH_MAX) === '')
        throw new RefusedField('RECEIVING_ACCOUNT', field, 'Use at least one letter from A to Z.');
    }
    try {
      await this.database.query(
        `INSERT INTO gateway.pix_accounts (merchant_id, livemode, pix_key, beneficiary, city)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (merchant_id, livemode) DO UPDATE SET pix_key = excluded.pix_key,
           beneficiary = excluded.beneficiary, city = excluded.city`,
        [owner.merchantId, owner.livemode, account.pixKey, account.beneficiary, account.city],
      );
    } catch (error) {
      if (!needsOperatorsWord(error)) throw error;
      throw new RefusedField('RECEIVING_ACCOUNT', 'pixKey', ACCOUNT_NEEDS_WORD);
    }
  }

  async pix(owner: AccountOwner): Promise<PixAccount | null> {
    const {
      rows: [row],
    } = await this.database.query<PixRow>({
      name: 'smartfastpay-pix-account',
      text: 'SELECT pix_key, beneficiary, city FROM gateway.pix_accounts WHERE merchant_id = $1 AND livemode = $2',
      values: [owner.merchantId, owner.livemode],
    });
    return row === undefined ? null : { pixKey: row.pix_key, beneficiary: row.beneficiary, city: row.city };
  }

  async setBank(owner: AccountOwner, account: BankAccount): Promise<void> {
    for (const field of ['name', 'code', 'agency', 'account', 'accountOperation', 'document', 'beneficiary'] as const)
      checkText(field, account[field]);
    await this.database.query(
      `INSERT INTO gateway.bank_accounts (merchant_id, livemode, name, code, agency, account, account_operation,
        document, beneficiary)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (merchant_id, livemode) DO UPDATE SET name = excluded.name, code = excluded.code, agency =
         excluded.agency, account = excluded.account,
         account_operation = excluded.account_operation, document = excluded.document, beneficiary =
           excluded.beneficiary`,
      [
        owner.merchantId,
        owner.livemode,
        account.name,
        account.code,
        account.agency,
        account.account,
        account.accountOperation,
        account.document,
        account.beneficiary,
      ],
    );
  }

  async bank(owner: AccountOwner): Promise<BankAccount | null> {
    const {
      rows: [row],
    } = await this.database.query<BankRow>({
      name: 'smartfastpay-bank-account',
      text: 'SELECT name, code, agency, account, account_operation, document, beneficiary FROM gateway.bank_accounts WHERE merchant_id = $1 AND livemode = $2',
      values: [owner.merchantId, owner.livemode],
    });
    if (row === undefined) return null;
    const { account_operation: accountOperation, ...rest } = row;
    return { ...rest, accountOperation };
  }

  async issuePixCallback(
    owner: AccountOwner,
    options: { readonly withHeader: boolean },
  ): Promise<{ readonly urlPath: string; readonly headerSecret: string | null } | null> {
    const token = randomBase62(40);
    const headerSecret = options.withHeader ? randomBase62(40) : null;
    const { rowCount } = await this.database.query(
      'UPDATE gateway.pix_accounts SET callback_path_hash = $3, callback_header_hash = $4 WHERE merchant_id = $1 AND livemode = $2',
      [
        owner.merchantId,
        owner.livemode,
        this.callbacks.of(token),
        headerSecret === null ? null : this.callbacks.of(headerSecret),
      ],
    );
    return rowCount === 1 ? { urlPath: `/pix/${token}`, headerSecret } : null;
  }

  async findPixCallback(pathToken: string, headerSecret: string | null): Promise<PixCallbackOwner | null> {
    if (!TOKEN_SHAPE.test(pathToken)) return null;
    const {
      rows: [row],
    } = await this.database.query<CallbackRow>(
      'SELECT merchant_id, livemode, pix_key, callback_header_hash FROM gateway.pix_accounts WHERE callback_path_hash = $1',
      [this.callbacks.of(pathToken)],
    );
    if (row === undefined) return null;
    if (row.callback_header_hash !== null && !this.callbacks.matches(headerSecret ?? '', row.callback_header_hash))
      return null;
    return { merchantId: row.merchant_id, livemode: row.livemode, pixKey: row.pix_key };
  }
}

function checkText(field: string, text: string): void {
  if (text.trim() === '' || text.length > TEXT_LENGTH_MAX || !isPrintable(text))
    throw new RefusedField('RECEIVING_ACCOUNT', field, `Send 1 to ${TEXT_LENGTH_MAX} printable characters.`);
}
