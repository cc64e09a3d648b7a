import type { PaymentSnapshot } from '@paymatch/contracts';

/** A customer as payments name them. */
export interface NamedCustomer {
  readonly contract: PaymentSnapshot['dialect'];
  readonly reference: string;
}

/** A customer of either contract: contract A's are written down by the merchant, contract B's named by payments. */
export interface BookedCustomer extends NamedCustomer {
  /** Contract A: the number. Contract B: a UUID. */
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly createdAt: string;
  readonly payments: { readonly count: number; readonly isExact: boolean; readonly lastAt: string | null };
}

/** The last of a page, newest first. */
export interface CustomerPlace {
  readonly createdAt: string;
  readonly place: string;
}

export interface CustomerPage {
  readonly customers: readonly BookedCustomer[];
  readonly next: CustomerPlace | null;
}

export interface CustomerShop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** Customers of both contracts, as people look for them. Injected under `CUSTOMER_BOOK`. */
export interface CustomerBook {
  /** Newest first; `text` finds the beginning of a name, a whole phone number, e-mail address or reference. */
  list(
    shop: CustomerShop,
    query: { readonly text: string | null; readonly after: CustomerPlace | null; readonly limit: number },
  ): Promise<CustomerPage>;
  find(shop: CustomerShop, id: string): Promise<BookedCustomer | null>;
  /** The newest few that a text finds by name, phone or e-mail address. */
  named(shop: CustomerShop, text: string): Promise<readonly NamedCustomer[]>;
}

export const CUSTOMER_BOOK = Symbol('CustomerBook');
