import { expect, test } from 'vitest';
import { machineCpuSeconds } from './machine-load.ts';

test('work is all but idle and waiting for disks; what the host has stolen is among it', () => {
  const stat = 'cpu  1000 100 500 90000 4000 10 40 50 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n';
  expect(machineCpuSeconds(stat)).toBe(17);
});
