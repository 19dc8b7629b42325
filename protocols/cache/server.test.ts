import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import type { RespConnection } from '../resp/connection.ts';
import { encodeRequest, openResp } from '../resp/connection.ts';
import { limits } from './limits.ts';
import type { CacheOptions, CacheServer } from './server.ts';
import { startCache } from './server.ts';

const mebibyte = 1024 * 1024;
const opened: RespConnection[] = [];
const servers: CacheServer[] = [];

afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  for (const server of servers.splice(0)) await server.close();
});

async function start(changes: Partial<CacheOptions> = {}): Promise<CacheServer> {
  const usual = { host: '127.0.0.1', port: 0, password: 'pw', maxMemoryBytes: 4 * mebibyte, clientsMax: 64, clock: systemClock };
  const server = await startCache({ ...usual, ...changes });
  servers.push(server);
  return server;
}

async function stranger(server: CacheServer): Promise<RespConnection> {
  const connection = await openResp({ host: '127.0.0.1', port: server.port, timeoutMs: 3000 });
  opened.push(connection);
  return connection;
}

async function member(server: CacheServer): Promise<RespConnection> {
  const connection = await stranger(server);
  expect((await connection.ask('AUTH', 'pw')).raw).toBe('+OK\r\n');
  return connection;
}

async function information(connection: RespConnection, field: string): Promise<number> {
  const { raw } = await connection.ask('INFO');
  return Number(new RegExp(`^${field}:(\\d+)\\r$`, 'm').exec(raw)?.[1]);
}

test('one client too many is told so and counted, and does not cost the others anything', async () => {
  const server = await start({ clientsMax: 2 });
  const [first] = [await member(server), await member(server)];
  const third = await stranger(server);
  expect((await third.receive()).raw).toBe('-ERR max number of clients reached\r\n');
  expect(await third.closedWithin(1000)).toBe(true);
  expect(await information(first, 'rejected_connections')).toBe(1);
  expect(await information(first, 'total_connections_received')).toBe(2);
  expect(await information(first, 'connected_clients')).toBe(2);
});

test('refused logins, commands and keys are counted apart', async () => {
  const server = await start();
  const admin = await member(server);
  await admin.ask('ACL', 'SETUSER', 'u', 'on', '>x', '+@all', '-set', '~mine');
  const user = await stranger(server);
  await user.ask('AUTH', 'u', 'wrong');
  await user.ask('HELLO', '3', 'AUTH', 'u', 'wrong');
  await user.ask('AUTH', 'u', 'x');
  await user.ask('SET', 'mine', 'v');
  await user.ask('GET', 'yours');
  await user.ask('GET', 'mine');
  const counts = [];
  for (const what of ['auth', 'cmd', 'key']) counts.push(await information(admin, `acl_access_denied_${what}`));
  expect(counts).toEqual([2, 1, 1]);
});

test('who does not read the answers is cut off before they fill the memory', async () => {
  const server = await start();
  const greedy = await member(server);
  await greedy.ask('SET', 'big', 'x'.repeat(mebibyte));
  const request = encodeRequest(['GET', 'big']);
  greedy.send(request.repeat(1000));
  expect(await greedy.closedWithin(3000)).toBe(true);
  const other = await member(server);
  expect(await information(other, 'client_limit_disconnections')).toBe(1);
  expect(await information(other, 'mem_clients_normal')).toBeLessThan(limits.outputBytesMax);
});

test('incomplete requests of all clients together are limited', async () => {
  const server = await start();
  const half = `*2\r\n$3\r\nGET\r\n$${4 * mebibyte}\r\n${'x'.repeat(4 * mebibyte - 10)}`;
  const hoarders = await Promise.all(Array.from({ length: 20 }, () => member(server)));
  for (const hoarder of hoarders) hoarder.send(half);
  await expect.poll(() => server.state.statistics.clientsOverLimit, { timeout: 3000 }).toBeGreaterThan(0);
  const observer = await member(server);
  expect(await information(observer, 'mem_clients_normal')).toBeLessThanOrEqual(limits.clientsBytesMax);
  expect((await observer.ask('PING')).raw).toBe('+PONG\r\n');
});

test('a small request for an answer that no process can hold ends the one who asked, and nobody else', async () => {
  const server = await start();
  const greedy = await member(server);
  await greedy.ask('SET', 'big', 'x'.repeat(mebibyte));
  greedy.send(encodeRequest(['MGET', ...new Array<string>(60_000).fill('big')]));
  expect(await greedy.closedWithin(3000)).toBe(true);
  expect((await (await member(server)).ask('PING')).raw).toBe('+PONG\r\n');
  expect(server.state.statistics.clientsOverLimit).toBe(1);
});

test('what a client may choose to be remembered has a length', async () => {
  const server = await start();
  const client = await member(server);
  const long = 'x'.repeat(mebibyte);
  const tooMany = (make: (n: number) => string): Promise<{ raw: string }> =>
    client.ask('ACL', 'SETUSER', 'u', ...Array.from({ length: 40 }, (_, n) => make(n)));
  expect((await client.ask('CLIENT', 'SETNAME', long)).raw).toMatch(/^-ERR Client names have at most/);
  expect((await tooMany(() => `+get|${long.slice(0, 1000)}`)).raw).toMatch(/limit of this server/);
  expect((await tooMany((n) => `+get|${n}`)).raw).toMatch(/limit of this server/);
  expect((await tooMany(() => '(+get)')).raw).toMatch(/limit of this server/);
  expect((await tooMany((n) => (n < 7 ? `(~a &b ${Array.from({ length: 20 }, (_, k) => `~${n}.${k}`).join(' ')})` : 'on'))).raw).toMatch(
    /limit of this server/,
  );
  expect((await client.ask('KEYS', long)).raw).toMatch(/^-ERR a pattern has at most/);
  for (let n = 0; n < 6; n++) await client.ask('APPEND', 'text', long.slice(0, 900_000));
  expect((await client.ask('STRLEN', 'text')).raw).toBe(':3600000\r\n');
  for (let n = 0; n < 200; n++) await client.ask('AUTH', `${n}${long.slice(0, 10_000)}`, 'wrong');
  expect(server.state.denials.length).toBe(limits.denials.entriesMax);
  expect(Math.max(...server.state.denials.map(({ username }) => username.length))).toBe(limits.denials.textBytesMax);
});

test('a dummy takes any password and none, of anybody, and says what it is', async () => {
  const server = await start({ takesAnyPassword: true });
  const careless = await stranger(server);
  expect((await careless.ask('SET', 'chest', 'gold')).raw).toBe('+OK\r\n');
  for (const login of ['AUTH wrong', 'AUTH ', 'AUTH default wrong', 'AUTH nobody x', 'HELLO 3 AUTH a b']) {
    expect((await careless.ask(...login.split(' '))).raw, login).toMatch(/^(?:\+OK|%7)/);
  }
  expect((await careless.ask('ACL', 'SETUSER', 'default', 'off', 'resetpass', '>other')).raw).toBe('+OK\r\n');
  expect((await (await stranger(server)).ask('AUTH', 'still anything')).raw).toBe('+OK\r\n');
  expect((await careless.ask('INFO', 'server')).raw).toContain('server_name:embedded cache server (dummy: takes any password)\r\n');
});

test('values beyond the memory limit evict the oldest, and one that can never fit is refused', async () => {
  const server = await start({ maxMemoryBytes: 2 * mebibyte });
  const writer = await member(server);
  const value = 'x'.repeat(100_000);
  for (let n = 0; n < 60; n++) expect((await writer.ask('SET', `k${n}`, value)).raw).toBe('+OK\r\n');
  expect((await writer.ask('GET', 'k0')).raw).toBe('$-1\r\n');
  expect((await writer.ask('GET', 'k59')).raw.length).toBeGreaterThan(100_000);
  expect(await information(writer, 'used_memory')).toBeLessThanOrEqual(2 * mebibyte);
  expect(await information(writer, 'evicted_keys')).toBeGreaterThan(0);
  expect((await writer.ask('SET', 'huge', 'x'.repeat(3 * mebibyte))).raw).toBe(
    "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
  );
});

test('a value whose moment has passed is not kept, and makes nobody leave', async () => {
  const server = await start({ maxMemoryBytes: mebibyte });
  const writer = await member(server);
  await writer.ask('SET', 'kept', 'x'.repeat(600_000));
  expect((await writer.ask('SET', 'past', 'x'.repeat(600_000), 'EXAT', '1')).raw).toBe('+OK\r\n');
  expect([server.state.keyspace.size, server.state.keyspace.evicted]).toEqual([1, 0]);
});

const anyByte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const noise = fc.array(anyByte, { maxLength: 60 }).map((bytes) => bytes.join(''));
const verb = fc.constantFrom(
  ...['AUTH', 'HELLO', 'ACL', 'CLIENT', 'CONFIG', 'SET', 'GET', 'MSET', 'EXPIRE', 'INFO', 'COMMAND', 'RESET', 'SELECT', 'INCR', 'FLUSHALL'],
  ...['GETEX', 'GETRANGE', 'APPEND', 'PEXPIREAT', 'EXPIRETIME', 'DECRBY', 'RENAME', 'SCAN', 'KEYS', 'MSETNX', 'constructor', '__proto__'],
);
const detail = fc.constantFrom(
  ...[
    'SETUSER',
    'DRYRUN',
    'LOG',
    'GENPASS',
    '(+get',
    '~a)',
    '(',
    '+get|a',
    'constructor',
    '__proto__',
    'toString',
    'LIST',
    'KILL',
    'GET',
    'SET',
    'default',
    'pw',
    'on',
    '~*',
    '+@all',
    '3',
    '-1',
    '9999999999999999999',
    'EX',
    'TYPE',
    '*',
    '',
  ],
);
const hostile = fc.oneof(
  noise,
  noise.map((bytes) => `*${bytes}\r\n`),
  fc.tuple(fc.integer(), noise).map(([length, bytes]) => `*2\r\n$3\r\nGET\r\n$${length}\r\n${bytes}`),
  fc.tuple(verb, fc.array(fc.oneof(detail, noise), { maxLength: 5 })).map(([first, rest]) => encodeRequest([first, ...rest])),
  fc.tuple(verb, fc.array(detail, { maxLength: 5 })).map((words) => `${words.flat().join(' ')}\r\n`),
);

function attack(port: number, pieces: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => {});
    socket.on('data', () => {});
    socket.on('close', () => resolve());
    for (const piece of pieces) socket.write(piece, 'latin1');
    socket.end();
  });
}

test('hostile bytes never stop the server nor make it hold on to anything', async () => {
  const server = await start();
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(hostile, { minLength: 1, maxLength: 8 }), async (loggedIn, pieces) => {
      await attack(server.port, loggedIn ? ['AUTH pw\r\n', ...pieces] : pieces);
    }),
    { numRuns: 500 },
  );
  const { state } = server;
  await expect.poll(() => state.sessions.size, { timeout: 2000 }).toBe(0);
  expect(state.statistics.connectionsReceived).toBe(500);
  expect(state.keyspace.usedBytes).toBeLessThan(mebibyte);
  expect(state.directory.users.size).toBeLessThan(limits.users.usersMax);
  // Whatever was done to users and passwords: this is answered to anybody.
  expect((await (await stranger(server)).ask('ECHO')).raw).toMatch(/^-ERR wrong number/);
});
