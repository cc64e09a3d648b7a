import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { AdmissionRefused, type AdmissionProblem } from './admission.js';
import type { FaceAnswer, GatewayFace } from './gateway-face.js';
import { gatewayFault, type GatewayFaultKind } from './gateway-fault.js';
import { IdempotencyRefused } from './idempotency.store.js';
import { InvalidFields, RefusedField, type FieldErrors } from './request-fields.js';
import { bodyLimitText } from './route-marks.js';
import { SubscriptionRefused } from './subscription-refused.js';

/** One thing wrong with a request: what, and where (a JSON pointer into the body, RFC 6901). */
export interface ProblemItem {
  readonly detail: string;
  readonly pointer?: string;
}

/** Thrown by the APIs that answer in problem details (RFC 9457): panel, device, operator. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** `code` names the kind of problem for machines: the last part of `type`. */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly details: {
      readonly detail: string;
      readonly errors?: readonly ProblemItem[];
      readonly retryAfterSeconds?: number;
      /** Added to the body as they are (RFC 9457 §3.2). */
      readonly members?: Readonly<Record<string, unknown>>;
    },
  ) {
    super(details.detail);
  }
}

const ADMISSION: Readonly<Record<AdmissionProblem, { readonly status: number; readonly code: string }>> = {
  unauthenticated: { status: 401, code: 'authentication-error' },
  suspended: { status: 403, code: 'merchant-suspended' },
  rate_limited: { status: 429, code: 'rate-limited' },
  origin_not_allowed: { status: 403, code: 'domain-not-allowed' },
  ability_missing: { status: 403, code: 'ability-denied' },
};

const FAULTS: Readonly<
  Record<GatewayFaultKind, { readonly status: number; readonly code: string; readonly detail: string }>
> = {
  not_found: { status: 404, code: 'not-found', detail: 'There is nothing at this address.' },
  method_not_allowed: {
    status: 405,
    code: 'method-not-allowed',
    detail: 'This address takes other methods; see the header Allow.',
  },
  malformed_request: {
    status: 400,
    code: 'malformed-request',
    detail: 'The request could not be read; send valid JSON in UTF-8.',
  },
  body_too_large: {
    status: 413,
    code: 'body-too-large',
    detail: 'The body is longer than this address takes.',
  },
  unsupported_media_type: { status: 415, code: 'unsupported-media-type', detail: 'Send the body as application/json.' },
  unavailable: {
    status: 503,
    code: 'service-unavailable',
    detail: 'Not available at this moment; repeating the request is safe.',
  },
  fault: { status: 500, code: 'fault', detail: 'Something went wrong here; it has been written down.' },
};

/** Anything thrown, as `application/problem+json`. */
export function problemAnswer(error: unknown, request: FastifyRequest): FaceAnswer {
  return render(toProblem(error, request), request);
}

function toProblem(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AdmissionRefused) {
    const { status, code } = ADMISSION[error.problem];
    return new Problem(status, code, { detail: error.message, ...wait(error.retryAfterSeconds) });
  }
  if (error instanceof InvalidFields) return validationProblem(error.errors);
  if (error instanceof RefusedField) return validationProblem({ [error.field]: [error.message] });
  if (error instanceof IdempotencyRefused) {
    const isRunning = error.problem === 'still_running';
    return new Problem(isRunning ? 409 : 422, isRunning ? 'idempotency-conflict' : 'idempotency-key', {
      detail: error.message,
      ...wait(isRunning ? 1 : null),
    });
  }
  if (error instanceof SubscriptionRefused)
    return new Problem(402, error.problem.replaceAll('_', '-'), { detail: error.message });
  const fault = gatewayFault(error);
  const { status, code, detail } = FAULTS[fault.kind];
  const limit = fault.kind === 'body_too_large' ? ` At most ${bodyLimitText(request)}.` : '';
  return new Problem(status, code, { detail: detail + limit, ...wait(fault.retryAfterSeconds) });
}

/** 422 with a pointer into the body for each thing that is wrong. */
export function validationProblem(errors: FieldErrors): Problem {
  const items = Object.entries(errors).flatMap(([field, texts]) =>
    texts.map((detail) => ({ detail, pointer: `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}` })),
  );
  return new Problem(422, 'validation-error', {
    detail: items[0]?.detail ?? 'The request is not valid.',
    errors: items,
  });
}

function wait(seconds: number | null): { readonly retryAfterSeconds?: number } {
  return seconds === null ? {} : { retryAfterSeconds: seconds };
}

/** A face that answers in problem details under `prefix`. */
export function problemFace(prefix: string): GatewayFace {
  return { prefix, answer: problemAnswer };
}

function render(problem: Problem, request: FastifyRequest): FaceAnswer {
  const { detail, errors, retryAfterSeconds, members } = problem.details;
  return {
    status: problem.status,
    contentType: 'application/problem+json',
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
    body: {
      type: `urn:paymatch:problem:${problem.code}`,
      title: STATUS_CODES[problem.status] ?? 'Error',
      status: problem.status,
      detail,
      instance: `urn:request:${request.id}`,
      ...(errors !== undefined && { errors }),
      ...members,
    },
  };
}
