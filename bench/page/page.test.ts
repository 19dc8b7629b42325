import { expect, test } from 'vitest';
import { keptThroughput, roundOf } from '../fixtures/kept.ts';
import { peers } from '../peers/table.ts';
import { benchmarksPage } from './page.ts';

test('the page shows every round, the fastest generator first, and medians with their range', () => {
  const page = benchmarksPage(
    keptThroughput([
      roundOf('k6', 1, 9000),
      roundOf('launchstorm', 1, 90_000),
      roundOf('k6', 2, 10_000),
      roundOf('launchstorm', 2, 95_000),
    ]),
    peers,
  );
  expect(page.indexOf('**launchstorm** |')).toBeLessThan(page.indexOf('| k6 1.8.1 |'));
  expect(page).toContain('| k6 1.8.1 | 9,000 | 9,000 – 10,000 | 0.10 |');
  expect(page).toContain('| launchstorm | 2 | 95,000 |');
  expect(page).toContain('| against k6 | at least 8.00 x | 10.0 x | reached |');
});

test('a round that failed is on the page', () => {
  const kept = keptThroughput([roundOf('launchstorm', 1, 90_000)]);
  kept.throughput?.figures.failed.push({ peer: 'Gatling', round: 2, problem: 'no request came\nand more' });
  expect(benchmarksPage(kept, peers)).toContain('- Gatling, round 2, failed: no request came\n');
});

test('a machine that others used is said before any figure', () => {
  const round = roundOf('launchstorm', 1, 90_000);
  const busy = keptThroughput([round, { ...round, seen: { ...round.seen, othersCores: 1.5 } }]);
  expect(benchmarksPage(busy, peers)).toContain('In 1 of 2 measurements others took more than 0.1 cores, 1.50 at most.');
  expect(benchmarksPage(keptThroughput([round]), peers)).not.toContain('not quiet');
});

test('without any figures every goal is open, and no section pretends to be one', () => {
  const page = benchmarksPage({}, peers);
  expect(page).not.toContain('reached |');
  expect(page).not.toContain('## The same work');
});
