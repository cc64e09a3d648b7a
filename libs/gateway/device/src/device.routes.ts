import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import { isDatabaseUnreachable } from '@paymatch/platform-postgres';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { DeviceAuthentication } from './device-authentication.js';
import type { DeviceInbox } from './device-inbox.js';
import { deviceLimits } from './device-message.js';
import type { DeviceUploadsStore, MessageResult } from './device-uploads.store.js';
import { fromIncomeSmsWebhook, fromSmsGate, type ForwardedEntries } from './forwarders.js';
import { Problem, sendProblem } from './problem.js';

export interface DeviceRoutesPorts {
  readonly authentication: DeviceAuthentication;
  readonly inbox: DeviceInbox;
  readonly uploads: DeviceUploadsStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

type DeviceRequest = FastifyRequest<{ Params: { deviceId: string; token: string } }>;

/**
 * The device API in a scope of its own: signatures are over the very bytes, so nothing may parse the body before us, and its
 * limit and error bodies are not those of the rest of the gateway.
 */
export function deviceRoutes(ports: DeviceRoutesPorts): (scope: FastifyInstance) => Promise<void> {
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: deviceLimits.requestBytesMax }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => answerError(ports, error, { request, reply }));
    const route = { bodyLimit: deviceLimits.requestBytesMax };
    scope.post('/api/device/v1/messages', route, async (request) => ({ results: await signedUpload(ports, request as DeviceRequest) }));
    scope.post('/api/device/v1/forward/:deviceId/:token', route, async (request) => {
      const { deviceId, token } = (request as DeviceRequest).params;
      const device = await ports.authentication.ofForwarderUrl(deviceId, token);
      return { results: await ports.inbox.accept(device, { seq: null, entries: known(fromIncomeSmsWebhook(parseJson(request))) }) };
    });
    scope.post('/api/device/v1/smsgate/:deviceId', route, async (request) => {
      const device = await ports.authentication.ofSmsGate((request as DeviceRequest).params.deviceId, { headers: request.headers, body: rawBody(request) }, ports.clock.nowMs());
      return { results: await ports.inbox.accept(device, { seq: null, entries: known(fromSmsGate(parseJson(request))) }) };
    });
  };
}

async function signedUpload(ports: DeviceRoutesPorts, request: DeviceRequest): Promise<readonly MessageResult[]> {
  const body = rawBody(request);
  const { device, seq } = await ports.authentication.ofSignedUpload({ headers: request.headers, body }, ports.clock.nowMs());
  // Checked before the number is taken: a refused body leaves the number free for a right one.
  const entries = uploadedEntries(parseJson(request));
  const place = await ports.uploads.takeRequest({ deviceId: device.id, seq, body, now: new Date(ports.clock.nowMs()) });
  switch (place.kind) {
    case 'answered': return place.results;
    case 'reused': throw new Problem(409, 'This X-Device-Seq was used with another body.', { code: 'sequence-reused', members: { last_seq: place.lastSeq } });
    case 'new': return ports.inbox.accept(device, { seq, entries });
  }
}

function uploadedEntries(body: unknown): readonly unknown[] {
  const messages = typeof body === 'object' && body !== null ? (body as { readonly messages?: unknown }).messages : undefined;
  if (!Array.isArray(messages)) throw invalidBody('messages is an array', '/messages');
  if (messages.length > deviceLimits.messagesMax) throw invalidBody(`messages holds at most ${deviceLimits.messagesMax} entries`, '/messages');
  return messages;
}

function known(entries: ForwardedEntries): readonly unknown[] {
  if (entries === null) throw invalidBody('the body is not the forwarder app\'s', '');
  return entries;
}

function invalidBody(detail: string, pointer: string): Problem {
  return new Problem(422, 'The body is not as described.', { code: 'invalid-body', members: { errors: [{ detail, pointer }] } });
}

function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function parseJson(request: FastifyRequest): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody(request)));
  } catch {
    throw new Problem(400, 'The body is not JSON in UTF-8.', { code: 'not-json' });
  }
}

/** Errors of ours as they are; Fastify's own (too large, wrong length) with their status; anything else is a fault of this side. */
function answerError(ports: DeviceRoutesPorts, error: unknown, http: { readonly request: FastifyRequest; readonly reply: FastifyReply }): FastifyReply {
  if (error instanceof Problem) return sendProblem(http.request, http.reply, error);
  const { statusCode = 500, message } = error as { readonly statusCode?: number; readonly message: string };
  if (statusCode === 413) return sendProblem(http.request, http.reply, new Problem(413, `The body is larger than ${deviceLimits.requestBytesMax} bytes.`, { code: 'too-large' }));
  if (statusCode >= 400 && statusCode < 500) return sendProblem(http.request, http.reply, new Problem(statusCode, message, { code: 'bad-request' }));
  if (isDatabaseUnreachable(error) || error instanceof RequestUnavailable) {
    ports.logger.warn('a device\'s upload could not be stored; it will come again', { error, requestId: http.request.id });
    return sendProblem(http.request, http.reply, new Problem(503, 'The messages could not be stored; send them again.', { code: 'unavailable' }));
  }
  ports.logger.error('a device\'s upload failed', { error, requestId: http.request.id });
  return sendProblem(http.request, http.reply, new Problem(500, 'Something went wrong on our side; send the messages again.', { code: 'fault' }));
}
