import { describe, expect, test } from 'vitest';
import { wholeCrowd } from '../../core/arrivals.ts';
import { arrivalsOf } from './arrivals.ts';
import { type Crowd, createPlayer, stayMs } from './crowd.ts';
import { sessionPresets } from './session-presets.ts';

const minuteMs = 60_000;
const fps = sessionPresets.fps.sessions;
/** 60 arrivals a second. */
const busy: Crowd = { seed: 17, players: 6000, mix: { explorer: 1 }, joinMs: 4000, sessions: { law: 'exponential', meanMs: 100_000 } };

type Arrival = { atMs: number; journey: number };

describe('arrivals', () => {
  test('come in the order of their time, each journey once, first those who are there from the start', () => {
    const seen = arrivals(busy, 60_000);
    expect(seen.every(({ atMs }, index) => index === 0 || atMs >= (seen[index - 1] as Arrival).atMs)).toBe(true);
    expect(new Set(seen.map(({ journey }) => journey)).size).toBe(seen.length);
    const initial = seen.filter(({ journey }) => journey < 6000);
    expect(initial).toHaveLength(6000);
    expect(Math.max(...initial.map(({ atMs }) => atMs))).toBeLessThan(4000);
    const quarter = initial.filter(({ atMs }) => atMs < 1000).length;
    expect(Math.abs(quarter - 1500)).toBeLessThan(3);
  });

  test.each([2, 3, 7])('are the same, shared by %i generators that know nothing of each other', (of) => {
    const crowd: Crowd = {
      ...busy,
      players: 500,
      parties: { share: 0.5, withinMs: 3000 },
      callOuts: { everyMs: 20_000, players: 50, withinMs: 10_000 },
    };
    const shared = Array.from({ length: of }, (_, index) => arrivals(crowd, 60_000, { index, of }));
    for (const [index, part] of shared.entries()) expect(part.every(({ journey }) => journey % of === index)).toBe(true);
    expect(shared.flat().sort(byJourney)).toEqual([...arrivals(crowd, 60_000)].sort(byJourney));
  });

  test('are other ones for another seed, and know nothing of those of the seed before', () => {
    const counts = (seed: number) => perWindow(openArrivals({ ...busy, seed }, 600_000), 1000, 600_000);
    expect(Math.abs(correlation(counts(17), counts(18)))).toBeLessThan(4 / Math.sqrt(600));
    const one = counts(17);
    expect(Math.abs(correlation(one.slice(1), one.slice(0, -1)))).toBeLessThan(4 / Math.sqrt(600));
  });

  test('of a second follow from the seed and that second alone', () => {
    const inSecond = (crowd: Crowd) =>
      openArrivals(crowd, 50_000)
        .filter(({ atMs }) => Math.floor(atMs / 1000) === 40)
        .map(({ atMs }) => atMs);
    const flash: Crowd = { ...busy, shape: { shape: 'flash', atMs: 10_000, forMs: 5000, times: 50 } };
    expect(inSecond(flash)).toEqual(inSecond(busy));
  });

  test('are over where nobody leaves by the clock and everybody is there', () => {
    const { sessions: _none, ...endless } = busy;
    expect(arrivals(endless, Number.MAX_SAFE_INTEGER)).toHaveLength(6000);
    expect(arrivals({ ...endless, shape: { shape: 'ramp', from: 0.1, overMs: 30_000 } }, Number.MAX_SAFE_INTEGER).length).toBeGreaterThan(
      5500,
    );
  });

  test('are over where a curve ends with nobody, and where more are there for good than it ends with', () => {
    const fading = (share: number): NonNullable<Crowd['shape']> => ({
      shape: 'curve',
      points: [
        { ms: 0, share: 1 },
        { ms: 60_000, share },
      ],
    });
    expect(arrivals({ ...busy, shape: fading(0) }, Number.MAX_SAFE_INTEGER).length).toBeLessThan(12_000);
    const { sessions: _none, ...endless } = busy;
    const stayers: Crowd = { ...endless, mix: { explorer: 9, tourist: 1 }, shape: fading(0.2) };
    expect(arrivals(stayers, Number.MAX_SAFE_INTEGER).length).toBeLessThan(12_000);
  });
});

describe('constant arrivals', () => {
  const seen = openArrivals(busy, 30 * minuteMs);

  test('are a Poisson process: the counts of a second have the shares of the Poisson law, their dispersion is 1 at 1, 10 and 60 s', () => {
    const counts = perWindow(seen, 1000, 30 * minuteMs);
    expect(distanceToPoisson(counts, 60)).toBeLessThan(0.04);
    for (const windowMs of [1000, 10_000, 60_000]) {
      const windows = perWindow(seen, windowMs, 30 * minuteMs);
      // Four standard errors of the index of dispersion of independent counts.
      expect(Math.abs(dispersion(windows) - 1)).toBeLessThan(4 * Math.sqrt(2 / windows.length));
    }
  });

  test('have exponential gaps', () => {
    const calm = openArrivals({ ...busy, players: 200 }, 180 * minuteMs);
    const gaps = calm.slice(1).map(({ atMs }, index) => atMs - (calm[index] as Arrival).atMs);
    const share = (ms: number) => 1 - Math.exp(-ms / 500);
    for (const ms of [20, 50, 100, 250, 500, 1000, 2000, 4000]) {
      expect(Math.abs(gaps.filter((gap) => gap < ms).length / gaps.length - share(ms)), `${ms} ms`).toBeLessThan(0.01);
    }
  });

  test("keep Little's law: as many are there as arrive in the mean length of a session", () => {
    const perSecond = seen.length / (30 * 60);
    const meanStayS = mean(seen.map(({ journey }) => stayMs(busy, journey))) / 1000;
    const there = mean(concurrency(busy, 30 * minuteMs, minuteMs));
    expect(Math.abs(there / (perSecond * meanStayS) - 1)).toBeLessThan(0.02);
    expect(Math.abs(there / 6000 - 1)).toBeLessThan(0.02);
  });

  test.each([
    ['fps', fps],
    ['mmo', sessionPresets.mmo.sessions],
    ['lognormal', sessionPresets.lognormal.sessions],
    [
      'measured',
      {
        law: 'empirical',
        cdf: [
          { share: 0.6, ms: 5 * minuteMs },
          { share: 1, ms: 120 * minuteMs },
        ],
      },
    ],
  ] as const)('hold as many players over six hours as there were at the start, with sessions %s', (_name, sessions) => {
    const there = concurrency({ ...busy, sessions }, 360 * minuteMs, 15 * minuteMs);
    // Four standard deviations of a Poisson count of 6,000 are 5 %.
    for (const count of there) expect(Math.abs(count / 6000 - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean(there) / 6000 - 1)).toBeLessThan(0.03);
  });
});

describe('other shapes', () => {
  const crowd: Crowd = { ...busy, players: 15_000, sessions: fps, joinMs: 0 };

  test('a launch fills from nobody to everybody in five and a half minutes, and holds', () => {
    const there = concurrency({ ...crowd, shape: { shape: 'launch', overMs: 330_000 } }, 30 * minuteMs, 30_000);
    expect(there[0]).toBeLessThan(1600);
    const share = (ms: number) => (there[ms / 30_000 - 1] as number) / 15_000;
    expect(share(180_000)).toBeCloseTo(180 / 330, 1);
    for (let ms = 330_000; ms <= 30 * minuteMs; ms += 30_000) expect(Math.abs(share(ms) - 1)).toBeLessThan(0.035);
  });

  test('a ramp starts where it says and ends with everybody', () => {
    const there = concurrency({ ...crowd, shape: { shape: 'ramp', from: 0.2, overMs: 600_000 } }, 20 * minuteMs, minuteMs);
    expect((there[0] as number) / 15_000).toBeCloseTo(0.28, 1);
    expect((there[4] as number) / 15_000).toBeCloseTo(0.6, 1);
    expect((there[15] as number) / 15_000).toBeCloseTo(1, 1);
  });

  test('a flash brings fifty times as many, for as long as it lasts', () => {
    const seen = openArrivals({ ...busy, shape: { shape: 'flash', atMs: 120_000, forMs: 20_000, times: 50 } }, 200_000);
    const perSecond = (fromMs: number, toMs: number) =>
      (seen.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length * 1000) / (toMs - fromMs);
    expect(Math.abs(perSecond(120_000, 140_000) / 3000 - 1)).toBeLessThan(0.03);
    expect(Math.abs(perSecond(0, 120_000) / 60 - 1)).toBeLessThan(0.06);
    expect(Math.abs(perSecond(140_000, 200_000) / 60 - 1)).toBeLessThan(0.07);
  });

  test('a day has its trough and its peak', () => {
    const day: Crowd = { ...busy, players: 4000, shape: { shape: 'diurnal', dayMs: 60 * minuteMs, trough: 0.4, startsAt: 0 } };
    const there = concurrency(day, 120 * minuteMs, 5 * minuteMs).map((count) => count / 4000);
    expect(there[5]).toBeCloseTo(1, 1);
    expect(there[11]).toBeCloseTo(0.4, 1);
    expect(there[17]).toBeCloseTo(1, 1);
    expect(there[23]).toBeCloseTo(0.4, 1);
  });

  test('a curve that somebody counted is followed', () => {
    const points = [
      { ms: 0, share: 0.5 },
      { ms: 10 * minuteMs, share: 1 },
      { ms: 20 * minuteMs, share: 0.3 },
    ];
    const there = concurrency({ ...busy, shape: { shape: 'curve', points } }, 30 * minuteMs, minuteMs).map((count) => count / 6000);
    for (const [minute, share] of [
      [5, 0.75],
      [10, 1],
      [15, 0.65],
      [20, 0.3],
      [29, 0.3],
    ] as const)
      expect(Math.abs((there[minute - 1] as number) - share)).toBeLessThan(0.04);
  });
});

describe('compound arrivals', () => {
  const together: Crowd = { ...busy, parties: { share: 0.5, withinMs: 4000 } };

  test('parties: the members of one come within seconds, and there are as many as the share says', () => {
    const seen = arrivals(together, 10 * minuteMs).filter(({ journey }) => journey >= 6000);
    const atMs = new Map(seen.map((arrival) => [arrival.journey, arrival.atMs]));
    const parties = seen.map(({ journey }) => createPlayer(together, journey).party);
    expect(parties.filter((party) => party !== null).length / parties.length).toBeCloseTo(0.5, 1);
    for (const [index, party] of parties.entries()) {
      const { journey, atMs: ownMs } = seen[index] as Arrival;
      if (party === null) continue;
      expect(party.id + party.rank).toBe(journey);
      expect(party.rank).toBeLessThan(party.size);
      const firstMs = atMs.get(party.id) as number;
      expect(ownMs - firstMs >= 0 && ownMs - firstMs <= 4000).toBe(true);
    }
  });

  test('parties: as many players arrive as without them, in bursts', () => {
    const [alone, grouped] = [openArrivals(busy, 30 * minuteMs), openArrivals(together, 30 * minuteMs)];
    expect(Math.abs(grouped.length / alone.length - 1)).toBeLessThan(0.02);
    expect(dispersion(perWindow(grouped, 10_000, 30 * minuteMs))).toBeGreaterThan(1.3);
  });

  test('call-outs bring players beside the others, most of them at once', () => {
    const called: Crowd = { ...busy, callOuts: { everyMs: 120_000, players: 600, withinMs: 30_000 } };
    const [alone, more] = [openArrivals(busy, 120 * minuteMs), openArrivals(called, 120 * minuteMs)];
    expect((more.length - alone.length) / (60 * 600)).toBeGreaterThan(0.6);
    expect((more.length - alone.length) / (60 * 600)).toBeLessThan(1.4);
    expect(dispersion(perWindow(more, 10_000, 120 * minuteMs))).toBeGreaterThan(5);
  });
});

test('whoever looks no further than some moment finds the same players up to it, and nobody after it', () => {
  const found = (untilMs: number) => {
    const seen: Arrival[] = [];
    for (const each = arrivalsOf(busy, wholeCrowd, untilMs); each.atMs < Number.POSITIVE_INFINITY; each.next()) {
      seen.push({ atMs: each.atMs, journey: each.journey });
    }
    return seen;
  };
  const early = found(3 * minuteMs);
  expect(early.length).toBeGreaterThan(busy.players);
  expect(early).toEqual(arrivals(busy, 3 * minuteMs));
  expect(found(0).length).toBe(busy.players);
});

function arrivals(crowd: Crowd, untilMs: number, shard = wholeCrowd): readonly Arrival[] {
  const seen: Arrival[] = [];
  for (const each = arrivalsOf(crowd, shard); each.atMs < untilMs; each.next()) seen.push({ atMs: each.atMs, journey: each.journey });
  return seen;
}

function openArrivals(crowd: Crowd, untilMs: number): readonly Arrival[] {
  return arrivals(crowd, untilMs).filter(({ journey }) => journey >= crowd.players);
}

/** How many are there at the end of each `everyMs`, when nobody quits. */
function concurrency(crowd: Crowd, untilMs: number, everyMs: number): readonly number[] {
  const change = new Float64Array(Math.ceil(untilMs / everyMs) + 1);
  for (const { atMs, journey } of arrivals(crowd, untilMs)) {
    const [from, to] = [Math.floor(atMs / everyMs), Math.floor((atMs + stayMs(crowd, journey)) / everyMs)];
    change[from] = (change[from] as number) + 1;
    if (to < change.length) change[to] = (change[to] as number) - 1;
  }
  let there = 0;
  return Array.from(change.slice(0, -1), (each) => (there += each));
}

function perWindow(seen: readonly Arrival[], windowMs: number, untilMs: number): readonly number[] {
  const counts = new Array<number>(Math.floor(untilMs / windowMs)).fill(0);
  for (const { atMs } of seen)
    if (atMs < counts.length * windowMs) counts[Math.floor(atMs / windowMs)] = (counts[Math.floor(atMs / windowMs)] as number) + 1;
  return counts;
}

function dispersion(counts: readonly number[]): number {
  const average = mean(counts);
  return counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / (counts.length - 1) / average;
}

function distanceToPoisson(counts: readonly number[], expected: number): number {
  let term = Math.exp(-expected);
  let share = 0;
  let most = 0;
  for (let count = 0; count < 3 * expected; count++) {
    share += term;
    term *= expected / (count + 1);
    most = Math.max(most, Math.abs(counts.filter((each) => each <= count).length / counts.length - share));
  }
  return most;
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((x, index) => (x - meanX) * ((ys[index] as number) - meanY)));
  return covariance / Math.sqrt(mean(xs.map((x) => (x - meanX) ** 2)) * mean(ys.map((y) => (y - meanY) ** 2)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function byJourney(one: Arrival, other: Arrival): number {
  return one.journey - other.journey;
}
