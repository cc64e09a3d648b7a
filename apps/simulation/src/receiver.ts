import type { Random } from './random.js';
import type { WebhookRequest, WebhookSender } from '@paymatch/webhook-dispatch-feature';

/** A webhook that arrived at the shop. */
export interface Arrival {
  readonly eventId: string;
  readonly paymentId: string;
  readonly sequence: number;
  /** Where to: every shop has an address of its own. */
  readonly url: string;
  readonly body: string;
  readonly isAccepted: boolean;
}

interface WebhookBody {
  readonly id: string;
  readonly sequence: number;
  readonly data: { readonly id: string };
}

const ANSWERED_WITHIN_MS = 400;

/** The shop's server: takes its time, refuses now and then, and sometimes is not heard. */
export class Receiver {
  readonly arrivals: Arrival[] = [];
  mayFail = true;

  constructor(private readonly random: Random) {}

  sender(): WebhookSender {
    return { send: (request) => this.receive(request), close: () => Promise.resolve() };
  }

  private async receive({ url, body }: WebhookRequest): Promise<Awaited<ReturnType<WebhookSender['send']>>> {
    const text = Buffer.from(body).toString('utf8');
    const { id, sequence, data } = JSON.parse(text) as WebhookBody;
    const isRefused = this.mayFail && this.random.chance(0.15);
    const isUnheard = this.mayFail && this.random.chance(0.1);
    // Unknown to the sender whether it arrived: it did.
    this.arrivals.push({ eventId: id, paymentId: data.id, sequence, url, body: text, isAccepted: !isRefused });
    await new Promise((resolve) => {
      setTimeout(resolve, this.random.below(ANSWERED_WITHIN_MS));
    });
    if (isUnheard) return { kind: 'failed', error: 'timeout' };
    return { kind: 'answered', httpStatus: isRefused ? 500 : 200, retryAfter: null };
  }
}
