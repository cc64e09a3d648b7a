import type { FastifyRequest } from 'fastify';

/** The largest body the gateway reads; anything longer is refused before it is read. */
export const BODY_BYTES_MAX = 256 * 1024;

/** What a route says of itself to the edge, with Nest's `@RouteConfig`. */
export interface RouteMarks {
  /**
   * The entries of its body stand for themselves: a bad one must not cost the others, and each may hold whatever a
   * phone or a bank wrote.
   */
  readonly isBodyTolerant?: boolean;
  /** The longest body it takes, where that is not `BODY_BYTES_MAX`. */
  readonly bodyBytesMax?: number;
  /** Its answer stays open: it is bounded by whoever opens it. */
  readonly isStream?: boolean;
}

export function routeMarks(request: FastifyRequest): RouteMarks {
  return (request.routeOptions?.config ?? {}) as RouteMarks;
}

/**
 * The pattern of the route that was found, e.g. `/pix/:token`. Unlike the address it holds no secret, and is the same
 * however it was spelt.
 */
export function routePattern(request: FastifyRequest): string | undefined {
  return request.routeOptions?.url;
}

/** For whoever sent too long a body: how long it may be. */
export function bodyLimitText(request: FastifyRequest): string {
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  const bytes = isJson ? BODY_BYTES_MAX : (routeMarks(request).bodyBytesMax ?? BODY_BYTES_MAX);
  return bytes >= 1_048_576 ? `${bytes / 1_048_576} MiB` : `${bytes / 1_024} kB`;
}

/**
 * A request whose body was read as JSON keeps its bytes, for signatures and for numbers that must not become floats.
 */
export type RequestWithBytes = FastifyRequest & { readonly rawBody?: Buffer };
