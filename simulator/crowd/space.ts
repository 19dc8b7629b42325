import type { Problem } from '../../core/problem.ts';
import type { Row } from '../players/rows.ts';
import { cellsPerWorld } from './grid.ts';

/** How the crowd spreads over the land, and what happens there. Times in ms since play began. */
export type Space = {
  /** Cells per world that are ever visited; the others stay empty. */
  cells: number;
  /** 1000 times the exponent of Zipf's law over these cells. */
  exponentPerMille: number;
  /** Out of 1000 portals: how many lead to one of the player's own favourite cells. */
  favouritesPerMille: number;
  events: readonly SpaceEvent[];
};

export type SpaceEvent =
  /** So many of 1000 players come to one cell, evenly over `withinMs`, and stay for `stayMs` more. */
  | { kind: 'convergence'; atMs: number; perMille: number; withinMs: number; stayMs: number }
  /** A treasure event: for a while the popular cells are more popular still. */
  | { kind: 'rush'; atMs: number; forMs: number; exponentPerMille: number }
  /** New content: which cells are popular is drawn anew, for good. */
  | { kind: 'patch-day'; atMs: number };

export const defaultSpace: Space = { cells: 1000, exponentPerMille: 700, favouritesPerMille: 600, events: [] };

export const defaultConvergence = { perMille: 350, withinMs: 180_000, stayMs: 600_000 };
export const rushExponentPerMille = 1000;

/** Everything that keeps players from moving in that space, all at once. */
export function checkSpace(space: Space, place = 'crowd.space'): readonly Problem[] {
  const problems = [
    ...wholeNumber(`${place}.cells`, space.cells, { min: 1, max: cellsPerWorld }),
    ...wholeNumber(`${place}.exponentPerMille`, space.exponentPerMille, { min: 0, max: 3000 }),
    ...wholeNumber(`${place}.favouritesPerMille`, space.favouritesPerMille, { min: 0, max: 1000 }),
  ];
  space.events.forEach((event, index) => {
    problems.push(...checkEvent(event, `${place}.events[${index}]`));
  });
  return problems;
}

function checkEvent(event: SpaceEvent, place: string): readonly Problem[] {
  const problems = [...wholeNumber(`${place}.atMs`, event.atMs, time)];
  if (event.kind === 'rush') {
    problems.push(...wholeNumber(`${place}.forMs`, event.forMs, time));
    problems.push(...wholeNumber(`${place}.exponentPerMille`, event.exponentPerMille, { min: 0, max: 3000 }));
  }
  if (event.kind === 'convergence') {
    problems.push(...wholeNumber(`${place}.perMille`, event.perMille, { min: 0, max: 1000 }));
    problems.push(...wholeNumber(`${place}.withinMs`, event.withinMs, { min: 1, max: weekMs }));
    problems.push(...wholeNumber(`${place}.stayMs`, event.stayMs, time));
  }
  return problems;
}

const weekMs = 604_800_000;
const time = { min: 0, max: weekMs };

function wholeNumber(place: string, value: number, { min, max }: { min: number; max: number }): readonly Problem[] {
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [{ place, problem: `${value} is out of bounds`, remedy: `a whole number, ${min} to ${max}` }];
}

/** For the documentation: what is assumed, and what was read somewhere. */
export const spaceRows: readonly Row[] = [
  {
    name: 'popularity of cells',
    value: `Zipf, exponent ${defaultSpace.exponentPerMille / 1000}`,
    unit: '',
    basis: 'assumed',
    source:
      'the family is assumed; in battlegrounds of World of Warcraft 5 % of the territory held 30 % of the time, which is 0.65 over 1,000 cells',
  },
  {
    name: 'cells visited',
    value: defaultSpace.cells,
    unit: 'per world',
    basis: 'assumed',
    source: 'of 1,024, 2,000 blocks a side; in Second Life 30 % of regions were never visited in six days',
  },
  {
    name: 'portals to a favourite cell',
    value: defaultSpace.favouritesPerMille,
    unit: 'of 1000',
    basis: 'assumed',
    source: 'players circle several points of interest (La and Michiardi 2008); calibrated to 25 to 35 % revisits (Liang et al. 2008)',
  },
  {
    name: 'exponent during a rush',
    value: rushExponentPerMille / 1000,
    unit: '',
    basis: 'assumed',
    source: 'an event override for treasure keys',
  },
  {
    name: 'convergence on one cell',
    value: defaultConvergence.perMille / 10,
    unit: '% of players',
    basis: 'sourced',
    source: 'EVE Online, M2-XFE: 35 % of everyone online in three systems',
  },
  {
    name: 'convergence: all there within',
    value: defaultConvergence.withinMs / 60_000,
    unit: 'min',
    basis: 'assumed',
    source: 'no time of arrival has been published',
  },
  {
    name: 'patch day: cells whose rank is drawn anew',
    value: 'all',
    unit: '',
    basis: 'assumed',
    source:
      'densities in World of Warcraft are stable until the world changes, then shift dramatically (Zhuang et al. 2007); by how much is assumed',
  },
];
