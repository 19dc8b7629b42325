import { expect, test } from 'vitest';
import { isLoopback, readTarget } from './target-url.ts';

test.each([
  ['http://127.0.0.1:8080/api/', { origin: 'http://127.0.0.1:8080', basePath: '/api', host: '127.0.0.1', port: 8080, secure: false }],
  ['https://staging.example.com', { origin: 'https://staging.example.com', basePath: '', port: 443, secure: true }],
  ['http://[::1]:8080/a/b', { origin: 'http://[::1]:8080', basePath: '/a/b', host: '::1', port: 8080 }],
  ['http://0x7f.1', { host: '127.0.0.1', port: 80 }],
])('%s is an origin with a base path', (text, target) => {
  expect(readTarget(text)).toMatchObject({ ok: true, value: target });
});

test.each([
  undefined,
  'nowhere',
  'ftp://127.0.0.1',
  'http://user:geheim@127.0.0.1',
  'http://127.0.0.1/?token=geheim',
  'http://127.0.0.1/#geheim',
])('%s is no target: place and remedy are named, and what may be a secret is not', (text) => {
  const read = readTarget(text);
  expect(read).toMatchObject({
    ok: false,
    problems: [{ place: expect.any(String), problem: expect.any(String), remedy: expect.any(String) }],
  });
  expect(JSON.stringify(read)).not.toContain('geheim');
});

test('loopback is the whole of 127.0.0.0/8 and ::1, and nothing that merely looks like it', () => {
  expect(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true, true]);
  const others = ['10.0.0.1', '128.0.0.1', '0.0.0.0', '::', '::2', '::ffff:10.0.0.1', 'localhost', '127.0.0.1.example.com'];
  expect(others.filter(isLoopback)).toEqual([]);
});
