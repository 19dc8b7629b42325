import { expect, test } from 'vitest';
import { checkSpace, defaultConvergence, defaultSpace } from '../simulator/crowd/space.ts';
import { spaceOf, spaceRow } from './space-rows.ts';

test('a scenario that says nothing about space means the default one', () => {
  expect(spaceOf(spaceRow.parse(undefined))).toEqual(defaultSpace);
});

test('events come with their defaults, and all of it is a space that players can move in', () => {
  const events = [
    { kind: 'convergence', at: '1m' },
    { kind: 'rush', at: '0s', for: '2m' },
    { kind: 'patch-day', at: '90s' },
  ];
  const space = spaceOf(spaceRow.parse({ exponent: 0.65, events }));
  expect(space).toEqual({
    ...defaultSpace,
    exponentPerMille: 650,
    events: [
      { kind: 'convergence', atMs: 60_000, ...defaultConvergence },
      { kind: 'rush', atMs: 0, forMs: 120_000, exponentPerMille: 1000 },
      { kind: 'patch-day', atMs: 90_000 },
    ],
  });
  expect(checkSpace(space)).toEqual([]);
});

test.each([{ cells: 0 }, { cells: 2000 }, { exponent: -1 }, { favourites: 1.5 }, { events: [{ kind: 'quake', at: '1s' }] }, { hearts: 3 }])(
  '%o is no space',
  (wrong) => {
    expect(spaceRow.safeParse(wrong).success).toBe(false);
  },
);
