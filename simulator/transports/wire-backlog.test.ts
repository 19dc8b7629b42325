import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import { ask, type Heard } from './plain-exchange.ts';
import type { Transport } from './transport.ts';
import { createWireTransport } from './wire.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';
const bodyBytes = 30_000;

/** A server that answers without reading: the first connection when the test says so, others at once. */
type Deaf = { server: Server; transport: Transport; sockets: Socket[] };

test('an answer that comes before its request was read counts; a connection that is full of requests is given up', async () => {
  const deaf = await startDeaf();
  const requests = await fill(deaf);
  expect(deaf.sockets).toHaveLength(2);
  expect(requests).toBeGreaterThan(1);
  await stop(deaf);
});

test('what the kernel could not take yet is not overwritten by the requests of others', async () => {
  const first = await startDeaf();
  const requests = await fill(first);
  await stop(first);

  const deaf = await startDeaf();
  for (let turn = 0; turn < requests - 1; turn++) expect(await answeredEarly(deaf, turn)).toMatchObject({ kind: 'answered' });
  const stuck = send(deaf, 0, requests - 1);
  for (let player = 1; player < 10; player++) expect(await send(deaf, player, 25)).toMatchObject({ kind: 'answered' });
  const [socket] = deaf.sockets as [Socket];
  const bodies = await receive(socket, requests);
  socket.write(ok);
  expect(await stuck).toMatchObject({ kind: 'answered' });
  for (const [turn, body] of bodies.entries()) expect(body === bodyOf(turn), `request ${turn} of ${requests}`).toBe(true);
  await stop(deaf);
});

async function startDeaf(): Promise<Deaf> {
  const sockets: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.push(socket.on('error', () => {}));
    if (sockets.length > 1) socket.write(ok);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  const transport = createWireTransport({ clock: systemClock });
  transport.route([{ pod: 'a', origin: `http://127.0.0.1:${port}`, basePath: '' }]);
  return { server, transport, sockets };
}

/** Sends until the first connection is given up; how many requests went over it, the last one not as a whole. */
async function fill(deaf: Deaf): Promise<number> {
  for (let turn = 0; turn < 2000; turn++) {
    expect(await answeredEarly(deaf, turn)).toMatchObject({ kind: 'answered' });
    if (deaf.sockets.length > 1) return turn;
  }
  return Number.POSITIVE_INFINITY;
}

async function answeredEarly(deaf: Deaf, turn: number): Promise<Heard> {
  const heard = send(deaf, 0, turn);
  for (let wait = 0; wait < 1000 && deaf.sockets.length === 0; wait++) await new Promise((resolve) => setTimeout(resolve, 1));
  deaf.sockets[0]?.write(ok);
  return heard;
}

function send({ transport }: Deaf, player: number, turn: number): Promise<Heard> {
  return ask(transport, player, { method: 'POST', path: '/', body: bodyOf(turn), requestId: `${turn}` }, 5000);
}

function bodyOf(turn: number): string {
  return String.fromCharCode(97 + (turn % 26)).repeat(bodyBytes);
}

/** Reads at last: so many bodies. */
function receive(socket: Socket, requests: number): Promise<readonly string[]> {
  let received = '';
  return new Promise((resolve) => {
    socket.setEncoding('latin1').on('data', (piece) => {
      received += piece;
      const bodies = received.split(/POST .*?\r\n\r\n/s).slice(1);
      if (bodies.length === requests && bodies.at(-1)?.length === bodyBytes) resolve(bodies);
    });
    socket.resume();
  });
}

async function stop({ server, transport, sockets }: Deaf): Promise<void> {
  await transport.close();
  for (const socket of sockets) socket.destroy();
  server.close();
}
