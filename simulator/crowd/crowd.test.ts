import { describe, expect, test } from 'vitest';
import { decisions } from '../players/replay.ts';
import { healthy } from '../players/script.ts';
import { castOf } from './cast.ts';
import { type Crowd, checkCrowd, createPlayer, personaOf, stayMs } from './crowd.ts';

const crowd: Crowd = { seed: 17, players: 400, mix: { explorer: 6, farmer: 2, wanderer: 2 }, joinMs: 4000 };
const staying: Crowd = { ...crowd, sessions: { law: 'weibull', shape: '0.5', meanMs: 2_400_000 } };
const journeys = Array.from({ length: 20_000 }, (_, journey) => journey);

describe('journey n', () => {
  test('is computed from seed and n alone', () => {
    createPlayer(crowd, 99);
    const { random, ...player } = createPlayer(crowd, 7);
    const { random: again, ...same } = createPlayer({ ...crowd, players: 30, joinMs: 1 }, 7);
    expect(same).toEqual(player);
    expect(again).toEqual(random);
  });

  test('is somebody else for another seed', () => {
    const elsewhere = journeys.slice(0, 100).filter((journey) => {
      const [one, other] = [createPlayer(crowd, journey), createPlayer({ ...crowd, seed: 18 }, journey)];
      return one.x !== other.x || one.z !== other.z;
    });
    expect(elsewhere.length).toBeGreaterThan(95);
  });

  test('has ids that fit into a search body as they are', () => {
    const { playerId, sessionId } = createPlayer(crowd, 4_000_000_000);
    for (const id of [playerId, sessionId]) expect(id).toMatch(/^[a-z0-9-]{1,64}$/);
  });
});

describe('the mix', () => {
  test('holds within the chi-square bound of one in a thousand', () => {
    const chiSquare = [
      ['explorer', 0.6],
      ['farmer', 0.2],
      ['wanderer', 0.2],
    ].reduce((sum, [name, share]) => {
      const expected = (share as number) * journeys.length;
      const observed = journeys.filter((journey) => personaOf(crowd, journey).name === name).length;
      return sum + (observed - expected) ** 2 / expected;
    }, 0);
    expect(chiSquare).toBeLessThan(13.82);
  });

  test('does not depend on the order in which it was written down', () => {
    const turned = { ...crowd, mix: { wanderer: 2, farmer: 2, explorer: 6 } };
    for (const journey of journeys.slice(0, 200)) expect(personaOf(turned, journey)).toBe(personaOf(crowd, journey));
  });

  test('leaves out who has no weight', () => {
    const names = new Set(journeys.slice(0, 2000).map((journey) => personaOf({ ...crowd, mix: { farmer: 3, wanderer: 0 } }, journey).name));
    expect([...names]).toEqual(['farmer']);
  });

  test('is checked for all its problems at once', () => {
    expect(checkCrowd(crowd)).toEqual([]);
    const places = checkCrowd({ ...crowd, mix: { exploder: 1, toString: 2, farmer: -1, wanderer: 0.5 } }).map(({ place }) => place);
    expect(places.sort()).toEqual(['crowd.mix.exploder', 'crowd.mix.farmer', 'crowd.mix.toString', 'crowd.mix.wanderer']);
    expect(checkCrowd({ ...crowd, mix: {} })).toMatchObject([{ place: 'crowd.mix', problem: 'nobody plays' }]);
    expect(checkCrowd({ ...crowd, mix: { farmer: 0 } })).toHaveLength(1);
  });
});

test.each([
  ['first draw of its life', (journey: number) => createPlayer(crowd, journey).random.a],
  ['start', (journey: number) => createPlayer(crowd, journey).x],
  ['stay', (journey: number) => Math.log(1 + stayMs(staying, journey))],
  ['persona', (journey: number) => (personaOf(crowd, journey).name === 'explorer' ? 1 : 0)],
])('neighbours are strangers: the %s of n says nothing about that of n + 1', (_name, of) => {
  const values = journeys.map(of);
  // 4 standard errors of the correlation of independent values.
  expect(Math.abs(correlation(values.slice(0, -1), values.slice(1)))).toBeLessThan(4 / Math.sqrt(journeys.length));
});

test.each([
  ['stay', (seed: number, journey: number) => Math.log(1 + stayMs({ ...staying, seed }, journey))],
  ['start', (seed: number, journey: number) => createPlayer({ ...crowd, seed }, journey).x],
  ['first draw of its life', (seed: number, journey: number) => createPlayer({ ...crowd, seed }, journey).random.a],
])('seeds are strangers: the %s under seed s says nothing about that under s + 1', (_name, of) => {
  const correlated = correlation(
    journeys.map((journey) => of(17, journey)),
    journeys.map((journey) => of(18, journey)),
  );
  expect(Math.abs(correlated)).toBeLessThan(4 / Math.sqrt(journeys.length));
});

test('400 players search 100 to 160 times a second once they have joined, without a burst, densely enough to see a recovery', () => {
  const searches = searchesPerTwoSeconds(30_000);
  expect(Math.min(...searches)).toBeGreaterThan(200);
  expect(Math.max(...searches)).toBeLessThan(340);
  const perSecond = searches.reduce((sum, count) => sum + count, 0) / searches.length / 2;
  expect(perSecond).toBeGreaterThan(110);
  expect(perSecond).toBeLessThan(155);
});

/** From 4 s on, in a world where everything is of use. */
function searchesPerTwoSeconds(untilMs: number): readonly number[] {
  const atMs: number[] = [];
  for (const decision of decisions(castOf(crowd), healthy)) {
    if (decision.atMs >= untilMs) break;
    if (decision.player.ask.kind === 'search') atMs.push(decision.atMs);
  }
  return Array.from(
    { length: (untilMs - 4000) / 2000 },
    (_, window) => atMs.filter((at) => Math.floor((at - 4000) / 2000) === window).length,
  );
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((x, index) => (x - meanX) * ((ys[index] as number) - meanY)));
  return covariance / Math.sqrt(mean(xs.map((x) => (x - meanX) ** 2)) * mean(ys.map((y) => (y - meanY) ** 2)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test('a crowd holds, and its mix too, although some personas leave within minutes: others of their kind come more often', () => {
  const passing: Crowd = { seed: 17, players: 600, mix: { tourist: 1, explorer: 1 }, joinMs: 0 };
  const there = new Map<number, string>();
  const counts: { tourists: number; all: number }[] = [];
  for (const { atMs, player, leaves } of decisions(castOf(passing), healthy)) {
    while (atMs >= 60_000 * (counts.length + 1)) {
      counts.push({ tourists: [...there.values()].filter((name) => name === 'tourist').length, all: there.size });
    }
    if (counts.length === 6) break;
    if (leaves) there.delete(player.journey);
    else there.set(player.journey, player.persona.name);
  }
  for (const { tourists, all } of counts) {
    expect(Math.abs(all / 600 - 1)).toBeLessThan(0.12);
    expect(Math.abs(tourists / 300 - 1)).toBeLessThan(0.24);
  }
});

test('who is only passing is made up for where a crowd grows, too', () => {
  const growing: Crowd = {
    seed: 17,
    players: 300,
    mix: { tourist: 1, explorer: 1 },
    joinMs: 0,
    shape: { shape: 'ramp', from: 0.2, overMs: 120_000 },
  };
  const there = new Set<number>();
  const counts: number[] = [];
  for (const { atMs, player, leaves } of decisions(castOf(growing), healthy)) {
    while (atMs >= 60_000 * (counts.length + 1)) counts.push(there.size);
    if (counts.length >= 4) break;
    if (leaves) there.delete(player.journey);
    else there.add(player.journey);
  }
  const aimed = [0.6, 1, 1, 1].map((share) => share * 300);
  for (const [minute, count] of counts.entries()) {
    const wanted = aimed[minute] as number;
    // Three standard deviations of a Poisson count, and a twentieth for a tourist's stay, which is not quite an exponential one.
    expect(Math.abs(count - wanted), `minute ${minute + 1}`).toBeLessThan(3 * Math.sqrt(wanted) + 0.05 * wanted);
  }
});
