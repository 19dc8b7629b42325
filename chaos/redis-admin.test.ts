import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { askAsAny, askRedis } from './redis-admin.ts';

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await once(server, 'close');
});

/** A server that gives one answer to whatever it is asked; none where it has none. */
async function answering(answer: (asked: string) => string | null): Promise<string> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const text = answer(bytes.toString());
      if (text !== null) socket.write(text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const login = { username: 'app', password: 'Tr0ub4dor' };

test('a server that never answers is unreachable after two seconds, not for ever', async () => {
  const address = await answering(() => null);
  const askedAtMs = performance.now();
  expect(await askRedis(address, login, ['PING'])).toMatchObject({ kind: 'unreachable' });
  expect(performance.now() - askedAtMs).toBeLessThan(4000);
});

test('nobody listening is unreachable', async () => {
  const address = await answering(() => null);
  server.close();
  await once(server, 'close');
  expect(await askRedis(address, login, ['PING'])).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

test('sends nothing but AUTH and the command, so that a user with few rights gets through', async () => {
  let asked = '';
  const address = await answering((text) => {
    asked += text;
    return '+OK\r\n'.repeat(text.split('*').length - 1);
  });
  expect(await askRedis(address, login, ['PING'])).toEqual({ kind: 'answer', value: 'OK' });
  expect(asked.match(/AUTH|HELLO|CLIENT|SELECT|PING/g)).toEqual(['AUTH', 'PING']);
});

test('no message repeats a password or the words of a command', async () => {
  const address = await answering((text) => (text.includes('AUTH') ? '-ERR unknown command AUTH with Tr0ub4dor\r\n' : '+OK\r\n'));
  expect(await askRedis(address, login, ['ACL', 'SETUSER', 'x'])).toEqual({
    kind: 'refused',
    code: 'ERR',
    message: 'ERR unknown command AUTH with ***',
  });
});

test('credentials are tried in order until one is let in, and only a refused login tries the next', async () => {
  const address = await answering((text) => {
    if (!text.includes('AUTH')) return '+PONG\r\n';
    return text.includes('second') ? '+OK\r\n' : '-WRONGPASS invalid\r\n';
  });
  const logins = [login, { username: 'second', password: 'x' }];
  expect(await askAsAny(address, [login], ['PING'])).toMatchObject({ kind: 'refused' });
  expect(await askAsAny(address, logins, ['PING'])).toMatchObject({ kind: 'answer' });
  expect(await askAsAny(address, [], ['PING'])).toMatchObject({ kind: 'refused', code: 'NOAUTH' });
});
