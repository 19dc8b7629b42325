import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createSimulatedClock } from '../../core/simulated-clock.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { transportContract } from './contract.ts';
import { socketContract } from './fixtures/socket-contract.ts';
import { ask, type Heard, PlainExchange, type PlainRequest, sourceOf } from './plain-exchange.ts';
import { startPod, startRudePod } from './rude-pod.ts';
import { createSocketBench } from './socket-bench.ts';
import { createWireTransport, type WireOptions } from './wire.ts';

transportContract('wire', () => createSocketBench(create()));
socketContract('wire', (headers = {}) => create({ headers }));

const search: PlainRequest = { method: 'POST', path: '/v1/treasures/search', body: '{"radius":1}', requestId: '1-0-0' };
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

test.each([
  ['100 Continue, which nothing asked for, is passed over', `HTTP/1.1 100 Continue\r\n\r\n${ok}`, 200],
  ['101 is an answer, and the end of the connection', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: ws\r\n\r\n', 101],
])('%s', async (_sentence, answer, status) => {
  const pod = await startPod((socket) => socket.write(answer));
  const transport = create();
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  expect(await ask(transport, 0, search, 2000)).toMatchObject({ kind: 'answered', status });
  expect(await ask(transport, 0, search, 2000)).toMatchObject({ kind: 'answered', status });
  await transport.close();
  await pod.close();
  expect(pod.connections()).toBe(status === 101 ? 2 : 1);
});

test('where the name has several addresses, connections take turns, and who finds nobody at one goes on to the next', async () => {
  const pod = await startRudePod('whole');
  const from = (addresses: readonly string[]) => create({ addresses: addresses.map((address) => ({ address, family: 4 })) });
  for (const transport of [from(['127.0.0.1']), from(['127.0.0.2', '127.0.0.1']), from(['127.0.0.2', '127.0.0.3', '127.0.0.1'])]) {
    transport.route([{ pod: 'a', origin: pod.origin.replace('127.0.0.1', 'nowhere.test'), basePath: '' }]);
    for (let player = 0; player < 4; player++) expect(await ask(transport, player, search, 2000)).toMatchObject({ kind: 'answered' });
    await transport.close();
  }
  const nobody = from(['127.0.0.2', '127.0.0.3']);
  nobody.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  expect(await ask(nobody, 0, search, 2000)).toMatchObject({ kind: 'unreachable', why: 'ECONNREFUSED', pod: 'a' });
  await nobody.close();
  await pod.close();
});

test('connects from the addresses that it is given, in turn', async () => {
  const from: (string | undefined)[] = [];
  const server = createServer((socket) => {
    from.push(socket.remoteAddress);
    socket.on('error', () => {}).on('data', () => socket.write(ok));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  const transport = create({ localAddresses: ['127.0.0.5', '127.0.0.6'] });
  transport.route([{ pod: 'a', origin: `http://127.0.0.1:${port}`, basePath: '' }]);
  for (let player = 0; player < 4; player++) expect(await ask(transport, player, search, 2000)).toMatchObject({ kind: 'answered' });
  await transport.close();
  server.close();
  expect(from).toEqual(['127.0.0.5', '127.0.0.6', '127.0.0.5', '127.0.0.6']);
});

test('where an address of ours will not do, the next one is tried; where none does, nothing was sent, and the code is told', async () => {
  const pod = await startRudePod('whole');
  const transport = create({ localAddresses: ['192.0.2.1', '127.0.0.1'] });
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  for (let player = 0; player < 4; player++) expect(await ask(transport, player, search, 2000)).toMatchObject({ kind: 'answered' });
  await transport.close();
  const nowhere = create({ localAddresses: ['192.0.2.1'] });
  nowhere.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  expect(await ask(nowhere, 0, search, 2000)).toMatchObject({ kind: 'unreachable', why: 'EADDRNOTAVAIL' });
  await nowhere.close();
  await pod.close();
});

test('a standing connection that the kernel knows to be dead: nothing was written, the request goes to whoever is ready, once', async () => {
  const standing: Socket[] = [];
  const leaving = await startPod((socket) => {
    standing.push(socket);
    socket.write(ok);
  });
  const staying = await startRudePod('whole');
  for (const players of [1, 5]) {
    const transport = create(players === 1 ? {} : { connections: { pool: 1 } });
    const everybody = (next: number) =>
      Promise.all(Array.from({ length: players }, (_, player) => ask(transport, player, { ...search, requestId: `${next}` }, 2000)));
    transport.route([{ pod: 'leaving', origin: leaving.origin, basePath: '' }]);
    await everybody(1);
    transport.route([{ pod: 'staying', origin: staying.origin, basePath: '' }]);
    // Within one turn of the loop: the reset is in the kernel, and not read yet.
    for (const socket of standing) socket.resetAndDestroy();
    const heard = await everybody(2);
    expect(heard.map(({ kind, pod }) => [kind, pod])).toEqual(Array.from({ length: players }, () => ['answered', 'staying']));
    await transport.close();
  }
  expect([leaving.requests(), staying.requests()]).toEqual([6, 6]);
  await leaving.close();
  await staying.close();
});

test('a request that does not fit is an error of whoever wrote it, and not cut short', async () => {
  const pod = await startRudePod('whole');
  const transport = create();
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  expect(await ask(transport, 0, search, 2000)).toMatchObject({ kind: 'answered' });
  const endless = Object.assign(new PlainExchange(0, search, 2000), {
    request: { ...sourceOf(search), writeBody: (_bytes: Uint8Array, at: number) => at + 40_000 },
  });
  expect(() => transport.send(endless)).toThrow(RangeError);
  await transport.close();
  await pod.close();
});

test('a name that comes without addresses is looked up', async () => {
  const pod = await startRudePod('whole');
  const transport = create();
  transport.route([{ pod: 'a', origin: pod.origin.replace('127.0.0.1', 'localhost'), basePath: '' }]);
  expect(await ask(transport, 0, search, 2000)).toMatchObject({ kind: 'answered' });
  await transport.close();
  await pod.close();
});

test('a thousand players at once all get their connections, however many are opened at a time', async () => {
  const pod = await startRudePod('whole');
  const transport = create();
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  const heard = await Promise.all(Array.from({ length: 1000 }, (_, player) => ask(transport, player, search, 15_000)));
  await transport.close();
  await pod.close();
  expect(heard.filter(({ kind }) => kind === 'answered')).toHaveLength(1000);
  expect([pod.connections(), pod.requests()]).toEqual([1000, 1000]);
});

test('who leaves before its connection was begun costs none', async () => {
  const pod = await startRudePod('whole');
  const transport = create();
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  const all = Array.from({ length: 300 }, (_, player) => ask(transport, player, search, 15_000));
  for (let player = 256; player < 300; player++) transport.leave(player);
  const kinds = (await Promise.all(all)).map(({ kind }) => kind);
  expect(kinds.slice(256)).toEqual(Array.from({ length: 44 }, () => 'unreachable'));
  expect(kinds.slice(0, 256)).toEqual(Array.from({ length: 256 }, () => 'answered'));
  expect(pod.connections()).toBe(256);
  await transport.close();
  await pod.close();
});

test('who leaves, or closes, in the breath in which it asks has sent nothing', async () => {
  const pod = await startRudePod('whole');
  const transport = create();
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  for (let player = 0; player < 3; player++) expect(await ask(transport, player, search, 2000)).toMatchObject({ kind: 'answered' });
  const [leaving, staying, closing] = [0, 1, 2].map((player) => ask(transport, player, search, 2000));
  transport.leave(0);
  expect(await leaving).toMatchObject({ kind: 'unreachable' });
  expect(await staying).toMatchObject({ kind: 'answered' });
  expect(await closing).toMatchObject({ kind: 'answered' });
  const late = ask(transport, 1, search, 2000);
  await transport.close();
  expect(await late).toMatchObject({ kind: 'unreachable' });
  expect(pod.requests()).toBe(5);
  await pod.close();
});

test('a connection that is closed between a request and its sending carries nothing: the request goes to whoever is ready, once', async () => {
  const sockets: Socket[] = [];
  const closing = await startPod((socket) => {
    if (!sockets.includes(socket)) sockets.push(socket);
    // The second time one is asked, the other one is closed right behind the answer: both are heard in one turn of the loop.
    socket.write(ok);
    if (closing.requests() === 3) sockets[1]?.end();
  });
  const staying = await startRudePod('whole');
  const transport = create();
  transport.route([{ pod: 'closing', origin: closing.origin, basePath: '' }]);
  for (let player = 0; player < 2; player++) expect(await ask(transport, player, search, 2000)).toMatchObject({ kind: 'answered' });
  transport.route([{ pod: 'staying', origin: staying.origin, basePath: '' }]);
  const other = new Promise<Heard>((resolve) => {
    const first = Object.assign(new PlainExchange(0, search, 2000), { ended: () => resolve(ask(transport, 1, search, 2000)) });
    transport.send(first);
  });
  expect(await other).toMatchObject({ kind: 'answered', pod: 'staying' });
  expect([closing.requests(), staying.requests()]).toEqual([3, 1]);
  await transport.close();
  await closing.close();
  await staying.close();
});

test('many requests of one turn, and long ones among them, all leave whole', async () => {
  const pod = await startRudePod('whole');
  const transport = create();
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  const long: PlainRequest = { ...search, body: 'x'.repeat(30_000) };
  for (let round = 0; round < 2; round++) {
    const heard = await Promise.all(
      Array.from({ length: 100 }, (_, player) => ask(transport, player, player % 3 === 0 ? long : search, 5000)),
    );
    expect(heard.every(({ kind, status }) => kind === 'answered' && status === 200)).toBe(true);
  }
  expect(pod.requests()).toBe(200);
  await transport.close();
  await pod.close();
});

test('a connection that is not up within ten seconds is not coming, however patient the player is', async () => {
  // On this clock time passes while the loop stands still: the connection stays under way.
  const clock = createSimulatedClock();
  const pod = await startRudePod('whole');
  const transport = createWireTransport({ clock });
  transport.route([{ pod: 'a', origin: pod.origin, basePath: '' }]);
  let kind = '';
  void ask(transport, 0, search, 60_000).then((heard) => {
    kind = `${heard.kind}: ${heard.why}`;
  });
  await clock.runFor(9_999);
  expect(kind).toBe('');
  await clock.runFor(1);
  expect(kind).toBe('unreachable: no connection in time');
  await transport.close();
  await pod.close();
});

test('a server that resets connections as they come: each request goes out once or not at all, over one connection', async () => {
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    socket.on('error', () => {}).resetAndDestroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  const transport = create();
  transport.route([{ pod: 'a', origin: `http://127.0.0.1:${port}`, basePath: '' }]);
  const heard = await Promise.all(Array.from({ length: 100 }, (_, player) => ask(transport, player, search, 5000)));
  expect(heard.filter(({ kind }) => kind === 'answered')).toEqual([]);
  expect(accepted).toBe(100);
  await transport.close();
  server.close();
});

test('https is not for this transport', () => {
  expect(() => create().route([{ pod: 'a', origin: 'https://127.0.0.1:1', basePath: '' }])).toThrow(RangeError);
});

function create(options: Omit<WireOptions, 'clock'> = {}) {
  return createWireTransport({ clock: systemClock, ...options });
}
