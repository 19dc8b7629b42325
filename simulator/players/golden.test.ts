import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { castOf } from '../crowd/cast.ts';
import { crowd, decisionsMax } from './fixtures/golden-crowd.ts';
import { decisions, writeDecision } from './replay.ts';
import { troubled } from './script.ts';

/**
 * What the players of seed 17 decide is a promise: every engine that plays them has to decide the same. A change of
 * behaviour changes this file on purpose, by
 *   LAUNCHSTORM_UPDATE_GOLDEN=1 npx vitest run simulator/players/golden.test.ts
 * and the difference is then read line by line before it is committed.
 */
const golden = new URL('./golden/decisions-seed-17.txt', import.meta.url);
test('the first 1,000 decisions of seed 17 are the recorded ones, byte for byte', () => {
  const now = `${firstDecisions().join('\n')}\n`;
  if (process.env.LAUNCHSTORM_UPDATE_GOLDEN === '1') writeFileSync(golden, now);
  expect(now).toBe(readFileSync(golden, 'utf8'));
});

test('the recorded decisions hold every kind of move, retries of every link, lost chains and players who leave', () => {
  const recorded = readFileSync(golden, 'utf8');
  expect(recorded.split('\n')).toHaveLength(decisionsMax + 1);
  const marks = [
    'explorer chain useful',
    'farmer chain lost',
    'wanderer search',
    'wanderer biome',
    ' pause ',
    ' leaves\n',
    /search gap=\d+ try=2/,
    /spawns gap=\d+ try=1/,
    /biome gap=\d+ try=1/,
    /^\d+ (2[4-9]|[3-9]\d) /m,
  ];
  for (const mark of marks) expect(recorded).toMatch(mark);
});

function firstDecisions(): readonly string[] {
  const lines: string[] = [];
  for (const decision of decisions(castOf(crowd), troubled)) {
    lines.push(writeDecision(decision));
    if (lines.length === decisionsMax) break;
  }
  return lines;
}
