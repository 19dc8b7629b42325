import { describe, expect, test } from 'vitest';
import type { Crowd } from '../../simulator/crowd/crowd.ts';
import { sessionPresets } from '../../simulator/crowd/session-presets.ts';
import type { CrowdDrawing } from '../report/drawing-format.ts';
import { drawingPage } from '../report/drawing-page.ts';
import { drawingText } from '../report/drawing-text.ts';
import { describeDrawing } from './describe-drawing.ts';
import { dispersion } from './dispersion.ts';
import { drawCrowd } from './draw-crowd.ts';
import { zipfExponent } from './popularity.ts';

const crowd: Crowd = {
  seed: 17,
  players: 200,
  mix: { explorer: 6, farmer: 2, wanderer: 2 },
  joinMs: 2000,
  sessions: sessionPresets.fps.sessions,
};
const names = { title: 'Market day', scenario: 'market-day.ts', sessionLaw: 'fps', arrivalShape: 'constant' };

function draw(changes: Partial<Crowd> = {}, forMs = 120_000): CrowdDrawing {
  const drawn = { crowd: { ...crowd, ...changes }, forMs, joinedMs: 2000 };
  return describeDrawing(
    names,
    drawn,
    drawCrowd(drawn, () => {}),
  );
}

describe('a drawn crowd', () => {
  const drawing = draw();

  test('has as many players as were asked for, and about one request per player and second', () => {
    expect(Math.abs(drawing.concurrency.mean / 200 - 1)).toBeLessThan(0.1);
    expect(drawing.requests.perPlayerPerSecond).toBeGreaterThan(0.6);
    expect(drawing.requests.perPlayerPerSecond).toBeLessThan(1.6);
    expect(drawing.requests.search + drawing.requests.spawns + drawing.requests.biome).toBe(drawing.requests.count);
  });

  test('counts everybody who comes and goes', () => {
    const { players, arrivals, departures } = drawing.seconds;
    const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
    expect(players).toHaveLength(120);
    expect(players.at(-1)).toBe(total(arrivals) - total(departures));
    expect(drawing.churn.initialLeftShare).toBeGreaterThan(0.9);
  });

  test('is the same for the same seed, and another for another', () => {
    expect(draw()).toEqual(drawing);
    expect(draw({ seed: 18 }).requests.count).not.toBe(drawing.requests.count);
  });

  test('knows when half of the players of the sourced law are other ones: S(t) of Weibull 0.5 adds up to half of its mean after 56 minutes', () => {
    expect((drawing.churn.halfExchangedMs as number) / 60_000).toBeCloseTo(56.3, 0);
    expect(draw({ sessions: { law: 'endless' } }, 5000).churn).toMatchObject({ halfExchangedMs: null, sessionMsMean: null, left: 0 });
  });

  test('says of a short run that it shows little churn, and of windows that there are too few of them', () => {
    const told = (each: CrowdDrawing) => drawingText(each, { color: false, columns: 90 }).replace(/\s+/g, ' ');
    const text = told(drawing);
    expect(text).toContain('too short to show much churn');
    expect(text).toContain('too short to tell at 60 s');
    expect(told(draw({ sessions: { law: 'exponential', meanMs: 20_000 } }))).toContain('It shows churn');
  });

  test('is told in lines that fit, with colour only where it is wanted', () => {
    for (const columns of [40, 80, 200]) {
      for (const line of drawingText(drawing, { color: false, columns }).split('\n'))
        expect([...line].length).toBeLessThanOrEqual(Math.max(columns, 34));
    }
    expect(drawingText(drawing, { color: false, columns: 80 })).not.toContain('\u001b');
    expect(drawingText(drawing, { color: true, columns: 80 })).toContain('\u001b');
  });

  test('is a page that fetches nothing and escapes what it is told', () => {
    const page = drawingPage({ ...drawing, title: '<script>alert(1)</script>' });
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(/<(?:link|img|iframe)\b|src=|url\(/);
    expect(page).toContain('id="chart-data"');
  });
});

test('bursts show: parties and call-outs make arrivals less even', () => {
  const sessions = { law: 'exponential', meanMs: 20_000 } as const;
  const index = (changes: Partial<Crowd>) => draw({ sessions, ...changes }, 300_000).burstiness[1]?.arrivals as number;
  expect(Math.abs(index({}) - 1)).toBeLessThan(0.9);
  expect(index({ callOuts: { everyMs: 60_000, players: 300, withinMs: 10_000 } })).toBeGreaterThan(5);
});

test('the index of dispersion is 0 for a clock, large for a burst, and unknown where there is too little to count', () => {
  expect(dispersion(new Int32Array(60).fill(5), 0, 1)).toBe(0);
  expect(
    dispersion(
      Int32Array.from({ length: 80 }, (_, second) => (second % 40 === 0 ? 40 : 0)),
      0,
      1,
    ),
  ).toBeGreaterThan(30);
  expect(dispersion(new Int32Array(60).fill(5), 0, 10)).toBe(null);
  expect(dispersion(new Int32Array(600), 0, 10)).toBe(null);
});

test('the Zipf exponent that made some counts is found again', () => {
  for (const exponent of [0.5, 0.7, 1, 1.4]) {
    const counts = Int32Array.from({ length: 150 }, (_, rank) => Math.round(100_000 * (rank + 1) ** -exponent));
    expect(zipfExponent(counts)).toBeCloseTo(exponent, 2);
  }
});
