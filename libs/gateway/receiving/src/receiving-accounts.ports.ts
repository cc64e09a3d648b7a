/** Where a merchant receives Pix. */
export interface PixAccount {
  readonly pixKey: string;
  /** Shown to the payer; accents allowed, the BR Code carries them stripped. */
  readonly beneficiary: string;
  readonly city: string;
}

/** Where a merchant receives bank transfers; texts as the payer's bank wants them typed. */
export interface BankAccount {
  readonly name: string;
  /** COMPE code, e.g. `085`. */
  readonly code: string;
  readonly agency: string;
  readonly account: string;
  readonly accountOperation: string;
  readonly document: string;
  readonly beneficiary: string;
}

export interface AccountOwner {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** Whom a Pix notice is for. */
export interface PixCallbackOwner extends AccountOwner {
  readonly pixKey: string;
}

/** Injected under `RECEIVING_ACCOUNTS`. */
export interface ReceivingAccounts {
  /** Replaces the one there was. Throws `RefusedField`. */
  setPix(owner: AccountOwner, account: PixAccount): Promise<void>;
  pix(owner: AccountOwner): Promise<PixAccount | null>;
  /** Replaces the one there was. Throws `RefusedField`. */
  setBank(owner: AccountOwner, account: BankAccount): Promise<void>;
  bank(owner: AccountOwner): Promise<BankAccount | null>;
  /**
   * A new address for the bank's Pix notices, shown once; the earlier one ends. The bank is given `{public
   * base}{urlPath}` and adds `/pix`; with `headerSecret`, the proxy that checks the bank's certificate must add it as
   * `X-Pix-Secret`. `null` without a Pix account.
   */
  issuePixCallback(
    owner: AccountOwner,
    options: { readonly withHeader: boolean },
  ): Promise<{ readonly urlPath: string; readonly headerSecret: string | null } | null>;
  findPixCallback(pathToken: string, headerSecret: string | null): Promise<PixCallbackOwner | null>;
}

export const RECEIVING_ACCOUNTS = Symbol('ReceivingAccounts');
