import { textTable } from '../../rehearsal/report/text-table.ts';
import type { Timed } from '../subjects/subject.ts';
import { median, range, short } from './figures.ts';

/** Both trees side by side. A change that is smaller than the spread between rounds of one tree is none. */
export function comparison(now: readonly Timed[], before: readonly Timed[]): readonly string[] {
  const names = [...new Set(now.map(({ name }) => name))];
  const rows = names.map((name) => {
    const here = ratesOf(now, name);
    const there = ratesOf(before, name);
    return { name, now: short(median(here)), before: short(median(there)), change: changeOf(here, there), each: nanosecondsOf(here) };
  });
  const column = (head: string, cells: readonly string[], align: 'left' | 'right' = 'right') => ({ head, align, spare: 0, cells });
  return textTable(
    [
      column('', names, 'left'),
      column(
        'per second',
        rows.map((row) => row.now),
      ),
      column(
        'each',
        rows.map((row) => row.each),
      ),
      column(
        'before',
        rows.map((row) => row.before),
      ),
      column(
        'change',
        rows.map((row) => row.change),
      ),
    ],
    120,
  );
}

function ratesOf(all: readonly Timed[], name: string): readonly number[] {
  return all.filter((timed) => timed.name === name).map((timed) => timed.perSecond);
}

function nanosecondsOf(rates: readonly number[]): string {
  const rate = median(rates);
  if (rate === null) return '–';
  const ns = 1e9 / rate;
  return ns < 1000 ? `${short(ns)} ns` : `${short(ns / 1000)} us`;
}

function changeOf(now: readonly number[], before: readonly number[]): string {
  const [here, there] = [range(now), range(before)];
  if (here === null || there === null) return '–';
  if (here.from <= there.to && there.from <= here.to) return 'none';
  const change = ((median(now) as number) / (median(before) as number) - 1) * 100;
  return `${change > 0 ? '+' : ''}${change.toFixed(0)} %`;
}
