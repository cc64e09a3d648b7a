import { Inject, Injectable } from '@nestjs/common';
import {
  isUuid,
  newId,
  ulidToUuid,
  uuidToUlid,
  type FailPayment,
  type PaymentReply,
  type PaymentSnapshot,
  type PaymentStatus,
  type SimulateOutcome,
  type SubmitTrx,
} from '@paymatch/contracts';
import type { Wallet } from '@paymatch/gateway-receiving';
import { CheckoutProblem } from './checkout-problem.js';
import { CHECKOUT_PORTS, type CheckoutPorts } from './checkout.ports.js';
import {
  CHECKOUT_OPTIONS,
  CHECKOUT_SURROUNDINGS,
  payPath,
  type CheckoutOptions,
  type CheckoutSurroundings,
} from './checkout.options.js';
import { isOpen, phaseAt, statusAt } from './payment-phase.js';
import { returnUrl } from './return-url.js';
import { logoPathOf, pageFrame, type Visitor } from './visitor.js';
import { WalletOffer } from './wallet-offer.js';
import { emptyDraft, type Notice, type PaymentPage } from './views/page-context.js';

/** What of a page the request decides. */
export type PageChoice = Partial<Pick<PaymentPage, 'isRetyping' | 'isStaying' | 'draft'>> & {
  readonly walletId?: string;
  readonly notice?: Notice;
};

type CommandDetails =
  | Pick<SubmitTrx, 'type' | 'provider' | 'trxId' | 'senderNumber' | 'walletNumber'>
  | Pick<FailPayment, 'type' | 'reason' | 'trxId' | 'decidedBy'>
  | Pick<SimulateOutcome, 'type' | 'outcome'>;

/** Finds payments, lays out what their pages show, and passes on what customers do. */
@Injectable()
export class CheckoutDesk {
  private readonly offer: WalletOffer;

  constructor(
    @Inject(CHECKOUT_OPTIONS) private readonly options: CheckoutOptions,
    @Inject(CHECKOUT_SURROUNDINGS) private readonly surroundings: CheckoutSurroundings,
    @Inject(CHECKOUT_PORTS) private readonly ports: CheckoutPorts,
  ) {
    this.offer = new WalletOffer(ports.figures);
  }

  /** Throws the same `not_found` for malformed and for unknown ids. */
  async find(id: string): Promise<PaymentSnapshot> {
    // Contract B's merchants know their payments by UUIDs.
    const paymentId = isUuid(id.toLowerCase()) ? id.toLowerCase() : ulidToUuid(id);
    const payment = paymentId === undefined ? null : await this.ports.payments.findPublic(paymentId);
    if (payment === null) throw new CheckoutProblem('not_found');
    return payment;
  }

  /** Waits for nothing. */
  noteOpening(payment: PaymentSnapshot): void {
    this.ports.openings.note(payment, this.surroundings.clock.nowMs());
  }

  status(payment: PaymentSnapshot): PaymentStatus {
    return statusAt(payment, this.surroundings.clock.nowMs());
  }

  isOpen(payment: PaymentSnapshot): boolean {
    return isOpen(this.status(payment));
  }

  ulidOf(payment: PaymentSnapshot): string {
    return uuidToUlid(payment.id);
  }

  pathOf(payment: PaymentSnapshot): string {
    return `${payPath(this.options)}/${this.ulidOf(payment)}`;
  }

  async layOut(payment: PaymentSnapshot, visitor: Visitor, choice: PageChoice = {}): Promise<PaymentPage> {
    const nowMs = this.surroundings.clock.nowMs();
    const status = statusAt(payment, nowMs);
    const [merchant, brand] = await Promise.all([
      this.ports.merchants.findLately(payment),
      this.ports.brands.findLately(payment),
    ]);
    if (merchant === null)
      throw new Error(`payment ${payment.id} belongs to merchant ${payment.merchantId}, who does not exist`);
    // A suspended merchant takes no new money; what is under way goes on.
    const wallets =
      isOpen(status) && merchant.status === 'active' ? await this.activeWallets(payment, choice.walletId) : [];
    const offered = await this.offer.of(payment, wallets, nowMs);
    const ulid = this.ulidOf(payment);
    const back = { paymentId: ulid, invoiceId: payment.invoiceId };
    const frame = pageFrame(visitor, this.options, { dialect: payment.dialect, brand });
    return {
      ...frame,
      payment,
      reference: payment.dialect === 'smartfastpay' ? payment.id : ulid,
      status,
      nowMs,
      merchant,
      brand,
      wallets,
      offered,
      phase: phaseAt(payment, nowMs),
      selected: wallets.find((wallet) => wallet.id === choice.walletId) ?? (offered.length === 1 ? offered[0]! : null),
      isRetyping: choice.isRetyping ?? false,
      isStaying: choice.isStaying ?? false,
      notice: choice.notice === undefined ? null : frame.texts[choice.notice],
      draft: choice.draft ?? emptyDraft,
      formToken: visitor.formToken,
      path: this.pathOf(payment),
      address: isLoopback(this.options.publicUrl) ? null : `${this.options.publicUrl}/pay/${ulid}`,
      logoPath: logoPathOf(brand, this.options),
      returnTo: { success: returnUrl(payment.successUrl, back), cancel: returnUrl(payment.cancelUrl, back) },
    };
  }

  activeWallets({ merchantId, livemode }: PaymentSnapshot, chosenId = ''): Promise<readonly Wallet[]> {
    const needed = chosenId === '' ? [] : [chosenId];
    return this.ports.wallets.activeLately({ merchantId, livemode, needed });
  }

  logo(name: string): Promise<{ readonly type: string; readonly bytes: Buffer } | null> {
    return this.ports.brands.logo(name);
  }

  /** Rejects with `Refusal` or `RequestUnavailable`. */
  async send(payment: PaymentSnapshot, details: CommandDetails): Promise<PaymentReply> {
    const { clock, logger } = this.surroundings;
    const reply = await this.ports.client.send({
      ...details,
      commandId: newId(),
      paymentId: payment.id,
      merchantId: payment.merchantId,
      livemode: payment.livemode,
      now: new Date(clock.nowMs()).toISOString(),
    });
    // What a customer did is an event of the payment; that it did nothing, or led to a review, is looked for here.
    const isUsual = reply.outcome === 'changed' && reply.payment.reviewReason === null;
    logger[isUsual ? 'debug' : 'info']('a customer acted at the checkout', {
      paymentId: payment.id,
      command: details.type,
      outcome: reply.outcome,
      status: reply.payment.status,
    });
    return reply;
  }
}

/** Whether only this machine reaches it. */
function isLoopback(publicUrl: string): boolean {
  return /^(?:localhost|127\.[0-9.]+|\[::1\])$/.test(new URL(publicUrl).hostname);
}
