import type { OutgoingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { PaymentSnapshot } from '@paymatch/contracts';
import { PAYMENT_READ_MODEL, type PaymentReadModel } from '@paymatch/gateway-read-models';
import type { FastifyReply } from 'fastify';
import { CheckoutProblem } from './checkout-problem.js';
import {
  CHECKOUT_OPTIONS,
  CHECKOUT_SURROUNDINGS,
  type CheckoutOptions,
  type CheckoutSurroundings,
} from './checkout.options.js';
import { securityHeaders } from './page-reply.js';
import { isOpen, statusAt } from './payment-phase.js';

const STREAMS_MAX = 1_000;
const STREAMS_PER_PAYMENT_MAX = 5;
const TICK_MS = 5_000;
const LIFE_MS = 15 * 60_000;
/** Bytes a reader may leave unread before it counts as gone. */
const UNREAD_BYTES_MAX = 64 * 1_024;

/** Server-sent events for open checkout pages: a line whenever the payment has moved on, nothing else about it. */
@Injectable()
export class PaymentStreams {
  private readonly open = new Map<string, Set<() => void>>();
  private openCount = 0;
  private isStopping = false;

  constructor(
    @Inject(PAYMENT_READ_MODEL) private readonly payments: PaymentReadModel,
    @Inject(CHECKOUT_OPTIONS) private readonly options: CheckoutOptions,
    @Inject(CHECKOUT_SURROUNDINGS) private readonly surroundings: CheckoutSurroundings,
  ) {}

  /** Takes over the reply. Throws `CheckoutProblem` when too many are open; the page then polls. */
  start(payment: PaymentSnapshot, reply: FastifyReply): void {
    const ofPayment = this.open.get(payment.id) ?? new Set();
    const isFull = this.openCount >= (this.options.streamsMax ?? STREAMS_MAX);
    if (this.isStopping || isFull || ofPayment.size >= STREAMS_PER_PAYMENT_MAX)
      throw new CheckoutProblem('too_many_streams', 10);
    this.open.set(payment.id, ofPayment);
    this.openCount += 1;
    reply.hijack();
    // The edge's own headers (the request's id) would be lost with the reply taken over.
    reply.raw.writeHead(200, {
      ...reply.getHeaders(),
      ...securityHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      // A connection that outlived its stream would be waited for when the process stops.
      connection: 'close',
      'x-accel-buffering': 'no',
    } as OutgoingHttpHeaders);
    const close = this.run(payment, reply.raw, () => {
      ofPayment.delete(close);
      this.openCount -= 1;
      if (ofPayment.size === 0) this.open.delete(payment.id);
    });
    ofPayment.add(close);
  }

  /** Ends all and takes no more. The server's stop would wait for them until they end of themselves. */
  stop(): void {
    this.isStopping = true;
    for (const closers of [...this.open.values()]) for (const close of [...closers]) close();
  }

  private run(payment: PaymentSnapshot, response: FastifyReply['raw'], onClosed: () => void): () => void {
    const { clock, logger } = this.surroundings;
    let sent = '';
    let isClosed = false;
    const timers: NodeJS.Timeout[] = [];

    const close = (): void => {
      if (isClosed) return;
      isClosed = true;
      timers.forEach((timer) => clearInterval(timer));
      stopWatching();
      onClosed();
      // A reader that has left earlier lines unread would not take this one either, and hold the connection open.
      if (this.isStopping && response.writableLength > 0) response.destroy();
      else if (response.writable) response.end('event: end\ndata: {}\n\n');
    };
    const show = (current: PaymentSnapshot): void => {
      if (isClosed) return;
      const status = statusAt(current, clock.nowMs());
      const line = JSON.stringify({ status, version: current.version });
      if (line !== sent) response.write(`event: status\ndata: ${line}\n\n`);
      sent = line;
      if (!isOpen(status)) close();
      if (response.writableLength > UNREAD_BYTES_MAX) response.destroy();
    };
    // Another instance may have applied the change, which `watch` does not tell; time alone changes things too.
    const lookAgain = (): void => {
      response.write(': still here\n\n');
      this.payments
        .findPublic(payment.id)
        .then((current) => (current === null ? close() : show(current)))
        .catch((error: unknown) => {
          logger.warn('a checkout stream ends because the payment could not be read; its page polls on', {
            paymentId: payment.id,
            error,
          });
          close();
        });
    };

    response.on('close', close);
    response.write('retry: 3000\n\n');
    const stopWatching = this.payments.watch(payment.id, show);
    timers.push(
      setInterval(lookAgain, this.options.streamTickMs ?? TICK_MS),
      setTimeout(close, this.options.streamLifeMs ?? LIFE_MS),
    );
    // Read once more after watching began: what happened in between would be seen by neither.
    lookAgain();
    return close;
  }
}
