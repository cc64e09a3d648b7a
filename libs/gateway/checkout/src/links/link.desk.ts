import { Inject, Injectable } from '@nestjs/common';
import { ulidToUuid, uuidToUlid, type CreatePayment, type PaymentSnapshot } from '@paymatch/contracts';
import { chargeOn, type Merchant } from '@paymatch/gateway-access';
import { SubscriptionRefused } from '@paymatch/gateway-edge';
import { linkState, type LinkState, type PaymentLink } from '@paymatch/gateway-receiving';
import { Refusal } from '@paymatch/platform-messaging';
import {
  CHECKOUT_OPTIONS,
  CHECKOUT_SURROUNDINGS,
  linkPath,
  payPath,
  type CheckoutOptions,
  type CheckoutSurroundings,
} from '../checkout.options.js';
import { CHECKOUT_PORTS, type CheckoutPorts } from '../checkout.ports.js';
import { newFormToken } from '../form-guard.js';
import { logoPathOf, pageFrame, type Visitor } from '../visitor.js';
import { emptyLinkDraft, type LinkOrder } from './link-form.js';
import type { LinkPage } from './link.view.js';

const MINUTE_MS = 60_000;
/** Where a payment of a link says which one it came from. */
const LINK_KEY = 'payment_link';

/** Why a link takes no payment. */
export type LinkClosed = Exclude<LinkState, 'open'> | 'no_payments';

/** Shows payment links, and makes payments of what is ordered there. */
@Injectable()
export class LinkDesk {
  constructor(
    @Inject(CHECKOUT_OPTIONS) private readonly options: CheckoutOptions,
    @Inject(CHECKOUT_SURROUNDINGS) private readonly surroundings: CheckoutSurroundings,
    @Inject(CHECKOUT_PORTS) private readonly ports: CheckoutPorts,
  ) {}

  find(slug: string): Promise<PaymentLink | null> {
    return /^[a-z0-9-]{1,60}$/.test(slug) ? this.ports.links.findPublic(slug) : Promise.resolve(null);
  }

  pathOf({ slug }: PaymentLink): string {
    return `${linkPath(this.options)}/${slug}`;
  }

  payPathOf(paymentId: string): string {
    return `${payPath(this.options)}/${uuidToUlid(paymentId)}`;
  }

  async layOut(
    link: PaymentLink,
    visitor: Visitor,
    choice: Partial<Pick<LinkPage, 'draft' | 'notice'>> = {},
  ): Promise<LinkPage> {
    const [merchant, brand] = await Promise.all([this.merchantOf(link), this.ports.brands.findLately(link)]);
    return {
      frame: pageFrame(visitor, this.options, { dialect: 'fastaar', brand }),
      link,
      merchant,
      brand,
      logoPath: logoPathOf(brand, this.options),
      path: this.pathOf(link),
      formToken: visitor.formToken,
      orderToken: newFormToken(),
      draft: choice.draft ?? emptyLinkDraft,
      notice: choice.notice ?? null,
    };
  }

  /** `null`: it can be paid. */
  closed({ link, merchant }: Pick<LinkPage, 'link' | 'merchant'>): LinkClosed | null {
    const state = linkState(link, this.surroundings.clock.nowMs());
    if (state !== 'open') return state;
    // A suspended merchant takes no new money.
    return merchant.status === 'active' ? null : 'no_payments';
  }

  /** The payment of this order, the same one each time; or why there is none. Rejects with `RequestUnavailable`. */
  async order(
    { link, merchant }: Pick<LinkPage, 'link' | 'merchant'>,
    order: LinkOrder,
  ): Promise<{ readonly paymentId: string } | { readonly closed: LinkClosed }> {
    const { clock, logger } = this.surroundings;
    if (!(await this.isSubscribed(link, merchant))) return { closed: 'no_payments' };
    const place = await this.ports.links.takePlace(link.id, { key: order.key, nowMs: clock.nowMs() });
    if (place.kind !== 'taken') return { closed: place.kind };
    const { paymentId } = place;
    try {
      const { outcome } = await this.ports.client.send(this.creation({ link, merchant, order, paymentId }));
      logger.info('a customer ordered by a payment link', { paymentId, linkId: link.id, outcome });
    } catch (error) {
      // Refused for good: the place is another's. Without an answer it is kept, since the payment may be there.
      if (error instanceof Refusal) await this.ports.links.giveBack(link.id, order.key);
      throw error;
    }
    return { paymentId };
  }

  /** The payment, if it is one of this link's. */
  async paymentOf(link: PaymentLink, ulid: string): Promise<PaymentSnapshot | null> {
    const paymentId = ulidToUuid(ulid);
    const payment = paymentId === undefined ? null : await this.ports.payments.findPublic(paymentId);
    const isOfLink =
      payment !== null &&
      payment.source === 'payment_link' &&
      payment.merchantId === link.merchantId &&
      payment.livemode === link.livemode &&
      payment.metadata[LINK_KEY] === link.slug;
    return isOfLink ? payment : null;
  }

  private creation(parts: {
    readonly link: PaymentLink;
    readonly merchant: Merchant;
    readonly order: LinkOrder;
    readonly paymentId: string;
  }): CreatePayment {
    const { link, merchant, order, paymentId } = parts;
    const nowMs = this.surroundings.clock.nowMs();
    const charge = chargeOn(order.amountMinor, merchant.gatewayCharge);
    const address = `${this.options.publicUrl}/l/${link.slug}`;
    return {
      type: 'CreatePayment',
      commandId: paymentId,
      paymentId,
      merchantId: link.merchantId,
      livemode: link.livemode,
      now: new Date(nowMs).toISOString(),
      dialect: 'fastaar',
      source: 'payment_link',
      method: 'wallet',
      amountMinor: order.amountMinor + (charge?.amountMinor ?? 0),
      currency: 'BDT',
      invoiceId: null,
      customerId: null,
      metadata: {
        [LINK_KEY]: link.slug,
        ...(order.name !== null && { customer_name: order.name }),
        ...(order.phone !== null && { customer_phone: order.phone }),
      },
      successUrl: link.successUrl ?? `${address}/thanks`,
      cancelUrl: address,
      callbackUrl: null,
      payer: null,
      exchange: null,
      charge,
      instructions: null,
      expiresAt: new Date(nowMs + merchant.expiryMinutes * MINUTE_MS).toISOString(),
      invoiceIsUsedOnce: false,
    };
  }

  private async isSubscribed({ merchantId, livemode }: PaymentLink, merchant: Merchant): Promise<boolean> {
    if (merchant.status !== 'active') return false;
    try {
      await this.ports.subscriptions.admitPayment({ merchantId, livemode }, (since) =>
        this.ports.payments.createdSince({ merchantId, livemode, since }),
      );
      return true;
    } catch (error) {
      if (error instanceof SubscriptionRefused) return false;
      throw error;
    }
  }

  private async merchantOf(link: PaymentLink): Promise<Merchant> {
    const merchant = await this.ports.merchants.findLately(link);
    if (merchant === null) throw new Error(`payment link ${link.id} belongs to a merchant who does not exist`);
    return merchant;
  }
}
