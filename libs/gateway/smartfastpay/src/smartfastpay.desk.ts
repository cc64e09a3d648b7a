import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, type PaymentSnapshot } from '@paymatch/contracts';
import { checkOrigin, type Ability, type Caller, type CallerGate } from '@paymatch/gateway-access';
import type { PaymentReadModel, PaymentSearch } from '@paymatch/gateway-read-models';
import type { Clock } from '@paymatch/platform-observability';
import { listAnswer } from './answers/payment-answers.js';
import type { ListRequest } from './requests/list-request.js';
import { notFound } from './smartfastpay.error.js';

export interface SmartFastPayDeskPorts {
  readonly gate: CallerGate;
  readonly readModel: PaymentReadModel;
  readonly search: PaymentSearch;
  readonly clock: Clock;
  /** The gateway's public base, without a trailing slash. */
  readonly publicUrl: string;
}

export const SMARTFASTPAY_DESK = Symbol('SmartFastPayDesk');
/** Opens what webhook-dispatch tells of signing secrets. */
export const WEBHOOK_SECRETS = Symbol('WebhookSecrets');

type Render = (payment: PaymentSnapshot, nowMs: number) => Readonly<Record<string, unknown>>;

/** What every call of contract B does alike: let the caller in, find a payment of theirs, list them. */
export class SmartFastPayDesk {
  constructor(private readonly ports: SmartFastPayDeskPorts) {}

  nowMs(): number {
    return this.ports.clock.nowMs();
  }

  /** What answers show of here and now. */
  place(): { readonly nowMs: number; readonly publicUrl: string } {
    return { nowMs: this.nowMs(), publicUrl: this.ports.publicUrl };
  }

  async admit(request: FastifyRequest, reply: FastifyReply, ability: Ability): Promise<Caller> {
    const caller = await this.ports.gate.admit(request, reply, ability);
    checkOrigin(request, reply, caller);
    return caller;
  }

  async find(caller: Caller, id: string, render: Render): Promise<Readonly<Record<string, unknown>>> {
    const paymentId = id.toLowerCase();
    const payment = isUuid(paymentId)
      ? await this.ports.readModel.find({ merchantId: caller.merchantId, livemode: caller.livemode, paymentId })
      : null;
    if (payment === null || payment.dialect !== 'smartfastpay') throw notFound();
    return render(payment, this.nowMs());
  }

  async list(
    caller: Caller,
    query: unknown,
    view: { readonly read: (query: Readonly<Record<string, unknown>>) => ListRequest; readonly row: Render },
  ): Promise<Readonly<Record<string, unknown>>> {
    const request = view.read(query as Readonly<Record<string, unknown>>);
    const nowMs = this.nowMs();
    const { payments, total } = await this.ports.search.search({
      ...request,
      merchantId: caller.merchantId,
      livemode: caller.livemode,
      nowMs,
    });
    return listAnswer(
      payments.map((payment) => view.row(payment, nowMs)),
      { ...request, total },
    );
  }
}
