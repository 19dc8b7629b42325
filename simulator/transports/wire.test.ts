import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import { transportContract } from './contract.ts';
import { socketContract } from './fixtures/socket-contract.ts';
import { ask, type PlainRequest } from './plain-exchange.ts';
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

test('https is not for this transport', () => {
  expect(() => create().route([{ pod: 'a', origin: 'https://127.0.0.1:1', basePath: '' }])).toThrow(RangeError);
});

function create(options: Omit<WireOptions, 'clock'> = {}) {
  return createWireTransport({ clock: systemClock, ...options });
}
