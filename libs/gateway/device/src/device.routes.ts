import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gatewayFault, Problem } from '@paymatch/gateway-edge';
import type { Device, DeviceEnrolments } from '@paymatch/gateway-receiving';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { DeviceAuthentication } from './device-authentication.js';
import { enrolment, heartbeatReport, invalidBody, parseJson, rawBody, uploadedEntries } from './device-body.js';
import { SequenceReused, type DeviceInbox } from './device-inbox.js';
import { deviceLimits } from './device-message.js';
import type { MessageResult } from './device-uploads.store.js';
import { fromIncomeSmsWebhook, fromSmsGate, isSmsGatePing, type ForwardedEntries } from './forwarders.js';
import { enrolmentRefused, isRefusal, sendProblem, tooManyRefusals } from './problem.js';
import type { RefusalLimiter } from './refusal-limiter.js';

export interface DeviceRoutesPorts {
  readonly authentication: DeviceAuthentication;
  readonly enrolments: Pick<DeviceEnrolments, 'redeem'>;
  readonly inbox: DeviceInbox;
  readonly limiter: RefusalLimiter;
  readonly clock: Clock;
  readonly logger: Logger;
}

type DeviceRequest = FastifyRequest<{ Params: { deviceId: string; token: string } }>;

/** A heartbeat of an app that says no more than that it is there. */
const unspoken = { numbered: null, batteryPercent: null, appVersion: null };

/**
 * The device API in a scope of its own: signatures are over the very bytes, so nothing may parse the body before us,
 * and its limit and error bodies are not those of the rest of the gateway. Every route of a device adds something; none
 * reads or changes.
 */
export function deviceRoutes(ports: DeviceRoutesPorts): (scope: FastifyInstance) => Promise<void> {
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: deviceLimits.requestBytesMax },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler((error, request, reply) => answerError(ports, error, { request, reply }));
    // Before the body is read: whoever is refused all the time costs no more than that.
    scope.addHook('onRequest', async (request) => {
      const seconds = ports.limiter.waitSeconds(request.ip, namedDevice(request), ports.clock.nowMs());
      if (seconds > 0) throw tooManyRefusals(seconds);
    });
    const route = { bodyLimit: deviceLimits.requestBytesMax };
    scope.post('/api/device/v1/enrolments', route, (request, reply) => enrol(ports, request, reply));
    scope.post('/api/device/v1/messages', route, async (request) => ({
      results: await signedUpload(ports, request as DeviceRequest),
    }));
    scope.post('/api/device/v1/heartbeat', route, (request) => signedHeartbeat(ports, request as DeviceRequest));
    scope.post('/api/device/v1/forward/:deviceId/:token', route, async (request) => {
      const device = await ofForwarderUrl(ports, request as DeviceRequest);
      return {
        results: await ports.inbox.accept(device, {
          numbered: null,
          entries: known(fromIncomeSmsWebhook(parseJson(request))),
          correlationId: request.id,
        }),
      };
    });
    // The app's heartbeat is meant for a monitor's URL: whatever its body says, that it came is the news.
    scope.post('/api/device/v1/forward/:deviceId/:token/heartbeat', route, async (request) => {
      await ports.inbox.acceptHeartbeat(await ofForwarderUrl(ports, request as DeviceRequest), unspoken);
      return heartbeatAnswer(ports);
    });
    scope.post('/api/device/v1/smsgate/:deviceId', route, async (request) => {
      const device = await ports.authentication.ofSmsGate(
        (request as DeviceRequest).params.deviceId,
        { headers: request.headers, body: rawBody(request) },
        ports.clock.nowMs(),
      );
      letIn(ports, request, device);
      const body = parseJson(request);
      if (isSmsGatePing(body)) {
        await ports.inbox.acceptHeartbeat(device, unspoken);
        return { results: [] };
      }
      const entries = known(fromSmsGate(body));
      return { results: await ports.inbox.accept(device, { numbered: null, entries, correlationId: request.id }) };
    });
  };
}

/** A phone hands in its one-time code and gets its secret. Asking again with the same code gets nothing. */
async function enrol(ports: DeviceRoutesPorts, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { code, name } = enrolment(parseJson(request));
  const device = await ports.enrolments.redeem(code, name);
  if (device === null) throw enrolmentRefused();
  letIn(ports, request, device);
  ports.logger.info('a device enrolled', {
    deviceId: device.id,
    merchantId: device.merchantId,
    livemode: device.livemode,
  });
  reply.code(201);
  return { device_id: device.id, secret: device.secret, name: device.name, livemode: device.livemode };
}

async function signedUpload(ports: DeviceRoutesPorts, request: DeviceRequest): Promise<readonly MessageResult[]> {
  const { device, seq } = await signed(ports, request);
  // Checked before the number is taken: a refused body leaves the number free for a right one.
  const entries = uploadedEntries(parseJson(request));
  const numbered = { seq, body: rawBody(request) };
  return ports.inbox.accept(device, { numbered, entries, correlationId: request.id });
}

async function signedHeartbeat(ports: DeviceRoutesPorts, request: DeviceRequest): Promise<object> {
  const { device, seq } = await signed(ports, request);
  const report = heartbeatReport(parseJson(request));
  await ports.inbox.acceptHeartbeat(device, { ...report, numbered: { seq, body: rawBody(request) } });
  return heartbeatAnswer(ports);
}

function heartbeatAnswer(ports: DeviceRoutesPorts): object {
  return { now: Math.floor(ports.clock.nowMs() / 1_000) };
}

async function signed(
  ports: DeviceRoutesPorts,
  request: DeviceRequest,
): Promise<{ readonly device: Device; readonly seq: number }> {
  const caller = await ports.authentication.ofSignedUpload(
    { headers: request.headers, body: rawBody(request) },
    ports.clock.nowMs(),
  );
  letIn(ports, request, caller.device);
  return caller;
}

async function ofForwarderUrl(ports: DeviceRoutesPorts, request: DeviceRequest): Promise<Device> {
  const device = await ports.authentication.ofForwarderUrl(
    request.params.deviceId,
    request.params.token,
    ports.clock.nowMs(),
  );
  letIn(ports, request, device);
  return device;
}

function letIn(ports: DeviceRoutesPorts, request: FastifyRequest, device: Device): void {
  ports.limiter.letIn(request.ip, device.id, ports.clock.nowMs());
}

/** Which device somebody says to be; told from the address or the header, and not yet believed. */
function namedDevice(request: FastifyRequest): string {
  const { deviceId } = request.params as { readonly deviceId?: string };
  return deviceId ?? String(request.headers['x-device-id'] ?? '').slice(0, 100);
}

function known(entries: ForwardedEntries): readonly unknown[] {
  if (entries === null) throw invalidBody("the body is not the forwarder app's", '');
  return entries;
}

/**
 * Errors of ours as they are; Fastify's own (too large, wrong length) with their status; anything else is a fault of
 * this side.
 */
function answerError(
  ports: DeviceRoutesPorts,
  error: unknown,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): FastifyReply {
  const send = (problem: Problem): FastifyReply => sendProblem(http.request, http.reply, problem);
  if (error instanceof Problem) return send(isRefusal(error) ? countRefusal(ports, http.request, error) : error);
  if (error instanceof SequenceReused)
    return send(
      new Problem(409, 'sequence-reused', {
        detail: 'This X-Device-Seq was used with another body.',
        members: { last_seq: error.lastSeq },
      }),
    );
  const { statusCode = 500, message } = error as { readonly statusCode?: number; readonly message: string };
  if (statusCode === 413)
    return send(
      new Problem(413, 'too-large', { detail: `The body is larger than ${deviceLimits.requestBytesMax} bytes.` }),
    );
  if (statusCode >= 400 && statusCode < 500) return send(new Problem(statusCode, 'bad-request', { detail: message }));
  const requestId = http.request.id;
  if (gatewayFault(error).kind === 'unavailable') {
    ports.logger.warn('what a device sent could not be stored; it will come again', { error, requestId });
    return send(
      new Problem(503, 'unavailable', {
        detail: 'This could not be stored now; send it again.',
        retryAfterSeconds: 1,
      }),
    );
  }
  ports.logger.error("a device's request failed", { error, requestId });
  return send(new Problem(500, 'fault', { detail: 'Something went wrong on our side; send it again.' }));
}

/** One refusal too many is answered as any other of that address would be. */
function countRefusal(ports: DeviceRoutesPorts, request: FastifyRequest, refusal: Problem): Problem {
  const seconds = ports.limiter.refused(request.ip, ports.clock.nowMs());
  return seconds > 0 ? tooManyRefusals(seconds) : refusal;
}
