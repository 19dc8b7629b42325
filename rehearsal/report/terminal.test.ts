import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sampleReport } from './fixtures/sample-report.ts';
import type { Report } from './format.ts';
import { renderVerdict } from './terminal.ts';

const report = sampleReport({ careless: true });
const reportPath = 'runs/latest/report.html';

/** Paths and commands must survive being copied, so they are never broken. */
function isToBeCopied(line: string): boolean {
  return line.startsWith('Report  ') || line.startsWith('Replay  ');
}

describe.each([60, 80, 120])('at %i columns', (columns) => {
  const text = renderVerdict(report, { color: false, columns, reportPath });

  test('no line is longer', () => {
    const longest = Math.max(
      ...text
        .split('\n')
        .filter((line) => !isToBeCopied(line))
        .map((line) => [...line].length),
    );
    expect(longest).toBeLessThanOrEqual(columns);
  });

  test('every window is named with its p99 and the count behind it', () => {
    for (const { name, operations } of report.windows) {
      const line = text.split('\n').find((each) => each.startsWith(`${name} `));
      expect(line).toContain(operations.search.latencyUs.count.toLocaleString('en'));
    }
  });
});

test('rates stand beside rates per player from 80 columns on, and leave together', () => {
  const at = (columns: number) => renderVerdict(report, { color: false, columns, reportPath });
  expect(at(80)).toMatch(/req\/s\s+\/player/);
  expect(at(60)).not.toMatch(/req\/s|\/player/);
});

test('without colour there is not one escape, with colour the same words', () => {
  const bare = renderVerdict(report, { color: false, columns: 100, reportPath });
  const painted = renderVerdict(report, { color: true, columns: 100, reportPath });
  expect(bare).not.toContain('\u001b');
  expect(painted).toContain('\u001b[31m');
  expect(stripVTControlCharacters(painted)).toBe(bare);
});

test('where nothing was broken on purpose, it says what was worst', () => {
  const text = (faults: Report['faults']) => renderVerdict({ ...report, faults }, { color: false, columns: 400, reportPath });
  const worst = report.findings[0]?.text ?? 'no finding';
  expect(text([])).toContain(worst);
  expect(text(report.faults)).not.toContain(worst);
});

test('it says what broke, what players felt, how long recovery took, where the report is and how to replay', () => {
  const text = renderVerdict(report, { color: false, columns: 400, reportPath });
  expect(text).toContain('✗ Broken: 2 of 10 expectations not met');
  expect(text).toContain('redis-auth (rotate) on default user of 127.0.0.1:41217: from 45.0 s for 10.0 s, proven to have bitten');
  expect(text).toMatch(
    /during:redis-auth: [\d.]+ % of [\d,]+ chains useful \(before: 100 %\), search p99 \S+ s \([\d,]+ searches, before \S+ ms\)/,
  );
  expect(text).toContain('pod-kill: 6.0 s after it was put back');
  expect(text).toContain('redis-auth: not recovered before the next fault or the end');
  expect(text).toContain(`Report  ${reportPath}`);
  expect(text).toContain(`Replay  ${report.reproduce}`);
});

test('what may still be broken is said before the verdict', () => {
  const left: Report = { ...sampleReport(), verdict: { ...report.verdict, status: 'held', cleanup: 'failed' } };
  const text = renderVerdict(left, { color: false, columns: 80, reportPath: null });
  expect(text.indexOf('may still be broken')).toBeGreaterThan(0);
  expect(text.indexOf('may still be broken')).toBeLessThan(text.indexOf('Held'));
});

test('a title cannot drive the terminal', () => {
  const text = renderVerdict({ ...report, title: '\u001b]0;owned\u0007Launch' }, { color: false, columns: 80, reportPath });
  expect(text).not.toMatch(/[\u001b\u0007]/);
});
