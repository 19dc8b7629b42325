import type { RunRecord } from '../record.ts';
import type { Report } from '../report/format.ts';
import { reportOf } from '../report-of-run.ts';
import type { K6Verdict } from './k6-verdict.ts';

type Told = { notJudged: readonly string[]; tells: boolean };

/**
 * The report of a run that k6 judged by its thresholds. Figures are there where k6 could tell what its players felt (`tells`); what k6
 * alone knows of the whole run is in its summary.
 */
export function reportOfK6(record: RunRecord, verdict: K6Verdict, { notJudged, tells }: Told): Report {
  // That k6 came to its end is how such a run ends.
  const { windows, seconds, ...report } = reportOf({ ...record, interruption: null });
  const { status, exitCode, because, judged } = verdict;
  const silent = 'this k6 has no launchstorm output: what players felt is in k6/summary.json only, over the whole run';
  return {
    ...report,
    // Nothing was heard of requests: that is not none.
    crowd: tells ? report.crowd : { ...report.crowd, requestsPerPlayerPerSecond: null },
    windows: tells ? windows : [],
    seconds: tells ? seconds : [],
    expectations: [...judged],
    notes: [
      ...(tells ? report.notes : [silent]),
      ...notJudged.map((each) => `not judged: ${each}`),
      'k6/ holds the script and k6’s own summary',
    ],
    verdict: { status, cleanup: report.verdict.cleanup, because: [...because] },
    exitCode,
  };
}
