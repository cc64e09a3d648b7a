import { setTimeout as sleep } from 'node:timers/promises';
import { HandlerFault, Refusal, RequestUnavailable } from '../../errors.js';
import type { Message } from '../../message.js';
import type { Carrier } from '../../message-bus.js';
import { messageOf } from '../carrier-harness.js';
import { expectAllInOrder, KEYS, numbered, type CarrierRun } from './carrier-run.js';

export function describeRequests(run: CarrierRun): void {
  describe('requests', () => {
    const serve = async (server: Carrier, handle: (command: Message) => Promise<unknown>): Promise<void> =>
      server.serve(run.topic, run.group, handle);
    const clientOf = (server: Carrier): Promise<Carrier> =>
      run.harness.requestsCrossInstances ? run.instance() : Promise.resolve(server);

    it('bring the reply back', async () => {
      const server = await run.instance();
      await serve(server, async (command) => ({ echo: command.data }));
      const client = await clientOf(server);
      expect(await client.request(run.topic, messageOf('a', 'a-1', { n: 1 }), { timeoutMs: 10_000 })).toEqual({
        echo: { n: 1 },
      });
    });

    it('bring a refusal back with its code and details', async () => {
      const server = await run.instance();
      await serve(server, async () => {
        throw new Refusal('PAYMENT_CLOSED', { status: 'completed' }, 'too late');
      });
      const client = await clientOf(server);
      const error = await client
        .request(run.topic, messageOf('a', 'a-1'), { timeoutMs: 10_000 })
        .catch((fault: unknown) => fault);
      expect(error).toBeInstanceOf(Refusal);
      expect(error).toMatchObject({ code: 'PAYMENT_CLOSED', details: { status: 'completed' }, message: 'too late' });
    });

    it("end as unavailable, with a handler's fault as the cause, when the handler breaks; the next one is served", async () => {
      const server = await run.instance();
      await serve(server, async (command) => {
        if (command.id === 'a-1') throw new TypeError('bug');
        return 'fine';
      });
      const client = await clientOf(server);
      const error = await client
        .request(run.topic, messageOf('a', 'a-1'), { timeoutMs: 10_000 })
        .catch((fault: unknown) => fault);
      expect(error).toBeInstanceOf(RequestUnavailable);
      expect((error as Error).cause).toBeInstanceOf(HandlerFault);
      expect(await client.request(run.topic, messageOf('a', 'a-2'), { timeoutMs: 10_000 })).toBe('fine');
    });

    it('end as unavailable at their deadline, not before and not much later', async () => {
      const server = await run.instance();
      await serve(server, (command) =>
        command.id === 'a-1'
          ? new Promise((resolve) => {
              setTimeout(resolve, 3_000);
            })
          : Promise.resolve('fine'),
      );
      const client = await clientOf(server);
      await client.request(run.topic, messageOf('b', 'b-1'), { timeoutMs: 10_000 });
      const startedAtMs = performance.now();
      await expect(client.request(run.topic, messageOf('a', 'a-1'), { timeoutMs: 400 })).rejects.toThrow(
        RequestUnavailable,
      );
      const tookMs = performance.now() - startedAtMs;
      expect(tookMs).toBeGreaterThanOrEqual(400);
      expect(tookMs).toBeLessThan(1_000);
    });

    it('end as unavailable when nobody handles the topic', async () => {
      await expect(
        (await run.instance()).request(run.topic, messageOf('a', 'a-1'), { timeoutMs: 500 }),
      ).rejects.toThrow(RequestUnavailable);
    });

    it('of one key are handled in order, of different keys at the same time', async () => {
      const server = await run.instance();
      const order: string[] = [];
      let running = 0;
      let runningMax = 0;
      await serve(server, async (command) => {
        running += 1;
        runningMax = Math.max(runningMax, running);
        order.push(command.id);
        await sleep(Math.random() * 20);
        running -= 1;
      });
      const client = await clientOf(server);
      await Promise.all(numbered(1, 20).map((command) => client.request(run.topic, command, { timeoutMs: 20_000 })));
      expectAllInOrder(order, 20);
      expect(runningMax).toBeGreaterThan(KEYS.length / 2);
      expect(runningMax).toBeLessThanOrEqual(KEYS.length);
    }, 60_000);

    it('all get their own answer while a consumer joins and another leaves', async () => {
      const handle = async (command: Message): Promise<unknown> => {
        await sleep(5);
        return command.id;
      };
      const server = await run.instance();
      await serve(server, handle);
      const client = await clientOf(server);
      await client.request(run.topic, messageOf('warm', 'warm'), { timeoutMs: 20_000 });
      const requests = Array.from({ length: 1_000 }, async (_, n) => {
        const command = messageOf(`k${n % 200}`, `request-${n}`);
        // Unavailable means repeat: what counts is that every request ends, and with its own answer.
        for (const endsAtMs = Date.now() + 60_000; ;) {
          const answer = await client
            .request<string>(run.topic, command, { timeoutMs: 5_000 })
            .catch((error: unknown) => error);
          if (!(answer instanceof RequestUnavailable) || Date.now() > endsAtMs) return answer;
          await sleep(20);
        }
      });
      await joinAndLeave(server, handle);
      expect(await Promise.all(requests)).toEqual(Array.from({ length: 1_000 }, (_, n) => `request-${n}`));
    }, 120_000);

    /**
     * Where commands cross instances a second server takes over from the first; elsewhere event consumers come and go
     * beside them.
     */
    const joinAndLeave = async (server: Carrier, handle: (command: Message) => Promise<unknown>): Promise<void> => {
      const joining = await run.instance();
      if (run.harness.requestsCrossInstances) {
        await serve(joining, handle);
        await server.stop(5_000);
      } else {
        const second = await run.consume(joining, async () => undefined);
        await run.consume(await run.instance(), async () => undefined);
        await second.stop();
      }
    };
  });
}
