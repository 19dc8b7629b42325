import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Manner, wholeBody } from './contract.ts';

/** A server of bare sockets on loopback that answers in the given manner, well or badly: for the contract suite. */
export type RudePod = { origin: string; requests(): number; connections(): number; hangUp(): Promise<void>; close(): Promise<void> };

export function startRudePod(manner: Manner): Promise<RudePod> {
  return startPod((socket) => answer(socket, manner));
}

/** A server that does this with every request that has come whole. */
export async function startPod(reply: (socket: Socket) => void): Promise<RudePod> {
  const sockets = new Set<Socket>();
  let requests = 0;
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    onRequest(socket, () => {
      requests += 1;
      reply(socket);
    });
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: () => requests,
    connections: () => connections,
    async hangUp() {
      const closed = [...sockets].map((socket) => once(socket, 'close'));
      for (const socket of sockets) socket.end();
      await Promise.all(closed);
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A port where nobody listens: it was free a moment ago. */
export async function freeOrigin(): Promise<string> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

function onRequest(socket: Socket, arrived: () => void): void {
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
    if (received.length < headEnd + 4 + length) return;
    received = received.slice(headEnd + 4 + length);
    arrived();
  });
}

function answer(socket: Socket, manner: Manner): void {
  const whole = withLength(200, wholeBody);
  switch (manner) {
    case 'whole':
      socket.write(whole);
      return;
    case 'split':
      void trickle(socket, Buffer.from(whole));
      return;
    case 'refusing-503':
      socket.write(withLength(503, '{"error":"overloaded"}'));
      return;
    case 'reset-mid-answer':
      socket.write(whole.slice(0, -10), () => socket.resetAndDestroy());
      return;
    case 'closed-mid-answer':
      socket.end(whole.slice(0, 20));
      return;
    case 'short':
      socket.end(whole.slice(0, -10));
      return;
    case 'closed-at-once':
      socket.end();
      return;
    case 'garbage':
      socket.write('BOOM this is no HTTP\r\n\r\n');
      return;
    case 'huge':
      socket.write(withLength(200, 'x'.repeat(2 * 1024 * 1024)));
      return;
    case 'silent':
  }
}

function withLength(status: number, body: string): string {
  return `HTTP/1.1 ${status} whatever\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Small enough packets to split the head, the length and a character of two bytes. */
async function trickle(socket: Socket, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed; at += 7) {
    socket.write(bytes.subarray(at, at + 7));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
