import { expect, test } from 'vitest';
import { countWindow, isAsGoodAs, isRecovered, isWindowLongEnough } from './recovery.ts';

const before = { samples: 2000, p99Us: 8000, usefulShare: 0.999 };

test('a window as fast and as useful as before is good', () => {
  expect(isAsGoodAs(before, { samples: 200, p99Us: 8000, usefulShare: 0.999 })).toBe(true);
});

test('five milliseconds of slack count where a quarter of before is less', () => {
  expect(isAsGoodAs(before, { samples: 200, p99Us: 13_000, usefulShare: 1 })).toBe(true);
  expect(isAsGoodAs(before, { samples: 200, p99Us: 13_001, usefulShare: 1 })).toBe(false);
});

test('a quarter of before counts where five milliseconds are less', () => {
  const slow = { ...before, p99Us: 100_000 };
  expect(isAsGoodAs(slow, { samples: 200, p99Us: 125_000, usefulShare: 1 })).toBe(true);
  expect(isAsGoodAs(slow, { samples: 200, p99Us: 125_001, usefulShare: 1 })).toBe(false);
});

test('a share more than half a point below before is not recovered', () => {
  expect(isAsGoodAs(before, { samples: 200, p99Us: 1000, usefulShare: 0.9939 })).toBe(false);
});

test('no data is no recovery', () => {
  expect(isAsGoodAs(before, { samples: 0, p99Us: null, usefulShare: null })).toBe(false);
  expect(isAsGoodAs({ samples: 0, p99Us: null, usefulShare: null }, before)).toBe(false);
});

test('a window waits for 200 samples, but never longer than six seconds', () => {
  expect(isWindowLongEnough(1999, 5000)).toBe(false);
  expect(isWindowLongEnough(2000, 200)).toBe(true);
  expect(isWindowLongEnough(5999, 199)).toBe(false);
  expect(isWindowLongEnough(6000, 0)).toBe(true);
});

test('three good windows must come in a row', () => {
  const verdicts = [true, true, false, true, true].reduce(countWindow, { goodInARow: 0 });
  expect(isRecovered(verdicts)).toBe(false);
  expect(isRecovered(countWindow(verdicts, true))).toBe(true);
});
