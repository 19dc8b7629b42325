import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Hatch } from './wire-hatch.ts';

test('this Node has the short way', () => {
  expect(new Hatch().isShort).toBe(true);
});

/** A Node without it must do all the same. */
const ways = [
  ['the short way', () => new Hatch()],
  ['the way of the stream', () => new Hatch(null)],
] as const;

test.each(ways)('%s: what is written arrives, one after the other', async (_way, create) => {
  const pair = await connected();
  const hatch = create();
  for (let n = 0; n < 100; n++) expect(hatch.write(pair.here, bytesOf(n, 7))).toBe('whole');
  expect(hatch.isEmpty(pair.here)).toBe(true);
  expect(await received(pair.there, 700)).toEqual(Buffer.concat(Array.from({ length: 100 }, (_, n) => bytesOf(n, 7))));
  end(pair);
});

test.each(ways)('%s: what the kernel does not take at once follows later, and all of it', async (_way, create) => {
  const pair = await connected();
  const hatch = create();
  const bytes = bytesOf(3, 20_000_000);
  expect(hatch.write(pair.here, bytes)).toBe('partly');
  expect(hatch.isEmpty(pair.here)).toBe(false);
  const other = await connected();
  expect(hatch.write(other.here, bytesOf(4, 7))).toBe('whole');
  expect((await received(pair.there, bytes.length)).equals(bytes)).toBe(true);
  for (let wait = 0; wait < 500 && !hatch.isEmpty(pair.here); wait++) await pause(1);
  expect(hatch.isEmpty(pair.here)).toBe(true);
  expect(hatch.write(pair.here, bytesOf(5, 7))).toBe('whole');
  expect(await received(pair.there, 7)).toEqual(bytesOf(5, 7));
  end(pair);
  end(other);
});

test.each(ways)('%s: a rest that cannot be written is an error of the socket', async (_way, create) => {
  const pair = await connected();
  const failed = once(pair.here, 'error');
  expect(create().write(pair.here, bytesOf(3, 20_000_000))).toBe('partly');
  pair.there.resetAndDestroy();
  expect((await failed)[0]).toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) });
  end(pair);
});

test.each(ways)('%s: a dead connection takes nothing and says why', async (_way, create) => {
  const pair = await connected();
  const hatch = create();
  pair.here.on('error', () => {});
  // Within one turn of the loop: the reset is in the kernel, and not read yet.
  pair.there.resetAndDestroy();
  expect(hatch.write(pair.here, bytesOf(1, 7))).toBe('refused');
  expect(hatch.code).toMatch(/^(ECONNRESET|EPIPE)$/);
  end(pair);
});

type Pair = { here: Socket; there: Socket; server: Server };

async function connected(): Promise<Pair> {
  const server = createServer({ pauseOnConnect: true });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  const here = connect({ host: '127.0.0.1', port, noDelay: true });
  const [[there]] = (await Promise.all([once(server, 'connection'), once(here, 'connect')])) as unknown as [[Socket]];
  there.on('error', () => {});
  return { here, there, server };
}

async function received(socket: Socket, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let sum = 0;
  const onData = (piece: Buffer) => {
    pieces.push(piece);
    sum += piece.length;
  };
  socket.on('data', onData).resume();
  while (sum < bytes) await pause(1);
  socket.off('data', onData);
  return Buffer.concat(pieces);
}

/** No two places a short way apart look alike. */
function bytesOf(seed: number, length: number): Buffer {
  return Buffer.alloc(
    length,
    Uint8Array.from({ length: 1009 }, (_, n) => (seed * 31 + n * n) & 255),
  );
}

function end({ here, there, server }: Pair): void {
  here.destroy();
  there.destroy();
  server.close();
}
