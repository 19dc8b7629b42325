import { expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import { ask, type PlainRequest } from './plain-exchange.ts';
import { type RudePod, startPod, startRudePod } from './rude-pod.ts';
import { createWireTransport } from './wire.ts';

const search: PlainRequest = { method: 'POST', path: '/v1/treasures/search', body: '{"radius":1}', requestId: '1-0-0' };
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

test('so many connections for all players: who finds none free waits its turn, and only its latency knows', async () => {
  const order: string[] = [];
  const pod = await startPod((socket) => setTimeout(() => socket.write(ok), 30));
  const transport = sharing(2, [pod]);
  const begunMs = systemClock.nowMs();
  const heard = await Promise.all(
    Array.from({ length: 6 }, async (_, player) => {
      const reply = await ask(transport, player, search, 5000);
      order.push(`${player}`);
      return reply;
    }),
  );
  await transport.close();
  await pod.close();
  expect(heard.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'answered'));
  expect(order).toEqual(['0', '1', '2', '3', '4', '5']);
  expect([pod.requests(), pod.connections()]).toEqual([6, 2]);
  // The third pair was written when two rounds of answers had come.
  expect((heard[5]?.sentAtMs ?? 0) - begunMs).toBeGreaterThan(55);
  for (const { sentAtMs, endedAtMs } of heard) expect(endedAtMs - sentAtMs).toBeGreaterThan(25);
});

test('connections are shared evenly between pods, and one that dies is replaced', async () => {
  const pods = [await startRudePod('whole'), await startRudePod('split')];
  const transport = sharing(4, pods);
  const everybody = () => Promise.all(Array.from({ length: 20 }, (_, player) => ask(transport, player, search, 5000)));
  expect((await everybody()).every(({ kind }) => kind === 'answered')).toBe(true);
  expect(pods.map((pod) => pod.connections())).toEqual([2, 2]);
  await pods[0]?.hangUp();
  expect((await everybody()).every(({ kind }) => kind === 'answered')).toBe(true);
  expect(pods.reduce((sum, pod) => sum + pod.connections(), 0)).toBeLessThanOrEqual(6);
  await transport.close();
  for (const pod of pods) await pod.close();
});

test('who waits too long for a connection has sent nothing; the others go on, in order', async () => {
  const pod = await startPod((socket) => setTimeout(() => socket.write(ok), 120));
  const transport = sharing(1, [pod]);
  const first = ask(transport, 0, search, 5000);
  const impatient = ask(transport, 1, search, 40);
  const patient = ask(transport, 2, search, 5000);
  expect(await impatient).toMatchObject({ kind: 'unreachable', why: 'no connection was free in time' });
  expect(await first).toMatchObject({ kind: 'answered' });
  expect(await patient).toMatchObject({ kind: 'answered' });
  await transport.close();
  await pod.close();
  expect(pod.requests()).toBe(2);
});

test('a player who leaves takes the connection along only while it carries its exchange', async () => {
  const pod = await startRudePod('silent');
  const transport = sharing(1, [pod]);
  const leaving = ask(transport, 0, search, 5000);
  const waiting = ask(transport, 1, search, 5000);
  await untilRequests(pod, 1);
  transport.leave(0);
  expect(await leaving).toMatchObject({ kind: 'unknown', why: 'closed' });
  await untilRequests(pod, 2);
  await transport.close();
  expect(await waiting).toMatchObject({ kind: 'unknown', why: 'closed' });
  await pod.close();
  expect(pod.connections()).toBe(2);
});

function sharing(connections: number, pods: readonly RudePod[]) {
  const transport = createWireTransport({ clock: systemClock, connections: { pool: connections } });
  transport.route(pods.map(({ origin }, index) => ({ pod: `pod-${index}`, origin, basePath: '' })));
  return transport;
}

async function untilRequests(pod: RudePod, requests: number): Promise<void> {
  for (let turn = 0; turn < 400 && pod.requests() < requests; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
}
