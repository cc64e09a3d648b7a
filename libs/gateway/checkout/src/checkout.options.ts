import type { ModuleMetadata } from '@nestjs/common';
import type { Clock, Logger } from '@paymatch/platform-observability';

export interface CheckoutOptions {
  /** The gateway's public base without a trailing slash; `checkout_url` is `{publicUrl}/pay/{id}`. */
  readonly publicUrl: string;
  /** The process's clock (token `CLOCK`) when absent. */
  readonly clock?: Clock;
  readonly streamsMax?: number;
  readonly trxPerPaymentMax?: number;
  readonly trxPerAddressMax?: number;
  readonly linkOrdersPerAddressMax?: number;
  /** How often an open stream looks again, and how long it may stay open; 5 s and 15 min unless set. */
  readonly streamTickMs?: number;
  readonly streamLifeMs?: number;
  /** Modules that provide what `CheckoutModule` needs, when those are not global. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

export const CHECKOUT_OPTIONS = Symbol('CheckoutOptions');
export const CHECKOUT_SURROUNDINGS = Symbol('CheckoutSurroundings');

/** What the checkout needs of its process. */
export interface CheckoutSurroundings {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Path under which the pages live: `/pay`, behind whatever path the public base has. */
export function payPath(options: CheckoutOptions): string {
  return `${basePath(options)}/pay`;
}

/** As `payPath`, of payment links. */
export function linkPath(options: CheckoutOptions): string {
  return `${basePath(options)}/l`;
}

function basePath({ publicUrl }: CheckoutOptions): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}
