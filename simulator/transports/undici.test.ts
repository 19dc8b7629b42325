import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import { transportContract } from './contract.ts';
import { socketContract } from './fixtures/socket-contract.ts';
import { ask, type Heard } from './plain-exchange.ts';
import { startRudePod } from './rude-pod.ts';
import { createSocketBench } from './socket-bench.ts';
import { createUndiciTransport } from './undici.ts';

transportContract('undici', () => createSocketBench(createUndiciTransport({ clock: systemClock })));
socketContract('undici', (headers = {}) => createUndiciTransport({ clock: systemClock, headers }));

test('sends the headers it was given, the request id, and the path below the base path', async () => {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(({ url, headers }, response) => {
    seen.push({ url, headers });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const transport = createUndiciTransport({ clock: systemClock, headers: { authorization: 'Bearer abc' } });
  transport.route([{ pod: 'a', origin: `http://127.0.0.1:${port}`, basePath: '/game' }]);
  const reply = await ask(transport, 0, { method: 'GET', path: '/v1/spawns?near=t-1', body: null, requestId: '17-3-1' }, 2000);
  await transport.close();
  server.close();
  expect(reply.kind).toBe('answered');
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    url: '/game/v1/spawns?near=t-1',
    headers: { authorization: 'Bearer abc', 'x-request-id': '17-3-1', host: `127.0.0.1:${port}` },
  });
});

test('a standing connection that proves dead before anything was written: the request goes to whoever is ready, and is sent once', async () => {
  const [leaving, staying] = [await startRudePod('whole'), await startRudePod('split')];
  const transport = createUndiciTransport({ clock: systemClock });
  const send = () => ask(transport, 0, { method: 'GET', path: '/', body: null, requestId: '1' }, 2000);
  transport.route([{ pod: 'leaving', origin: leaving.origin, basePath: '' }]);
  await send();
  transport.route([{ pod: 'staying', origin: staying.origin, basePath: '' }]);
  // In a timer, as the engine sends: the loop reads the end of the connection after `send`, and before undici writes.
  const reply = await new Promise<Heard>((resolve) => {
    setTimeout(() => {
      void leaving.close();
      void send().then(resolve);
    }, 20);
  });
  await transport.close();
  await staying.close();
  expect(reply).toMatchObject({ kind: 'answered', pod: 'staying' });
  expect([leaving.requests(), staying.requests()]).toEqual([1, 1]);
});
