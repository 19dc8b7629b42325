import { expect, test } from 'vitest';
import { Turnstile } from './turnstile.ts';

test('first come, first served, a few in each turn of the loop, and nobody is forgotten', async () => {
  const turnstile = new Turnstile(null);
  const passed: number[] = [];
  const all = Array.from({ length: 100 }, (_, n) => turnstile.enter().then(() => passed.push(n)));
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.resolve();
  expect(passed.length).toBeGreaterThan(0);
  expect(passed.length).toBeLessThan(100);
  await Promise.all(all);
  expect(passed).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test('who finds the line too long is sent away at once', async () => {
  const turnstile = new Turnstile(2);
  const first = [turnstile.enter(), turnstile.enter()];
  await expect(turnstile.enter()).rejects.toMatchObject({ name: 'OutOfTime' });
  await Promise.all(first);
  await expect(turnstile.enter()).resolves.toBeUndefined();
});
