import { describe, expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { type Crowd, createPlayer } from '../crowd/crowd.ts';
import { type Fate, playMany, sends } from './fixtures/many.ts';
import { searchTreasures } from './move.ts';
import { tryAgain } from './retry.ts';
import { checkRetryMix, defaultRetryMix, pickRetryStyle, type RetryName, retryNames } from './retry-style.ts';

const crowd: Crowd = { seed: 17, players: 15_000, mix: { explorer: 6, farmer: 2, wanderer: 2 }, joinMs: 0 };
const outage = { from: 20, to: 30 };
const seconds = 60;

/** For ten seconds nobody gets a connection: every question is an attempt to connect. */
const disconnected: Fate = (_player, atMs) =>
  atMs >= 1000 * outage.from && atMs < 1000 * outage.to ? { outcome: 'unreachable', afterMs: 1 } : { outcome: 'ok', afterMs: 4 };

describe('15,000 players who are all thrown out for ten seconds', () => {
  const storm = stormOf(crowd);

  test('try to connect a hundred times as often as on a quiet day', () => {
    const quiet = mean(storm.relaunches.all, 5, outage.from);
    const stormy = mean(storm.attempts.all, outage.from, outage.to) + mean(storm.relaunches.all, outage.from, outage.to);
    expect(quiet).toBeLessThan(250);
    expect(stormy / quiet).toBeGreaterThan(60);
  });

  test('start their game again at once where they are impatient, and all of those are back soon after', () => {
    const of = storm.relaunches.impatient as number[];
    expect(mean(of, outage.from + 1, outage.to)).toBeGreaterThan(10 * mean(of, 5, outage.from - 1));
    expect(mean(of, outage.to + 5, outage.to + 15)).toBeLessThan(2 * mean(of, 5, outage.from - 1));
  });

  test('come back with a burst within the first second where they are scripts with a fixed interval', () => {
    const of = storm.attempts.fixed as number[];
    expect(of[outage.to]).toBeGreaterThan(1.5 * mean(of, outage.to + 5, outage.to + 15));
    expect(of[outage.to + 3]).toBeLessThan(1.3 * mean(of, outage.to + 5, outage.to + 15));
  });

  test('give up in part: a crowd that lost its quitters asks less until others have taken their places', () => {
    expect(storm.attempts.quitter?.[outage.from - 1]).toBeGreaterThan(4 * (storm.attempts.quitter?.[outage.to - 1] as number));
    expect(mean(storm.attempts.all, outage.to + 5, outage.to + 15)).toBeLessThan(mean(storm.attempts.all, 5, outage.from - 1));
  });
});

describe('ten thousand who fail at the same moment, and go on failing', () => {
  test('are there again at once and after 0.3 s, all together, where their client does not spread its first two tries', () => {
    const triesAtMs = triesOf('synchronised');
    expect(triesAtMs.filter((atMs) => atMs === 0)).toHaveLength(10_000);
    expect(triesAtMs.filter((atMs) => atMs === 300)).toHaveLength(10_000);
    expect(busiestMs(triesAtMs.filter((atMs) => atMs > 300))).toBeLessThan(40);
  });

  test('are spread over the whole wait with full jitter', () => {
    const triesAtMs = triesOf('backoff');
    expect(busiestMs(triesAtMs)).toBeLessThan(200);
    expect(Math.max(...triesAtMs)).toBeLessThanOrEqual(450);
  });

  test('knock once a second where they are scripts, for thirty seconds, and then leave it', () => {
    expect(new Set(triesOf('fixed'))).toEqual(new Set(Array.from({ length: 30 }, (_, second) => 1000 * (second + 1))));
  });

  test('try once by hand where they are impatient, and not at all where they give up', () => {
    expect(triesOf('impatient')).toHaveLength(10_000);
    expect(triesOf('quitter')).toHaveLength(0);
  });
});

test('styles are drawn by their weights, whatever the order: 60, 25, 10 and 5 of 100', () => {
  const drawn = Array.from({ length: 20_000 }, (_, journey) => createPlayer(crowd, journey).retryStyle.name);
  const chiSquare = retryNames
    .filter((name) => (defaultRetryMix[name] ?? 0) > 0)
    .reduce((sum, name) => {
      const expected = ((defaultRetryMix[name] as number) / 100) * drawn.length;
      return sum + (drawn.filter((each) => each === name).length - expected) ** 2 / expected;
    }, 0);
  // The 99.9 % point over 3 degrees of freedom.
  expect(chiSquare).toBeLessThan(16.27);
});

test('a crowd may retry in its own way, and a persona in its own before that', () => {
  const own: Crowd = { ...crowd, mix: { explorer: 1, bot: 1 }, retries: { synchronised: 1 } };
  const styles = Array.from({ length: 100 }, (_, journey) => createPlayer(own, journey));
  for (const { persona, retryStyle } of styles) expect(retryStyle.name).toBe(persona.name === 'bot' ? 'fixed' : 'synchronised');
});

test('a mix of styles is checked for all its problems at once', () => {
  expect(checkRetryMix(defaultRetryMix)).toEqual([]);
  const places = checkRetryMix({ backof: 1, fixed: -1, quitter: 0.5 }).map(({ place }) => place);
  expect(places).toEqual(['crowd.retries.backof', 'crowd.retries.fixed', 'crowd.retries.quitter', 'crowd.retries'].slice(0, places.length));
  expect(checkRetryMix({})).toMatchObject([{ place: 'crowd.retries' }]);
});

type Counts = { all: number[]; [style: string]: number[] };

function stormOf(stormy: Crowd): { attempts: Counts; relaunches: Counts } {
  const attempts: Counts = { all: zeros() };
  const relaunches: Counts = { all: zeros() };
  playMany(
    stormy,
    1000 * seconds,
    (player, atMs) => {
      const counts = player.ask.kind === 'relaunch' ? relaunches : attempts;
      if (counts === attempts && !sends(player)) return;
      const { name } = player.retryStyle;
      counts[name] ??= zeros();
      for (const list of [counts.all, counts[name] as number[]])
        list[Math.floor(atMs / 1000)] = (list[Math.floor(atMs / 1000)] as number) + 1;
    },
    disconnected,
  );
  return { attempts, relaunches };
}

/** When an explorer of that style asks again, ms after its question failed; of ten thousand, none of whom ever gets an answer. */
function triesOf(name: RetryName): readonly number[] {
  const tries: number[] = [];
  for (let journey = 0; journey < 10_000; journey++) {
    const player = createPlayer({ ...crowd, mix: { explorer: 1 } }, journey);
    player.retryStyle = pickRetryStyle(random(1), { [name]: 1 });
    searchTreasures(player, { radius: 128, rarityMin: '', limit: 8 }, 0);
    player.answer.outcome = 'unreachable';
    let atMs = 0;
    for (const ask of tryAgain(player)) {
      atMs += ask.gapMs;
      tries.push(atMs);
    }
  }
  return tries;
}

function busiestMs(atMs: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const at of atMs) counts.set(at, (counts.get(at) ?? 0) + 1);
  return Math.max(...counts.values());
}

function zeros(): number[] {
  return new Array<number>(seconds).fill(0);
}

function mean(counts: readonly number[], from: number, to: number): number {
  return counts.slice(from, to).reduce((sum, count) => sum + count, 0) / (to - from);
}
