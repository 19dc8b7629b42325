import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyBytes } from './fixtures/bodies.ts';
import { bothSearches } from './fixtures/both-searches.ts';

const calls = 1_000_000;
/** What the runtime may keep for itself over a million calls: code that it compiled, young objects that are not collected yet. */
const grownBytesMax = 32 * 1_024 * 1_024;

test('a million hostile calls trap never and leak nothing', { timeout: 600_000 }, () => {
  const { module, compiled } = bothSearches(5);
  const bodies = fc.sample(anyBytes, { numRuns: 20_000, seed: 3 });
  const round = (times: number): number => {
    let answered = 0;
    for (let call = 0; call < times; call += 1) {
      const body = bodies[call % bodies.length] as Buffer;
      // Every round cuts the same body elsewhere.
      const end = call % 7 === 0 ? (call * 31) % (body.length + 1) : body.length;
      if (compiled(body.subarray(0, end)) !== null) answered += 1;
    }
    return answered;
  };
  round(100_000);
  const before = { rss: process.memoryUsage().rss, module: module.memoryBytes };
  const answered = round(calls);
  expect(answered).toBeGreaterThan(calls / 10);
  expect(answered).toBeLessThan(calls);
  expect(module.memoryBytes).toBe(before.module);
  expect(process.memoryUsage().rss - before.rss).toBeLessThan(grownBytesMax);
});
