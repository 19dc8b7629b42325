import { expect, test } from 'vitest';
import { readFlags } from './flags.ts';

test('without flags everything is measured, twice, for fifteen seconds', () => {
  const { flags, problems } = readFlags([]);
  expect(problems).toEqual([]);
  expect(flags).toMatchObject({ rounds: 2, measuredSeconds: 15, warmupSeconds: 5, add: false, trial: false });
  expect(flags.parts).toHaveLength(9);
  expect(flags.playing.length).toBeGreaterThan(9);
  expect(flags.alsoConnected).toEqual([]);
});

test('help is no problem, and a flag that nobody knows is one, with its name', () => {
  expect(readFlags(['--help'])).toMatchObject({ flags: { help: true }, problems: [] });
  expect(readFlags(['-h']).flags.help).toBe(true);
  expect(readFlags(['--round', '3']).problems).toEqual([expect.stringContaining('--round')]);
});

test('every problem is said at once', () => {
  const { problems } = readFlags(['--parts', 'everything', '--only', 'siege', '--with', 'wrk', '--rounds', '0', '--seconds', 'x']);
  expect(problems).toEqual([
    expect.stringContaining('no part everything'),
    expect.stringContaining('No peer siege'),
    expect.stringContaining('wrk cannot play at a pace'),
    expect.stringContaining('--rounds: 0'),
    expect.stringContaining('--seconds: x'),
  ]);
});
