import {
  examplePayment,
  newId,
  uuidToUlid,
  type PaymentCommand,
  type PaymentReply,
  type PaymentSnapshot,
} from '@paymatch/contracts';
import {
  logoName,
  plainBrand,
  type Brand,
  type Brands,
  type LogoImage,
  type Merchant,
  type Merchants,
} from '@paymatch/gateway-access';
import { noLimits, type Wallet, type Wallets } from '@paymatch/gateway-receiving';
import type {
  PageOpenings,
  PaidToWallet,
  PaymentFigures,
  PaymentReadModel,
  PaymentsClient,
} from '@paymatch/gateway-read-models';
import { Refusal } from '@paymatch/platform-messaging';

const TRX_ATTEMPTS_MAX = 5;
const EXPIRY_MS = 30 * 60_000;

/**
 * The neighbours of the checkout, held in memory: the ports it works with, doing what payments, access and the read
 * model promise.
 */
export class CheckoutWorld {
  nowMs = Date.parse('2026-06-12T08:30:00.000Z');
  /** When set, every command and every read of a payment fails with it. */
  outage: Error | null = null;
  /** Ids of payments whose page was opened. */
  readonly opened: string[] = [];
  readonly sent: PaymentCommand[] = [];
  /** What was paid to wallets since their day and their month began. */
  readonly paidTo: PaidToWallet[] = [];
  readonly payments = new Map<string, PaymentSnapshot>();
  private readonly merchants = new Map<string, Merchant>();
  private readonly brandRows = new Map<string, Brand>();
  private readonly logos = new Map<string, LogoImage>();
  private readonly walletRows: Wallet[] = [];
  private readonly watchers = new Map<string, Set<(payment: PaymentSnapshot) => void>>();

  addMerchant(details: Partial<Merchant> = {}): Merchant {
    const merchant: Merchant = {
      id: newId(),
      name: 'Dhaka Books',
      status: 'active',
      expiryMinutes: 30,
      amountToleranceMinor: 0,
      repeatedInvoiceNumber: 'conflict',
      gatewayCharge: null,
      pixExpiryMinutes: null,
      bankTransferExpiryMinutes: null,
      ...details,
    };
    this.merchants.set(merchant.id, merchant);
    return merchant;
  }

  addWallet(merchantId: string, details: Partial<Wallet> = {}): Wallet {
    const wallet: Wallet = {
      id: newId(),
      merchantId,
      livemode: true,
      provider: 'bkash',
      number: '01712345678',
      accountType: 'personal',
      status: 'active',
      accountName: null,
      limits: noLimits,
      ...details,
    };
    this.walletRows.push(wallet);
    return wallet;
  }

  closeWallet(wallet: Wallet): void {
    this.walletRows.splice(this.walletRows.indexOf(wallet), 1);
  }

  addPayment(merchantId: string, details: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
    const payment: PaymentSnapshot = examplePayment(
      {
        merchantId,
        amountMinor: 150_000,
        invoiceId: 'ORDER-42',
        expiresAt: new Date(this.nowMs + EXPIRY_MS).toISOString(),
        ...details,
      },
      this.nowMs,
    );
    this.payments.set(payment.id, payment);
    return payment;
  }

  /** What happens to a payment behind the page's back: applied and told to who watches. */
  change(paymentId: string, details: Partial<PaymentSnapshot>): PaymentSnapshot {
    const before = this.current(paymentId);
    const payment = { ...before, ...details, version: before.version + 1 };
    this.payments.set(paymentId, payment);
    for (const onChange of this.watchers.get(paymentId) ?? []) onChange(payment);
    return payment;
  }

  complete(paymentId: string): PaymentSnapshot {
    return this.change(paymentId, { status: 'completed', completedAt: new Date(this.nowMs).toISOString() });
  }

  current(paymentId: string): PaymentSnapshot {
    const payment = this.payments.get(paymentId);
    if (payment === undefined) throw new Refusal('PAYMENT_NOT_FOUND');
    return payment;
  }

  watcherCount(paymentId: string): number {
    return this.watchers.get(paymentId)?.size ?? 0;
  }

  readonly figuresPort: Pick<PaymentFigures, 'paidToWallets'> = {
    paidToWallets: async (_shop, { numbers }) => this.paidTo.filter(({ number }) => numbers.includes(number)),
  };

  readonly openingsPort: Pick<PageOpenings, 'note'> = { note: ({ id }) => void this.opened.push(id) };

  readonly merchantsPort: Merchants = {
    create: async (details) => this.addMerchant(details),
    find: async ({ merchantId }) => this.merchants.get(merchantId) ?? null,
    findLately: async ({ merchantId }) => this.merchants.get(merchantId) ?? null,
  };

  /** Both modes are one here. */
  readonly brandsPort: Brands = {
    find: async ({ merchantId }) => this.brandRows.get(merchantId) ?? plainBrand,
    findLately: async (key) => this.brandsPort.find(key),
    change: async (key, { logo, ...texts }) => {
      const before = await this.brandsPort.find(key);
      if (logo) this.logos.set(logoName(logo), logo);
      const shown = logo === undefined ? before.logo : logo && { ...logo, name: logoName(logo) };
      const brand: Brand = { ...before, ...texts, logo: shown };
      this.brandRows.set(key.merchantId, brand);
      return brand;
    },
    logo: async (name) => this.logos.get(name) ?? null,
  };

  readonly walletsPort: Wallets = {
    add: async (wallet) => this.addWallet(wallet.merchantId, wallet),
    activeLately: async ({ merchantId, livemode }) => this.walletsPort.active(merchantId, livemode),
    active: async (merchantId, livemode) =>
      this.walletRows.filter(
        (wallet) => wallet.merchantId === merchantId && wallet.livemode === livemode && wallet.status === 'active',
      ),
    find: async (walletId) => this.walletRows.find((wallet) => wallet.id === walletId) ?? null,
  };

  readonly readModelPort: PaymentReadModel = {
    apply: async (events) => {
      for (const { payment } of events) this.payments.set(payment.id, payment);
    },
    findPublic: async (paymentId) => {
      if (this.outage !== null) throw this.outage;
      return this.payments.get(paymentId) ?? null;
    },
    find: async ({ paymentId, merchantId, livemode }) => {
      const payment = this.payments.get(paymentId) ?? null;
      return payment !== null && payment.merchantId === merchantId && payment.livemode === livemode ? payment : null;
    },
    createdSince: async () => this.payments.size,
    list: async () => ({ payments: [...this.payments.values()], total: this.payments.size }),
    watch: (paymentId, onChange) => {
      const watchers = this.watchers.get(paymentId) ?? new Set();
      this.watchers.set(paymentId, watchers.add(onChange));
      return () => {
        watchers.delete(onChange);
      };
    },
  };

  readonly clientPort: PaymentsClient = {
    send: async (command) => {
      if (this.outage !== null) throw this.outage;
      this.sent.push(command);
      const before = this.current(command.paymentId);
      const after = this.decide(command, before);
      return { outcome: after === before ? 'unchanged' : 'changed', payment: after, events: [] } satisfies PaymentReply;
    },
  };

  /** As payments decides, for the commands a customer can cause. */
  private decide(command: PaymentCommand, payment: PaymentSnapshot): PaymentSnapshot {
    const isOver = payment.status !== 'pending' && payment.status !== 'awaiting_verification';
    const isPastExpiry = payment.status === 'pending' && Date.parse(command.now) >= Date.parse(payment.expiresAt);
    switch (command.type) {
      case 'SubmitTrx':
        if (isPastExpiry || payment.status === 'expired') throw new Refusal('PAYMENT_EXPIRED');
        if (isOver) throw new Refusal('PAYMENT_CLOSED');
        if (payment.trxId === command.trxId) return payment;
        if (payment.trxAttempts >= TRX_ATTEMPTS_MAX) throw new Refusal('TRX_ATTEMPTS_EXHAUSTED');
        return this.change(payment.id, {
          status: 'awaiting_verification',
          provider: command.provider,
          trxId: command.trxId,
          senderNumber: command.senderNumber,
          walletNumber: command.walletNumber,
          trxAttempts: payment.trxAttempts + 1,
        });
      case 'FailPayment':
        if (payment.status !== 'pending') throw new Refusal('PAYMENT_CLOSED');
        if (isPastExpiry) throw new Refusal('PAYMENT_EXPIRED');
        return this.change(payment.id, { status: 'failed', failureReason: command.reason });
      case 'SimulateOutcome':
        if (payment.livemode) throw new Refusal('LIVE_PAYMENT_CANNOT_BE_SIMULATED');
        if (isOver) throw new Refusal('PAYMENT_CLOSED');
        if (command.outcome === 'complete') return this.complete(payment.id);
        if (command.outcome === 'review') return this.change(payment.id, { reviewReason: 'amount_mismatch' });
        return this.change(
          payment.id,
          command.outcome === 'fail' ? { status: 'failed', failureReason: 'rejected_by_admin' } : { status: 'expired' },
        );
      default:
        throw new Refusal('INVALID_COMMAND', { type: command.type });
    }
  }
}

/** The address of a payment's page. */
export function pagePath(payment: PaymentSnapshot): string {
  return `/pay/${uuidToUlid(payment.id)}`;
}
