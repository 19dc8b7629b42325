import { expect, test } from 'vitest';
import { comparison } from './comparison.ts';

const timed = (name: string, ...rates: readonly number[]) => rates.map((perSecond) => ({ name, unit: 'a thing', perSecond }));

test('a change is only said where the rounds of the two trees do not overlap', () => {
  const now = [...timed('faster', 2_000_000, 2_100_000), ...timed('same', 100, 120), ...timed('new', 5)];
  const before = [...timed('faster', 1_000_000, 1_100_000), ...timed('same', 110, 130)];
  const [, faster, same, fresh] = comparison(now, before);
  expect(faster).toMatch(/^faster\s+2,000,000\s+500 ns\s+1,000,000\s+\+100 %$/);
  expect(same).toMatch(/none$/);
  expect(fresh).toMatch(/–\s+–$/);
});
