import type { FastifyInstance } from 'fastify';
import type { PeopleStores } from '@paymatch/gateway-people';
import type { ChangeNews } from '@paymatch/gateway-read-models';
import type { Logger } from '@paymatch/platform-observability';
import { takeStatementBodies } from './bank-statements.body.js';
import type { PanelStreams } from './stream/panel-streams.js';
import { tellOfRequest } from './stream/request-changes.js';

export interface HookParts {
  readonly people: PeopleStores;
  readonly logger: Logger;
  readonly news: ChangeNews;
  readonly streams: PanelStreams;
}

export const HOOK_PARTS = Symbol('HookParts');

/** What happens around every request of the panel. */
export function installHooks(fastify: FastifyInstance, { people, logger, news, streams }: HookParts): void {
  takeStatementBodies(fastify);
  // Before the answer goes out: whoever has it finds the change in the log.
  fastify.addHook('onSend', (request, reply) => people.audit.finish(request, reply.statusCode, logger));
  fastify.addHook('onResponse', async (request, reply) => tellOfRequest(news, request, reply));
  // Before the server waits for what is in hand.
  fastify.addHook('preClose', async () => streams.stop());
}
