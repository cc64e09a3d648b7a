import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { isUnavailable } from '@paymatch/platform-messaging';
import { isDatabaseUnreachable } from '@paymatch/platform-postgres';
import { ulidToUuid } from '@paymatch/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CHECKOUT_OPTIONS,
  CHECKOUT_SURROUNDINGS,
  linkPath,
  payPath,
  type CheckoutOptions,
  type CheckoutSurroundings,
} from './checkout.options.js';
import { CheckoutProblem, type ProblemCode } from './checkout-problem.js';
import { securityHeaders, sendPage } from './page-reply.js';
import type { Texts } from './texts/en.js';
import { pageFrame, readVisitor } from './visitor.js';
import { messageView } from './views/message.view.js';

type Trouble = ProblemCode | 'unavailable' | 'fault';
interface TroubleAnswer {
  readonly status: number;
  readonly icon: 'clock' | 'info' | 'search';
  /** The label of the button that leads to the payment; `null` where there is none to lead to. */
  readonly say: (
    texts: Texts,
    seconds: number,
  ) => { readonly title: string; readonly text: string; readonly retry: string | null };
}

/** What each trouble answers; the compiler wants a line for every one. */
const answers: Readonly<Record<Trouble, TroubleAnswer>> = {
  not_found: {
    status: 404,
    icon: 'search',
    say: (texts) => ({ title: texts.notFoundTitle, text: texts.notFoundBody, retry: null }),
  },
  other_method: {
    status: 404,
    icon: 'info',
    say: (texts) => ({ title: texts.otherMethodTitle, text: texts.otherMethodBody, retry: null }),
  },
  other_site: {
    status: 403,
    icon: 'info',
    say: (texts) => ({ title: texts.otherSiteTitle, text: texts.otherSiteBody, retry: texts.openPayment }),
  },
  too_many_submissions: {
    status: 429,
    icon: 'clock',
    say: (texts, seconds) => ({ title: texts.limitTitle, text: texts.limitBody(seconds), retry: texts.openPayment }),
  },
  too_many_streams: {
    status: 503,
    icon: 'clock',
    say: (texts) => ({ title: texts.unavailableTitle, text: texts.unavailableBody, retry: texts.retry }),
  },
  unavailable: {
    status: 503,
    icon: 'clock',
    say: (texts) => ({ title: texts.unavailableTitle, text: texts.unavailableBody, retry: texts.retry }),
  },
  fault: {
    status: 500,
    icon: 'info',
    say: (texts) => ({ title: texts.faultTitle, text: texts.faultBody, retry: texts.retry }),
  },
};

const UNAVAILABLE_RETRY_SECONDS = 5;

/** Turns whatever went wrong into a page a customer can read, or a line of JSON for the page's script. */
@Catch()
export class CheckoutFilter implements ExceptionFilter {
  constructor(
    @Inject(CHECKOUT_OPTIONS) private readonly options: CheckoutOptions,
    @Inject(CHECKOUT_SURROUNDINGS) private readonly surroundings: CheckoutSurroundings,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const trouble = troubleOf(error);
    const answer = answers[trouble];
    const seconds = retryAfterSeconds(error, trouble);
    if (trouble === 'fault')
      this.surroundings.logger.error('a checkout request failed', { path: request.routeOptions.url, error });
    else if (trouble === 'unavailable')
      this.surroundings.logger.warn('a checkout request found no answer', { path: request.routeOptions.url, error });
    if (/\/(?:status|events)$/.test(request.routeOptions.url ?? '')) {
      if (seconds !== null) reply.header('retry-after', String(seconds));
      reply
        .headers(securityHeaders)
        .status(answer.status)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify({ error: trouble }));
      return;
    }
    const visitor = readVisitor(request, this.options);
    const { title, text, retry } = answer.say(
      pageFrame(visitor, this.options).texts,
      seconds ?? UNAVAILABLE_RETRY_SECONDS,
    );
    const path = this.paymentPath(request);
    const page = messageView(pageFrame(visitor, this.options), {
      title,
      text,
      icon: answer.icon,
      retry: retry === null || path === null ? null : { label: retry, path },
    });
    sendPage(reply, visitor, { status: answer.status, page, retryAfterSeconds: seconds });
  }

  private paymentPath(request: FastifyRequest): string | null {
    const { ulid = '', slug = '' } = (request.params ?? {}) as Readonly<Record<string, string>>;
    if (/^[a-z0-9-]+$/.test(slug)) return `${linkPath(this.options)}/${slug}`;
    return ulidToUuid(ulid) === undefined ? null : `${payPath(this.options)}/${ulid.toLowerCase()}`;
  }
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof CheckoutProblem) return error.code;
  if (isUnavailable(error) || isDatabaseUnreachable(error)) return 'unavailable';
  if (error instanceof HttpException && error.getStatus() === 404) return 'not_found';
  return 'fault';
}

function retryAfterSeconds(error: unknown, trouble: Trouble): number | null {
  if (error instanceof CheckoutProblem || isUnavailable(error)) return error.retryAfterSeconds;
  return trouble === 'unavailable' ? UNAVAILABLE_RETRY_SECONDS : null;
}
