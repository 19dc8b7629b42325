import { expect, test } from 'vitest';
import { lifeRows, personaRows } from './persona-rows.ts';
import { retryRows } from './retry-style.ts';
import { personaNames } from './table.ts';

test('every persona says what it lives by, each number with its unit and with where it comes from', () => {
  expect(personaRows.map(({ name }) => name)).toEqual(personaNames);
  for (const row of [...lifeRows, ...retryRows, ...personaRows.flatMap(({ rows }) => rows)]) {
    expect(['sourced', 'derived', 'assumed']).toContain(row.basis);
    expect(row.name.length).toBeGreaterThan(3);
    expect(String(row.value)).not.toBe('');
    expect(row.source.length).toBeGreaterThan(3);
  }
});

test('the rows follow the plan: way, share, law and feet', () => {
  const rows = personaRows.find(({ name }) => name === 'farmer')?.rows ?? [];
  expect(rows).toContainEqual({
    name: 'farming to farming, 94 % of times, feet: home within 48 blocks',
    value: 'Weibull, mean 640',
    unit: 'ms',
    basis: 'assumed',
    source: 'no think times of game back ends have been published',
  });
});
