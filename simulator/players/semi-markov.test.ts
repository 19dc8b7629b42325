import { describe, expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { createPlayer } from '../crowd/crowd.ts';
import { courseOf, type LifePlan, type Node, visitShares } from './life-plan.ts';
import type { Ask, Player } from './player.ts';
import { live, nextStep } from './semi-markov.ts';
import { personas } from './table.ts';

const rest = { go: 'rest' } as const;

/** Four states that can be told apart by the size of the map that is looked at, and holding times that differ by way. */
const plan: LifePlan = {
  enter: { to: 'a', weight: 1, hold: { law: 'fixed', ms: 7 }, feet: rest },
  states: {
    a: {
      act: { does: 'map', sizes: [8] },
      ways: [
        { to: 'b', weight: 70, hold: { law: 'fixed', ms: 100 }, feet: rest },
        { to: 'c', weight: 30, hold: { law: 'fixed', ms: 200 }, feet: rest },
      ],
    },
    b: {
      act: { does: 'map', sizes: [9] },
      ways: [
        { to: 'a', weight: 5, hold: { law: 'fixed', ms: 300 }, feet: rest },
        { to: 'b', weight: 3, hold: { law: 'fixed', ms: 400 }, feet: rest },
        { to: 'd', weight: 2, hold: { law: 'fixed', ms: 500 }, feet: rest },
      ],
    },
    c: { act: { does: 'map', sizes: [10] }, ways: [{ to: 'a', weight: 1, hold: { law: 'fixed', ms: 600 }, feet: rest }] },
    d: {
      act: { does: 'map', sizes: [11] },
      ways: [
        { to: 'a', weight: 1, hold: { law: 'fixed', ms: 700 }, feet: rest },
        { to: 'c', weight: 1, hold: { law: 'fixed', ms: 800 }, feet: rest },
      ],
    },
  },
};
const course = courseOf(plan);

describe('a life by plan', () => {
  const { visits, holds } = lived(50_000);

  test('takes the ways as often as their weights say: visit-weighted total variation within twice the noise', () => {
    const counts = course.states.map(() => course.states.map(() => 0));
    for (let index = 1; index < visits.length; index++) {
      const row = counts[visits[index - 1] as number] as number[];
      row[visits[index] as number] = (row[visits[index] as number] as number) + 1;
    }
    expectRows(course.states, counts);
  });

  test('stays on each way as long as the law of that very way says', () => {
    for (let index = 1; index < visits.length; index++) {
      const from = course.states[visits[index - 1] as number] as Node;
      const step = from.steps.find(({ to }) => to === course.states[visits[index] as number]);
      if (step?.hold.law !== 'fixed' || step.hold.ms !== holds[index - 1])
        expect(step?.hold).toEqual({ law: 'fixed', ms: holds[index - 1] });
    }
  });

  test('visits the states in the shares that its equilibrium start reckons with', () => {
    visitShares(course).forEach((share, state) => {
      expect(visits.filter((visited) => visited === state).length / visits.length).toBeCloseTo(share, 2);
    });
  });

  test('begins with its entrance when it is fresh', () => {
    const player = { ...someone(3), fresh: true };
    const life = live(player, course);
    life.next();
    expect(player.ask).toMatchObject({ kind: 'pause', gapMs: 7 });
    life.next();
    expect(player.ask).toMatchObject({ kind: 'biome', size: 8, gapMs: 0 });
  });

  test('is met on each way as often as life is spent there, and at any point of it', () => {
    const shares = visitShares(course);
    const spent = course.states.map(({ steps, weightSum }, state) =>
      steps.map(({ weight, hold }) => ((shares[state] as number) * weight * (hold.law === 'fixed' ? hold.ms : 0)) / weightSum),
    );
    const total = spent.flat().reduce((sum, each) => sum + each, 0);
    // Only the way from `d` to `c` is 800 ms long: its share of those who are met with more than 700 ms left is known.
    const left = Array.from({ length: 40_000 }, (_, journey) => firstGapMs(someone(journey)));
    const longest = ((spent[3] as number[])[1] as number) / total;
    expect(left.filter((ms) => ms >= 700).length / left.length).toBeCloseTo(longest / 8, 2);
    expect(Math.max(...left)).toBeLessThan(800);
  });
});

test.each(Object.values(personas).filter((persona) => persona.plan !== undefined))(
  '$name takes the ways of its plan as often as their weights say',
  ({ plan: own }) => {
    const { enter, states } = courseOf(own as LifePlan);
    const player = { random: random(17, 5) } as Player;
    const counts = states.map(() => states.map(() => 0));
    let at = enter.to;
    for (let visit = 0; visit < 50_000; visit++) {
      const { to } = at.steps.length === 0 ? enter : nextStep(player, at);
      const row = counts[states.indexOf(at)] as number[];
      row[states.indexOf(to)] = (row[states.indexOf(to)] as number) + 1;
      at = to;
    }
    expectRows(
      states.filter(({ steps }) => steps.length > 0),
      counts.filter((_, state) => (states[state] as Node).steps.length > 0),
      states,
    );
  },
);

test('a way to nowhere is an error of the plan', () => {
  expect(() => courseOf({ ...plan, enter: { ...plan.enter, to: 'e' } })).toThrow("'e'");
});

/** Visit-weighted total variation against the declared rows, and its noise: 1/2 sum of sqrt(2 p (1 - p) / (pi n)). */
function expectRows(rows: readonly Node[], counts: readonly (readonly number[])[], columns = rows): void {
  let apart = 0;
  let noise = 0;
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  rows.forEach(({ steps, weightSum }, row) => {
    const visits = (counts[row] as readonly number[]).reduce((sum, count) => sum + count, 0);
    columns.forEach((column, index) => {
      const p = steps.filter(({ to }) => to === column).reduce((sum, { weight }) => sum + weight, 0) / weightSum;
      const q = ((counts[row] as readonly number[])[index] as number) / visits;
      apart += (visits / all / 2) * Math.abs(p - q);
      noise += (visits / all / 2) * Math.sqrt((2 * p * (1 - p)) / (Math.PI * visits));
    });
  });
  expect(apart).toBeLessThanOrEqual(2 * noise);
}

/** One long life: the states visited, and the time between. */
function lived(visitsMax: number): { visits: readonly number[]; holds: readonly number[] } {
  const player = { ...someone(7), fresh: true };
  const visits: number[] = [];
  const holds: number[] = [];
  for (const ask of live(player, course)) {
    if (ask.kind === 'biome') visits.push(ask.size - 8);
    else if (visits.length > 0) holds.push(ask.gapMs);
    player.answer.outcome = 'ok';
    if (visits.length === visitsMax) break;
  }
  return { visits, holds };
}

function firstGapMs(player: Player): number {
  return (live(player, course).next().value as Ask).gapMs;
}

function someone(journey: number): Player {
  return createPlayer({ seed: 17, players: 1_000_000, mix: { explorer: 1 }, joinMs: 0 }, journey);
}
