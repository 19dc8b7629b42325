import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { parseGuard } from './guard-text.ts';
import { readHeaders } from './headers.ts';
import { readRedisUrl } from './redis-url.ts';
import { isLoopback, reachProblems, readTarget } from './target-url.ts';

test('a target is an origin with an optional base path', () => {
  expect(readTarget('http://127.0.0.1:8080/api/')).toMatchObject({
    ok: true,
    value: { origin: 'http://127.0.0.1:8080', basePath: '/api', loopback: true },
  });
  expect(readTarget('https://staging.example.com')).toMatchObject({ ok: true, value: { port: 443, basePath: '', loopback: false } });
});

test('what is no target is refused with place and remedy', () => {
  for (const text of [undefined, 'nowhere', 'ftp://127.0.0.1', 'http://user:secret@127.0.0.1', 'http://127.0.0.1/?a=1']) {
    const read = readTarget(text);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.problems[0]).toMatchObject({ problem: expect.any(String), remedy: expect.any(String) });
  }
});

test('loopback is the whole of 127.0.0.0/8, and nothing that merely looks like it', () => {
  expect(['127.0.0.1', '127.8.9.10', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
  expect(['10.0.0.1', '128.0.0.1', '127.0.0.1.example.com', 'localhost.example.com'].map(isLoopback)).toEqual([false, false, false, false]);
});

test('a target where nobody listens is a problem before anything starts', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const target = { origin: `http://127.0.0.1:${port}`, basePath: '', host: '127.0.0.1', port, loopback: true };
  expect(await reachProblems(target)).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
  expect(await reachProblems(target)).toMatchObject([{ problem: expect.stringContaining('ECONNREFUSED') }]);
});

test('a Redis URL needs a password, and the message never repeats it', () => {
  expect(readRedisUrl(undefined)).toEqual({ ok: true, value: null });
  expect(readRedisUrl('redis://default:geheim@127.0.0.1:6379')).toMatchObject({ ok: true });
  for (const text of ['redis://127.0.0.1:6379', 'http://default:geheim@127.0.0.1', 'geheim']) {
    const read = readRedisUrl(text);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain('geheim');
  }
});

test('a guard is read as people write it', () => {
  expect(parseGuard('useful<0.5 for 5s')).toMatchObject({ ok: true, value: [{ of: 'chain', below: 0.5, forMs: 5000 }] });
  expect(parseGuard('useful(search) < 0.9')).toMatchObject({ ok: true, value: [{ of: 'search', below: 0.9, forMs: 5000 }] });
  for (const text of ['', 'useful>0.5', 'useful<1.5', 'useful<0.5 for ever', 'p99<50ms']) expect(parseGuard(text).ok).toBe(false);
});

test('headers are name and value, and the value is never repeated', () => {
  expect(readHeaders(['Authorization: Bearer abc', 'x-a:1'])).toEqual({ ok: true, value: { authorization: 'Bearer abc', 'x-a': '1' } });
  const refused = readHeaders(['geheim', 'bad name: x', 'x: a\nb']);
  expect(refused.ok === false && refused.problems).toHaveLength(3);
  expect(JSON.stringify(refused)).not.toContain('geheim');
});
