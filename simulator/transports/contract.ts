import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, type Heard, PlainExchange, type PlainRequest } from './plain-exchange.ts';
import type { Endpoint, Transport } from './transport.ts';

/** How a pod of the contract treats every request. */
export type Manner =
  | 'whole'
  /** The answer comes in many small packets. */
  | 'split'
  | 'refusing-503'
  | 'reset-mid-answer'
  /** Closes in the middle of the head. */
  | 'closed-mid-answer'
  /** Reads the request and closes without a word. */
  | 'closed-at-once'
  /** Announces a longer body than it sends, and closes. */
  | 'short'
  | 'garbage'
  /** A body of 2 MiB. */
  | 'huge'
  | 'silent';

export type BenchPod = { endpoint: Endpoint; requests(): number; connections(): number };

/** What an implementation brings so that the suite can run on it. */
export interface Bench {
  readonly transport: Transport;
  pod(manner: Manner): Promise<BenchPod>;
  /** An address where nobody listens. */
  nobody(): Promise<Endpoint>;
  /** Closes every connection of that pod from its side; resolves when both sides have closed. */
  hangUp(pod: BenchPod): Promise<void>;
  /** Lets time pass until the promise is settled. */
  settle<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export const wholeBody = '{"treasures":[{"id":"t-ü","loot":["Schlüssel"]}]}';

const timeoutMs = 300;

/** Every transport keeps these promises, the fake included. */
export function transportContract(name: string, createBench: () => Promise<Bench>): void {
  describe(`transport contract: ${name}`, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await createBench();
    });
    afterEach(() => bench.close());

    test.each(['whole', 'split'] as const)('an answer that comes %s is answered, byte for byte', async (manner) => {
      const reply = await askOnce(bench, [await bench.pod(manner)]);
      expect(reply).toMatchObject({ kind: 'answered', status: 200, body: wholeBody, pod: manner });
    });

    test('a refusal is an answer', async () => {
      expect(await askOnce(bench, [await bench.pod('refusing-503')])).toMatchObject({ kind: 'answered', status: 503 });
    });

    test.each([
      ['reset-mid-answer', ['reset', 'cut-off']],
      ['closed-mid-answer', ['cut-off']],
      ['short', ['cut-off']],
      ['closed-at-once', ['closed', 'reset']],
      ['garbage', ['malformed']],
      ['huge', ['oversized']],
    ] as const)('%s: it may have happened', async (manner, whys) => {
      const pod = await bench.pod(manner);
      const reply = await askOnce(bench, [pod]);
      expect(reply.kind).toBe('unknown');
      expect(whys).toContain(reply.why);
      expect(pod.requests(), 'nothing is ever sent twice').toBe(1);
    });

    test('no answer within the time-out: given up then, and the connection with it', async () => {
      const silent = await bench.pod('silent');
      const reply = await askOnce(bench, [silent]);
      expect(reply).toMatchObject({ kind: 'unknown', why: 'timeout', pod: 'silent' });
      expect(reply.endedAtMs - reply.sentAtMs).toBeGreaterThan(timeoutMs - 50);
      bench.transport.route([(await bench.pod('whole')).endpoint]);
      expect((await send(bench, 0)).kind).toBe('answered');
      expect(silent.requests()).toBe(1);
    });

    test('nobody listens: nothing was sent', async () => {
      bench.transport.route([await bench.nobody()]);
      expect((await send(bench, 0)).kind).toBe('unreachable');
    });

    test('no endpoint is ready: nothing was sent', async () => {
      bench.transport.route([]);
      expect(await send(bench, 0)).toMatchObject({ kind: 'unreachable', pod: '' });
    });

    test('ends are never reported before send has returned', async () => {
      bench.transport.route([]);
      let returned = false;
      const ended = new Promise<boolean>((resolve) => {
        bench.transport.send(Object.assign(exchange(0), { ended: () => resolve(returned) }));
      });
      returned = true;
      expect(await bench.settle(ended)).toBe(true);
    });

    test("an exchange that has ended is its owner's again: it may go out anew from within its end", async () => {
      const pod = await bench.pod('whole');
      route(bench, [pod]);
      const bodies: string[] = [];
      const ended = new Promise<void>((resolve) => {
        const again = Object.assign(exchange(0), {
          ended: () => {
            bodies.push(again.reply.text());
            if (bodies.length === 5) resolve();
            else bench.transport.send(again);
          },
        });
        bench.transport.send(again);
      });
      await bench.settle(ended);
      expect(bodies).toEqual(Array.from({ length: 5 }, () => wholeBody));
      expect([pod.requests(), pod.connections()]).toEqual([5, 1]);
    });

    test('a player keeps its connection; many players share the pods evenly', async () => {
      const pods = [await bench.pod('whole'), await bench.pod('split')];
      route(bench, pods);
      for (let round = 0; round < 3; round++) {
        const replies = await Promise.all(Array.from({ length: 40 }, (_, player) => send(bench, player)));
        expect(replies.every(({ kind }) => kind === 'answered')).toBe(true);
      }
      expect(pods.map((pod) => pod.connections())).toEqual([20, 20]);
      expect(pods.map((pod) => pod.requests())).toEqual([60, 60]);
    });

    test('one exchange at a time for each player', async () => {
      route(bench, [await bench.pod('silent')]);
      const first = send(bench, 0);
      expect(() => bench.transport.send(exchange(0))).toThrow(RangeError);
      await first;
    });

    test('an endpoint that is not ready any more gets no new connection, and keeps those it has', async () => {
      const [leaving, staying] = [await bench.pod('whole'), await bench.pod('split')];
      route(bench, [leaving]);
      await send(bench, 0);
      route(bench, [staying]);
      expect(await send(bench, 0)).toMatchObject({ kind: 'answered', pod: 'whole' });
      expect(await send(bench, 1)).toMatchObject({ kind: 'answered', pod: 'split' });
      expect(leaving.connections()).toBe(1);
    });

    test('when an idle connection breaks, the next request goes to whoever is ready then', async () => {
      const [leaving, staying] = [await bench.pod('whole'), await bench.pod('split')];
      route(bench, [leaving]);
      await send(bench, 0);
      route(bench, [staying]);
      await bench.hangUp(leaving);
      expect(await send(bench, 0)).toMatchObject({ kind: 'answered', pod: 'split' });
      expect(leaving.connections()).toBe(1);
    });

    test('who takes the place of a player that left gets a connection of its own', async () => {
      const pod = await bench.pod('whole');
      route(bench, [pod]);
      await send(bench, 0);
      bench.transport.leave(0);
      await send(bench, 0);
      expect(pod.connections()).toBe(2);
    });

    test('closing ends what is under way as unknown', async () => {
      const pod = await bench.pod('silent');
      route(bench, [pod]);
      const replies = Promise.all([send(bench, 0), send(bench, 1)]);
      await bench.settle(until(bench, () => pod.requests() === 2));
      await bench.transport.close();
      for (const reply of await replies) expect(reply).toMatchObject({ kind: 'unknown', why: 'closed' });
    });
  });
}

async function askOnce(bench: Bench, pods: readonly BenchPod[]): Promise<Heard> {
  route(bench, pods);
  return send(bench, 0);
}

function route(bench: Bench, pods: readonly BenchPod[]): void {
  bench.transport.route(pods.map(({ endpoint }) => endpoint));
}

function send(bench: Bench, player: number): Promise<Heard> {
  return bench.settle(ask(bench.transport, player, requestOf(player), timeoutMs));
}

function exchange(player: number): PlainExchange {
  return new PlainExchange(player, requestOf(player), timeoutMs);
}

function requestOf(player: number): PlainRequest {
  return { method: 'POST', path: '/v1/treasures/search', body: '{"radius":1}', requestId: `1-${player}-0` };
}

async function until(bench: Bench, holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !holds(); turn++) await bench.settle(new Promise((resolve) => setTimeout(resolve, 1)));
}
