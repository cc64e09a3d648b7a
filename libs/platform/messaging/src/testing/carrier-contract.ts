import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import { HandlerFault, Refusal, RequestUnavailable } from '../errors.js';
import { decodeMessage, encodeMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import type { Carrier, SubscribeOptions, Subscription } from '../message-bus.js';
import { BatchRunner, defaultRunnerSettings } from '../runner/batch-runner.js';
import { fresh, idOf, messageOf, startVictim, type CarrierHarness } from './carrier-harness.js';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** What every carrier promises. A second one is held to it by one more call. */
export function describeCarrier(name: string, createHarness: () => Promise<CarrierHarness>): void {
  let harness: CarrierHarness;
  const carriers: Carrier[] = [];
  let topic: string;
  let group: string;

  const instance = async (): Promise<Carrier> => {
    const carrier = await harness.createCarrier();
    carriers.push(carrier);
    return carrier;
  };
  const consume = (
    carrier: Carrier,
    onBatch: SubscribeOptions['onBatch'],
    change: Partial<SubscribeOptions> = {},
  ): Promise<Subscription> =>
    carrier.subscribe({ group, topics: [topic], from: 'beginning', batchSizeMax: 100, onBatch, ...change });
  /** Messages with ids `{key}-{n}`, so that the order of a key can be read from its ids. */
  const numbered = (from: number, to: number, keys = KEYS): Message[] => {
    const messages: Message[] = [];
    for (let n = from; n <= to; n += 1) for (const key of keys) messages.push(messageOf(key, `${key}-${n}`, { n }));
    return messages;
  };
  const collector = (): { readonly seen: string[]; readonly onBatch: SubscribeOptions['onBatch'] } => {
    const seen: string[] = [];
    return {
      seen,
      onBatch: async (batch) => {
        seen.push(...batch.map(idOf));
      },
    };
  };
  /** Every id is there, and the first sight of each key's ids is in order; repetitions are allowed. */
  const expectAllInOrder = (seen: readonly string[], to: number, keys = KEYS): void => {
    const firstSights = [...new Set(seen)];
    for (const key of keys)
      expect(firstSights.filter((id) => id.startsWith(`${key}-`))).toEqual(
        Array.from({ length: to }, (_, index) => `${key}-${index + 1}`),
      );
  };

  describe(`the ${name} carrier`, () => {
    beforeAll(async () => {
      harness = await createHarness();
    }, 120_000);
    afterAll(() => harness?.stop(), 60_000);
    beforeEach(async () => {
      topic = fresh('topic');
      group = fresh('group');
      await harness.createTopic(topic);
    });
    afterEach(async () => {
      await Promise.all(carriers.splice(0).map((carrier) => carrier.stop(5_000)));
    });

    describe('publishing', () => {
      it('keeps the order of a key, in one call and from one call to the next', async () => {
        const carrier = await instance();
        const { seen, onBatch } = collector();
        await consume(carrier, onBatch);
        for (let n = 1; n <= 40; n += 1) await carrier.publish(topic, numbered(n * 5 - 4, n * 5));
        await eventually(() => expectAllInOrder(seen, 200), { timeoutMs: 20_000 });
      });

      it('hands a message over as it was published', async () => {
        const carrier = await instance();
        const message: Message = {
          ...messageOf('a', 'a-1', { text: 'বিকাশ, NUL \u0000, lone \ud800' }),
          causationId: 'cause',
          traceparent: '00-1-2-01',
        };
        const received: Message[] = [];
        await consume(carrier, async (batch) => {
          received.push(...batch.map((wire) => decodeMessage(wire, 1)));
        });
        await carrier.publish(topic, [message]);
        await eventually(() => expect(received).toEqual([message]), { timeoutMs: 10_000 });
      });

      it('is durable before it resolves: what was acknowledged is there after the broker was killed', async () => {
        const carrier = await instance();
        await carrier.publish(topic, numbered(1, 50));
        await harness.killBroker();
        const { seen, onBatch } = collector();
        const survivor = await eventually(instance, { timeoutMs: 30_000, everyMs: 200 });
        await eventually(() => consume(survivor, onBatch), { timeoutMs: 30_000, everyMs: 200 });
        await eventually(() => expectAllInOrder(seen, 50), { timeoutMs: 30_000 });
      }, 120_000);

      it('goes on by itself after the broker was killed under load, and every acknowledged message arrives in order', async () => {
        const [publisher, consumer] = [await instance(), await instance()];
        const { seen, onBatch } = collector();
        await consume(consumer, onBatch);
        let acknowledged = 0;
        const endsAtMs = Date.now() + 60_000;
        const publishing = (async () => {
          while (acknowledged < 300 && Date.now() < endsAtMs) {
            // A rejection leaves open whether it is there: publishing again is safe.
            await publisher.publish(topic, numbered(acknowledged + 1, acknowledged + 1)).then(
              () => {
                acknowledged += 1;
              },
              () => sleep(50),
            );
          }
        })();
        await eventually(() => acknowledged > 50, { timeoutMs: 20_000 });
        await harness.killBroker();
        await publishing;
        await eventually(() => expectAllInOrder(seen, 300), { timeoutMs: 30_000 });
        await eventually(() => expect([...publisher.problems(), ...consumer.problems()]).toEqual([]), {
          timeoutMs: 20_000,
        });
      }, 120_000);

      it('carries a message of 10 MB without hurting its neighbours', async () => {
        const carrier = await instance();
        const sizes: number[] = [];
        await consume(carrier, async (batch) => {
          sizes.push(...batch.map((wire) => wire.value.byteLength));
        });
        const large = 'x'.repeat(10 * 1024 * 1024 - 100);
        await carrier.publish(topic, [messageOf('a', 'a-1'), messageOf('a', 'a-2', large), messageOf('a', 'a-3')]);
        await eventually(() => expect(sizes).toEqual([2, large.length + 2, 2]), { timeoutMs: 30_000 });
      }, 60_000);

      it('refuses a message no carrier could hold, and publishes the others', async () => {
        const carrier = await instance();
        const { seen, onBatch } = collector();
        await consume(carrier, onBatch);
        const outcomes = await Promise.allSettled([
          carrier.publish(topic, [messageOf('a', 'a-1')]),
          carrier.publish(topic, [messageOf('a\u0000', 'x')]),
          carrier.publish(topic, [messageOf('a', 'a-2')]),
        ]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        await eventually(() => expect(seen).toEqual(['a-1', 'a-2']), { timeoutMs: 10_000 });
      });
    });

    describe('consuming', () => {
      it('gives every group every message', async () => {
        const carrier = await instance();
        const [one, two] = [collector(), collector()];
        await consume(carrier, one.onBatch);
        await consume(carrier, two.onBatch, { group: fresh('group') });
        await carrier.publish(topic, numbered(1, 20));
        await eventually(
          () => {
            expectAllInOrder(one.seen, 20);
            expectAllInOrder(two.seen, 20);
          },
          { timeoutMs: 20_000 },
        );
      });

      it('begins where the group asks to: with what is there, or with what comes', async () => {
        const carrier = await instance();
        await carrier.publish(topic, numbered(1, 1));
        const [all, fromNow] = [collector(), collector()];
        await consume(carrier, fromNow.onBatch, { group: fresh('group'), from: 'end' });
        await consume(carrier, all.onBatch);
        await carrier.publish(topic, numbered(2, 2));
        await eventually(
          () => {
            expectAllInOrder(all.seen, 2);
            expect(fromNow.seen.toSorted()).toEqual(KEYS.map((key) => `${key}-2`));
          },
          { timeoutMs: 20_000 },
        );
      });

      it('goes on where the group stopped, and hands over nothing twice after an orderly stop', async () => {
        const [publisher, first] = [await instance(), await instance()];
        const [before, after] = [collector(), collector()];
        await consume(first, before.onBatch);
        await publisher.publish(topic, numbered(1, 30));
        await eventually(() => expectAllInOrder(before.seen, 30), { timeoutMs: 20_000 });
        await first.stop(5_000);
        await publisher.publish(topic, numbered(31, 40));
        await consume(await instance(), after.onBatch);
        await eventually(() => expectAllInOrder([...before.seen, ...after.seen], 40), { timeoutMs: 30_000 });
        expect(before.seen).toHaveLength(30 * KEYS.length);
        expect(after.seen).toHaveLength(10 * KEYS.length);
      });

      it('hands over again what a consumer had in hand when it was killed between the effect and the offset', async () => {
        const publisher = await instance();
        await publisher.publish(topic, [messageOf('a', 'a-1'), messageOf('a', 'a-2')]);
        const victim = await startVictim(harness, { topic, group });
        await eventually(() => expect(victim.effects).toEqual(['a-1']), { timeoutMs: 30_000 });
        await victim.kill();
        const { seen, onBatch } = collector();
        await consume(await instance(), onBatch);
        await eventually(() => expect(seen).toEqual(['a-1', 'a-2']), { timeoutMs: harness.takeoverMs + 20_000 });
      }, 90_000);

      it('hands a batch over again, in order, when the handler rejects', async () => {
        const carrier = await instance();
        const seen: string[] = [];
        let failures = 3;
        await consume(carrier, async (batch) => {
          seen.push(...batch.map(idOf));
          failures -= 1;
          if (failures >= 0) throw new TypeError('a programming error');
        });
        await carrier.publish(topic, numbered(1, 5, ['a']));
        await eventually(
          () => {
            expect(failures).toBeLessThan(0);
            expect(seen.slice(-5)).toEqual(['a-1', 'a-2', 'a-3', 'a-4', 'a-5']);
          },
          { timeoutMs: 30_000 },
        );
        expect(seen[0]).toBe('a-1');
        await carrier.publish(topic, numbered(6, 6, ['a']));
        await eventually(() => expect(seen.at(-1)).toBe('a-6'), { timeoutMs: 10_000 });
      }, 60_000);

      it('leaves a slow handler its time, while other groups go on', async () => {
        const [carrier, other] = [await instance(), await instance()];
        const [slow, quick] = [collector(), collector()];
        let running = 0;
        let overlaps = 0;
        await consume(carrier, async (batch) => {
          running += 1;
          if (running > 1) overlaps += 1;
          await sleep(harness.takeoverMs * 1.5);
          running -= 1;
          await slow.onBatch(batch);
        });
        await consume(other, quick.onBatch, { group: fresh('group') });
        await carrier.publish(topic, numbered(1, 3, ['a']));
        await eventually(() => expectAllInOrder(quick.seen, 3, ['a']), { timeoutMs: 10_000 });
        await eventually(() => expect(slow.seen).toEqual(['a-1', 'a-2', 'a-3']), {
          timeoutMs: harness.takeoverMs * 6 + 10_000,
        });
        expect(overlaps).toBe(0);
      }, 120_000);

      it('loses nothing and keeps the order of keys while consumers join and leave', async () => {
        const publisher = await instance();
        const { seen, onBatch } = collector();
        const first = await instance();
        await consume(first, onBatch);
        let published = 0;
        const publishing = (async () => {
          for (; published < 120; published += 1) {
            await publisher.publish(topic, numbered(published + 1, published + 1));
            await sleep(10);
          }
        })();
        // So much that no consumer ever finds its topic empty: a member must be let in all the same.
        const second = await instance();
        await consume(second, onBatch);
        await eventually(() => published > 60, { timeoutMs: 20_000 });
        await first.stop(5_000);
        await consume(await instance(), onBatch);
        await publishing;
        await eventually(() => expectAllInOrder(seen, 120), { timeoutMs: 30_000 });
      }, 90_000);

      it('shares the work of a group among its subscriptions in one process', async () => {
        const carrier = await instance();
        const [one, two] = [collector(), collector()];
        await consume(carrier, one.onBatch);
        const second = await consume(carrier, two.onBatch);
        await carrier.publish(topic, numbered(1, 20));
        await eventually(() => expectAllInOrder([...one.seen, ...two.seen], 20), { timeoutMs: 20_000 });
        await second.stop();
        two.seen.length = 0;
        await carrier.publish(topic, numbered(21, 30));
        await eventually(
          () => expect(one.seen.filter((id) => /-(2[1-9]|30)$/.test(id))).toHaveLength(10 * KEYS.length),
          { timeoutMs: 20_000 },
        );
        expect(two.seen).toEqual([]);
      }, 60_000);

      it('reports progress, idleness, and no problem', async () => {
        const carrier = await instance();
        const subscription = await consume(carrier, async () => undefined);
        await carrier.publish(topic, numbered(1, 3));
        await eventually(
          () => expect(subscription.progress()).toMatchObject({ handledCount: 3 * KEYS.length, isIdle: true }),
          { timeoutMs: 20_000 },
        );
        expect(carrier.problems()).toEqual([]);
      });
    });

    describe('a bad message, with a runner behind the carrier', () => {
      const run = async (
        carrier: Carrier,
        handle: (message: Message) => void,
      ): Promise<{ readonly handled: string[]; readonly parked: () => Promise<readonly (string | undefined)[]> }> => {
        const parkingLot = await harness.createParkingLot();
        const handled: string[] = [];
        const runner = new BatchRunner({
          group,
          topic,
          parkingLot,
          logger: silentLogger,
          dataVersionMax: 1,
          settings: { ...defaultRunnerSettings, backoffFirstMs: 5, backoffMaxMs: 20 },
          handle: async (batch) => {
            for (const message of batch) {
              handle(message);
              handled.push(message.id);
            }
          },
        });
        await consume(carrier, (batch: readonly WireMessage[]) => runner.run(batch), {
          onOwnershipChange: () => runner.ownershipChanged(),
        });
        return {
          handled,
          parked: async () => (await parkingLot.list({ group })).map((message) => message.headers['ce_id']),
        };
      };

      it('is parked with the rest of its key while other keys go on', async () => {
        const carrier = await instance();
        const { handled, parked } = await run(carrier, (message) => {
          if (message.id === 'b-2') throw new TypeError('poison');
        });
        await carrier.publish(topic, numbered(1, 5, ['a', 'b', 'c']));
        await eventually(async () => expect(await parked()).toEqual(['b-2', 'b-3', 'b-4', 'b-5']), {
          timeoutMs: 20_000,
        });
        await carrier.publish(topic, numbered(6, 6, ['a', 'b', 'c']));
        await eventually(async () => expect(await parked()).toHaveLength(5), { timeoutMs: 10_000 });
        await eventually(() => expectAllInOrder(handled, 6, ['a', 'c']), { timeoutMs: 10_000 });
        expect(new Set(handled.filter((id) => id.startsWith('b-')))).toEqual(new Set(['b-1']));
      }, 60_000);

      it('holds its key back also where the key comes over to another instance', async () => {
        const parkingLot = await harness.createParkingLot();
        const handled: string[] = [];
        let parkedBy: Carrier | undefined;
        const join = async (carrier: Carrier): Promise<void> => {
          const runner = new BatchRunner({
            group,
            topic,
            parkingLot,
            logger: silentLogger,
            dataVersionMax: 1,
            settings: { ...defaultRunnerSettings, attemptsMax: 1, blockedRefreshMs: 600_000 },
            handle: async (batch) => {
              for (const message of batch) {
                if (message.id === 'b-2') {
                  parkedBy = carrier;
                  throw new TypeError('poison');
                }
                handled.push(message.id);
              }
            },
          });
          await consume(carrier, (batch) => runner.run(batch), { onOwnershipChange: () => runner.ownershipChanged() });
        };
        const publisher = await instance();
        await join(await instance());
        await join(await instance());
        await publisher.publish(topic, numbered(1, 1));
        await eventually(() => expectAllInOrder(handled, 1), { timeoutMs: 20_000 });
        await publisher.publish(topic, numbered(2, 2));
        await eventually(async () => expect(await parkingLot.list({ group })).toHaveLength(1), { timeoutMs: 20_000 });
        await (parkedBy as Carrier).stop(5_000);
        await publisher.publish(topic, numbered(3, 3));
        await eventually(
          async () =>
            expect((await parkingLot.list({ group })).map((parked) => parked.headers['ce_id'])).toEqual(['b-2', 'b-3']),
          { timeoutMs: 20_000 },
        );
        await eventually(
          () =>
            expectAllInOrder(
              handled,
              3,
              KEYS.filter((key) => key !== 'b'),
            ),
          { timeoutMs: 20_000 },
        );
        expect(handled).not.toContain('b-3');
      }, 60_000);

      it('may be any bytes: wrong UTF-8, NUL, no JSON, no headers, a newer version', async () => {
        const carrier = await instance();
        const { handled, parked } = await run(carrier, () => undefined);
        const good = encodeMessage(topic, messageOf('z', 'good'));
        const bad = (id: string, change: Partial<WireMessage>): Omit<WireMessage, 'topic' | 'position'> => ({
          key: id,
          headers: { ...good.headers, ce_id: id },
          value: good.value,
          ...change,
        });
        await harness.publishRaw(topic, [
          bad('utf8', { value: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }),
          bad('nul', { value: Buffer.from([0x7b, 0x00, 0x7d]) }),
          bad('text', { value: Buffer.from('not json') }),
          bad('empty', { value: Buffer.alloc(0) }),
          bad('newer', { headers: { ...good.headers, ce_id: 'newer', ce_dataschemaversion: '2' } }),
          bad('header', { headers: { ...good.headers, ce_id: 'header', ce_type: 'a\u0000b' } }),
          bad('bare', { headers: { ce_id: 'bare' } }),
          good,
        ]);
        await eventually(
          async () =>
            expect((await parked()).toSorted()).toEqual(['bare', 'empty', 'header', 'newer', 'nul', 'text', 'utf8']),
          { timeoutMs: 20_000 },
        );
        await eventually(() => expect(handled).toEqual(['good']), { timeoutMs: 10_000 });
      }, 60_000);
    });

    describe('requests', () => {
      const serve = async (server: Carrier, handle: (command: Message) => Promise<unknown>): Promise<void> =>
        server.serve(topic, group, handle);
      const clientOf = (server: Carrier): Promise<Carrier> =>
        harness.requestsCrossInstances ? instance() : Promise.resolve(server);

      it('bring the reply back', async () => {
        const server = await instance();
        await serve(server, async (command) => ({ echo: command.data }));
        const client = await clientOf(server);
        expect(await client.request(topic, messageOf('a', 'a-1', { n: 1 }), { timeoutMs: 10_000 })).toEqual({
          echo: { n: 1 },
        });
      });

      it('bring a refusal back with its code and details', async () => {
        const server = await instance();
        await serve(server, async () => {
          throw new Refusal('PAYMENT_CLOSED', { status: 'completed' }, 'too late');
        });
        const client = await clientOf(server);
        const error = await client
          .request(topic, messageOf('a', 'a-1'), { timeoutMs: 10_000 })
          .catch((fault: unknown) => fault);
        expect(error).toBeInstanceOf(Refusal);
        expect(error).toMatchObject({ code: 'PAYMENT_CLOSED', details: { status: 'completed' }, message: 'too late' });
      });

      it("end as unavailable, with a handler's fault as the cause, when the handler breaks; the next one is served", async () => {
        const server = await instance();
        await serve(server, async (command) => {
          if (command.id === 'a-1') throw new TypeError('bug');
          return 'fine';
        });
        const client = await clientOf(server);
        const error = await client
          .request(topic, messageOf('a', 'a-1'), { timeoutMs: 10_000 })
          .catch((fault: unknown) => fault);
        expect(error).toBeInstanceOf(RequestUnavailable);
        expect((error as Error).cause).toBeInstanceOf(HandlerFault);
        expect(await client.request(topic, messageOf('a', 'a-2'), { timeoutMs: 10_000 })).toBe('fine');
      });

      it('end as unavailable at their deadline, not before and not much later', async () => {
        const server = await instance();
        await serve(server, (command) =>
          command.id === 'a-1'
            ? new Promise((resolve) => {
                setTimeout(resolve, 3_000);
              })
            : Promise.resolve('fine'),
        );
        const client = await clientOf(server);
        await client.request(topic, messageOf('b', 'b-1'), { timeoutMs: 10_000 });
        const startedAtMs = performance.now();
        await expect(client.request(topic, messageOf('a', 'a-1'), { timeoutMs: 400 })).rejects.toThrow(
          RequestUnavailable,
        );
        const tookMs = performance.now() - startedAtMs;
        expect(tookMs).toBeGreaterThanOrEqual(400);
        expect(tookMs).toBeLessThan(1_000);
      });

      it('end as unavailable when nobody handles the topic', async () => {
        await expect((await instance()).request(topic, messageOf('a', 'a-1'), { timeoutMs: 500 })).rejects.toThrow(
          RequestUnavailable,
        );
      });

      it('of one key are handled in order, of different keys at the same time', async () => {
        const server = await instance();
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
        await Promise.all(numbered(1, 20).map((command) => client.request(topic, command, { timeoutMs: 20_000 })));
        expectAllInOrder(order, 20);
        expect(runningMax).toBeGreaterThan(KEYS.length / 2);
        expect(runningMax).toBeLessThanOrEqual(KEYS.length);
      }, 60_000);

      it('all get their own answer while a consumer joins and another leaves', async () => {
        const handle = async (command: Message): Promise<unknown> => {
          await sleep(5);
          return command.id;
        };
        const server = await instance();
        await serve(server, handle);
        const client = await clientOf(server);
        await client.request(topic, messageOf('warm', 'warm'), { timeoutMs: 20_000 });
        const requests = Array.from({ length: 1_000 }, async (_, n) => {
          const command = messageOf(`k${n % 200}`, `request-${n}`);
          // Unavailable means repeat: what counts is that every request ends, and with its own answer.
          for (const endsAtMs = Date.now() + 60_000; ;) {
            const answer = await client
              .request<string>(topic, command, { timeoutMs: 5_000 })
              .catch((error: unknown) => error);
            if (!(answer instanceof RequestUnavailable) || Date.now() > endsAtMs) return answer;
            await sleep(20);
          }
        });
        await joinAndLeave(server, handle);
        expect(await Promise.all(requests)).toEqual(Array.from({ length: 1_000 }, (_, n) => `request-${n}`));
      }, 120_000);

      /** Where commands cross instances a second server takes over from the first; elsewhere event consumers come and go beside them. */
      const joinAndLeave = async (server: Carrier, handle: (command: Message) => Promise<unknown>): Promise<void> => {
        const joining = await instance();
        if (harness.requestsCrossInstances) {
          await serve(joining, handle);
          await server.stop(5_000);
        } else {
          const second = await consume(joining, async () => undefined);
          await consume(await instance(), async () => undefined);
          await second.stop();
        }
      };
    });
  });
}
