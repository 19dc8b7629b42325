import { expect, test } from 'vitest';
import { unsteadiness } from './steady-state.ts';

const window = { samples: 200, p99Us: 6000, usefulShare: 1 };

test('three alike windows are a steady state', () => {
  expect(unsteadiness([window, window, window])).toEqual([]);
});

test('too few windows, silence, useless answers and a jumping p99 are not', () => {
  expect(unsteadiness([window, window])).toHaveLength(1);
  expect(unsteadiness([window, window, { samples: 0, p99Us: null, usefulShare: null }])).toEqual(['a window of 2 s without any answer']);
  expect(unsteadiness([window, window, { ...window, usefulShare: 0.9 }])).toEqual(['useful share fell to 90.0 %']);
  expect(unsteadiness([window, window, { ...window, p99Us: 60_000 }])).toHaveLength(1);
});
