import type { Report } from './report/format.ts';
import type { LiveStream } from './report/live.ts';
import { pathsIn } from './report/paths.ts';
import { renderVerdict } from './report/terminal.ts';

/** How the run talks to whoever started it. */
export type Voice = {
  people: LiveStream;
  /** report.json on stdout, nothing else there. */
  json: boolean;
  quiet: boolean;
  color: boolean;
  tty: boolean;
  columns: number;
};

export function tell(report: Report, folder: string, { people, json, color, columns }: Voice): void {
  people.write(renderVerdict(report, { color, columns, reportPath: pathsIn(folder).html }));
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

export const silent = { update() {}, line() {}, end() {} };
