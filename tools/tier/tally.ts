/** How many checks held and how many did not: the last line of every tier. */
export type Tally = { passed: number; failed: number };

/** What this room reads of vitest's JSON report. */
export type TestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
};

/** `selected`: only some tests were asked for, then the others are left out on purpose. */
export type TestRun = { report: TestReport | null; exitCode: number; selected: boolean };

/**
 * Counts a run of tests. What a reader of "0 failed" would not expect counts as failed: a file that could not be loaded,
 * a test that was skipped, a runner that ended badly or left no report.
 */
export function tallyOfTests({ report, exitCode, selected }: TestRun): Tally {
  if (report === null) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const skipped = selected ? 0 : report.numPendingTests;
  const failed = report.numFailedTests + broken + skipped;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

export function tallyOfGate(held: boolean): Tally {
  return held ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((total, tally) => ({ passed: total.passed + tally.passed, failed: total.failed + tally.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** Alone on the last line of every tier; `.ci/run` reads it. */
export function writeTally({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
