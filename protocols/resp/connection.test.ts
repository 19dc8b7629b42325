import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { openResp } from './connection.ts';

/** A server that says one thing to everybody and hangs on. */
async function withServer<T>(greeting: string, ask: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(greeting, 'latin1');
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  try {
    return await ask((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

test('a server that does not speak the protocol is an error of the one who asked, and not the end of the process', async () => {
  for (const nonsense of ['HTTP/1.1 400 Bad Request\r\n\r\n', '*1\r\nnonsense\r\n', '*99999999\r\n', '*1\r\n'.repeat(40)]) {
    await withServer(nonsense, async (port) => {
      const connection = await openResp({ host: '127.0.0.1', port, timeoutMs: 1000 });
      await expect(connection.ask('PING')).rejects.toThrow(/reply/);
      expect(await connection.closedWithin(1000)).toBe(true);
      await expect(connection.receive()).rejects.toThrow(/reply/);
    });
  }
});

test('replies of both protocols are cut out of the stream, known kinds and all', async () => {
  const sent = [
    '+OK\r\n',
    ':-3\r\n',
    ',0.5\r\n',
    '(123456789012345678901\r\n',
    '#t\r\n',
    '_\r\n',
    '$2\r\n\r\n\r\n',
    '%1\r\n+a\r\n*-1\r\n',
    '>1\r\n+x\r\n',
  ];
  await withServer(sent.join(''), async (port) => {
    const connection = await openResp({ host: '127.0.0.1', port, timeoutMs: 1000 });
    const received = [];
    while (received.length < sent.length) received.push((await connection.receive()).raw);
    connection.close();
    expect(received).toEqual(sent);
  });
});
