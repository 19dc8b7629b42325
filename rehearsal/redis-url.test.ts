import { expect, test } from 'vitest';
import { readRedisUrl } from './redis-url.ts';

test('a Redis URL needs a password, and the message never repeats it', () => {
  expect(readRedisUrl(undefined)).toEqual({ ok: true, value: null });
  expect(readRedisUrl('redis://default:geheim@127.0.0.1:6379')).toMatchObject({ ok: true });
  for (const text of ['redis://127.0.0.1:6379', 'http://default:geheim@127.0.0.1', 'geheim']) {
    const read = readRedisUrl(text);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain('geheim');
  }
});
