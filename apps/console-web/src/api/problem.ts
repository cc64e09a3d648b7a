/** What the gateway answered instead of what was asked for (RFC 9457), or that it did not answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    /** In one spelling: `step_up_required`, `validation_error`; `unreachable` when there was no answer. */
    readonly code: string,
    readonly about: {
      readonly detail: string;
      readonly requestId: string | null;
      readonly fields: Readonly<Record<string, string>>;
      readonly retryAfterSeconds: number | null;
    },
  ) {
    super(about.detail);
  }
}

interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly detail: string; readonly pointer?: string }[];
}

export function problemOf(response: Response, body: unknown): ApiProblem {
  const given = (typeof body === 'object' && body !== null ? body : {}) as ProblemBody;
  const code = given.code ?? given.type?.split(':').at(-1) ?? `http_${response.status}`;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(response.status, code.replaceAll('-', '_'), {
    detail: given.detail ?? given.title ?? response.statusText,
    requestId: response.headers.get('x-request-id'),
    fields: Object.fromEntries(
      (given.errors ?? []).flatMap(({ pointer, detail }) =>
        pointer === undefined ? [] : [[pointer.replace(/^#?\//, ''), detail]],
      ),
    ),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

export function unreachable(cause: unknown): ApiProblem {
  const problem = new ApiProblem(0, 'unreachable', {
    detail: '',
    requestId: null,
    fields: {},
    retryAfterSeconds: null,
  });
  problem.cause = cause;
  return problem;
}

export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : unreachable(error);
}

/** What is wrong with which field of what was sent; nothing as long as it was not refused. */
export function fieldErrors(error: Error | null): Readonly<Record<string, string>> {
  return error === null ? {} : asProblem(error).about.fields;
}
