import { expect, test } from 'vitest';
import { steadyWindows, unsteadiness } from './steady-state.ts';

const asked = { count: 3, lengthMs: 2000 };
const window = { samples: 200, p99Us: 6000, usefulShare: 1 };

test('three alike windows are a steady state', () => {
  expect(unsteadiness([window, window, window], asked)).toEqual([]);
});

test('too few windows, silence, useless answers and a jumping p99 are not', () => {
  expect(unsteadiness([window, window], asked)).toHaveLength(1);
  expect(unsteadiness([window, window, { samples: 0, p99Us: null, usefulShare: null }], asked)).toEqual([
    'a window of 2 s without any answer',
  ]);
  expect(unsteadiness([window, window, { ...window, usefulShare: 0.9 }], asked)).toEqual(['useful share fell to 90.0 %']);
  expect(unsteadiness([window, window, { ...window, p99Us: 60_000 }], asked)).toHaveLength(1);
});

test('a scenario that leaves little room before its fault gets shorter windows, then fewer, and never none', () => {
  expect(steadyWindows(11_000)).toEqual({ count: 3, lengthMs: 2000 });
  expect(steadyWindows(6000)).toEqual({ count: 3, lengthMs: 2000 });
  expect(steadyWindows(5900)).toEqual({ count: 3, lengthMs: 1000 });
  expect(steadyWindows(2000)).toEqual({ count: 2, lengthMs: 1000 });
  expect(steadyWindows(0)).toEqual({ count: 1, lengthMs: 1000 });
});
