import { join } from 'node:path';

export type ReportPaths = { json: string; html: string; junit: string; summary: string };

/** The files that a report becomes, in the run's own folder. Apart from what writes them: many only ask whether they are there. */
export function pathsIn(folder: string): ReportPaths {
  return {
    json: join(folder, 'report.json'),
    html: join(folder, 'report.html'),
    junit: join(folder, 'junit.xml'),
    summary: join(folder, 'summary.md'),
  };
}
