import { ContractError, HandlerFault, Refusal, RequestUnavailable } from '../errors.js';
import { decodeJson } from '../message.codec.js';

/** How a command ended, as it travels on the replies topic. */
type Reply =
  | { readonly outcome: 'done'; readonly reply: unknown }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly message: string;
    }
  | {
      readonly outcome: 'unavailable';
      readonly message: string;
      readonly retryAfterSeconds: number;
      readonly isFault: boolean;
    };

export async function encodeOutcome(handled: Promise<unknown>): Promise<Buffer> {
  return Buffer.from(JSON.stringify(await outcomeOf(handled)));
}

async function outcomeOf(handled: Promise<unknown>): Promise<Reply> {
  try {
    return { outcome: 'done', reply: await handled };
  } catch (error) {
    if (error instanceof Refusal)
      return { outcome: 'refused', code: error.code, details: error.details, message: error.message };
    if (error instanceof RequestUnavailable)
      return {
        outcome: 'unavailable',
        message: error.message,
        retryAfterSeconds: error.retryAfterSeconds,
        isFault: error.cause instanceof HandlerFault,
      };
    throw error;
  }
}

/** The reply, or the error that the handler's side sent. */
export function decodeOutcome(value: Uint8Array): { readonly reply: unknown } | { readonly error: Error } {
  const reply = decodeJson(value) as Reply;
  switch (reply.outcome) {
    case 'done':
      return { reply: reply.reply };
    case 'refused':
      return { error: new Refusal(reply.code, reply.details, reply.message) };
    case 'unavailable':
      return {
        error: new RequestUnavailable(
          reply.message,
          reply.retryAfterSeconds,
          reply.isFault ? { cause: new HandlerFault(reply.message) } : undefined,
        ),
      };
    default:
      return {
        error: new RequestUnavailable('the reply cannot be read', 1, {
          cause: new ContractError(`unknown outcome ${JSON.stringify((reply as { outcome?: unknown }).outcome)}`),
        }),
      };
  }
}
