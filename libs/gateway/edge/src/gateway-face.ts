import type { FastifyReply, FastifyRequest } from 'fastify';

/** An error's answer in the words of one face. */
export interface FaceAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One contract of the gateway: the paths it owns, and how it says what went wrong there. */
export interface GatewayFace {
  /** e.g. `/api/v1/`; the longest matching prefix answers. */
  readonly prefix: string;
  /** Total: given anything thrown, including what the framework throws for unknown routes and unreadable bodies. */
  answer(error: unknown, request: FastifyRequest): FaceAnswer;
}

/** As bytes: to a text Fastify would add a charset, which `application/problem+json` does not have. */
export function sendFaceAnswer(reply: FastifyReply, answer: FaceAnswer): FastifyReply {
  return reply
    .status(answer.status)
    .headers(answer.headers ?? {})
    .header('content-type', answer.contentType)
    .send(Buffer.from(JSON.stringify(answer.body)));
}
