import { expect, test } from 'vitest';
import { sampleReport } from './fixtures/sample-report.ts';
import { renderSummary } from './summary.ts';

const report = sampleReport({ careless: true });
const lines = renderSummary(report).split('\n');

test('the verdict comes first, what was not met before what was', () => {
  expect(lines[0]).toBe('## ✗ Launch day, careless about Redis: Broken: 2 of 10 expectations not met');
  const text = lines.join('\n');
  expect(text.lastIndexOf('✗ not met')).toBeLessThan(text.indexOf('✓ met'));
});

test('every row of a table has as many cells as its heading', () => {
  const pipes = (line: string) => line.match(/(?<!\\)\|/g)?.length;
  let heading: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('|')) continue;
    if (!lines[index - 1]?.startsWith('|')) heading = pipes(line);
    expect(pipes(line)).toBe(heading);
  }
  expect(heading).toBe(10);
});

test('it is short, and every text is markup of nobody', () => {
  const expectation = { text: 'a | b <img src=x> `c`', observed: 'x\n# heading', limit: '@team', met: false };
  const summary = renderSummary({ ...report, title: '<script>', expectations: Array.from({ length: 500 }, () => expectation) });
  expect(summary.split('\n').length).toBeLessThan(100);
  expect(summary).toContain('and 460 more in report.html');
  expect(summary).not.toMatch(/<script|<img|\n# heading|@team/);
});

test('what may still be broken stands right under the verdict', () => {
  const summary = renderSummary({ ...report, verdict: { ...report.verdict, cleanup: 'conflict' } });
  expect(summary.split('\n')[2]).toContain('Somebody else changed a target');
});
