import { expect, test } from 'vitest';
import { readStat, usageOf } from './usage.ts';

test('CPU time is read past a name with spaces and parentheses in it', () => {
  const stat = '4711 (a (very) odd) S 1 4711 4700 0 -1 4194560 100 0 0 0 250 50 7 3 20 0 1 0 12345 1000 200';
  expect(readStat(stat, 'Name:\ta\nVmHWM:\t   2048 kB\nVmRSS:\t   1024 kB\n')).toEqual({
    session: 4700,
    cpuTicks: 310,
    rssBytes: 1_048_576,
    rssBytesMax: 2_097_152,
  });
});

test('a session that nobody leads takes nothing', () => {
  expect(usageOf([-1])).toEqual({ cpuSeconds: 0, rssBytes: 0, rssBytesMax: 0, processes: 0 });
});
