import { expect, test } from 'vitest';
import { sum, type TestReport, tallyOfGate, tallyOfTests, writeTally } from './tally.ts';

const green: TestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  testResults: [{ status: 'passed', assertionResults: [1, 2, 3] }],
};

test('a green run counts what passed', () => {
  expect(tallyOfTests({ report: green, exitCode: 0, selected: false })).toEqual({ passed: 3, failed: 0 });
});

test('a file that could not be loaded counts as failed although none of its tests ran', () => {
  const report = { ...green, testResults: [...green.testResults, { status: 'failed', assertionResults: [] }] };
  expect(tallyOfTests({ report, exitCode: 1, selected: false })).toEqual({ passed: 3, failed: 1 });
});

test('a skipped test counts as failed, unless tests were selected by name', () => {
  const report = { ...green, numPendingTests: 2 };
  expect(tallyOfTests({ report, exitCode: 0, selected: false })).toEqual({ passed: 3, failed: 2 });
  expect(tallyOfTests({ report, exitCode: 0, selected: true })).toEqual({ passed: 3, failed: 0 });
});

test('a runner that ends badly or leaves no report counts as failed', () => {
  expect(tallyOfTests({ report: green, exitCode: 1, selected: false })).toEqual({ passed: 3, failed: 1 });
  expect(tallyOfTests({ report: null, exitCode: 0, selected: false })).toEqual({ passed: 0, failed: 1 });
});

test('gates and tests add up to one line', () => {
  expect(writeTally(sum([tallyOfGate(true), tallyOfGate(false), { passed: 3, failed: 0 }]))).toBe('4 passed, 1 failed');
});
