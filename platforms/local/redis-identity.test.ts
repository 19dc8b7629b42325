import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { loginOf } from './cache.ts';
import { engineOf, identifyRedis } from './redis-identity.ts';

describe('a Redis of the user', () => {
  test('is called by its own name, not by the one it keeps for compatibility', () => {
    expect(engineOf('# Server\r\nredis_version:7.0.15\r\n')).toBe('redis-server 7.0.15 (yours)');
    expect(engineOf('# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.4\r\n')).toBe(
      'valkey-server 8.1.4 (yours)',
    );
    expect(engineOf('# Server\r\nredis_version:7.4.0\r\ndragonfly_version:df-v1.34.2\r\n')).toBe('dragonfly 1.34.2 (yours)');
    expect(engineOf('')).toBe('yours');
  });

  test('is read from its URL with everything unescaped, and refused without a password', () => {
    expect(loginOf('redis://me:p%40ss%2F@example.test:7000')).toEqual({
      host: 'example.test',
      port: 7000,
      username: 'me',
      password: 'p@ss/',
    });
    expect(loginOf('redis://:secret@[::1]')).toEqual({ host: '::1', port: 6379, username: 'default', password: 'secret' });
    for (const bad of ['redis://example.test', 'rediss://me:pw@example.test', 'nonsense', '']) expect(loginOf(bad)).toBeNull();
  });

  test('that accepts and then says nothing does not hold us', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const identity = await identifyRedis({ host: '127.0.0.1', port, username: 'default', password: 'secret' });
    silent.close();
    expect(identity).toEqual({ ok: false, problem: expect.stringContaining('no answer within') });
  });
});
