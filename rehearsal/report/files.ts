import { z } from 'zod';
import { writeWhole } from '../../machine/whole-file.ts';
import { type Report, reportSchema } from './format.ts';
import { renderHtml } from './html.ts';
import { renderJunit } from './junit.ts';
import { pathsIn, type ReportPaths } from './paths.ts';
import { renderSummary } from './summary.ts';

/** A report that does not fit its own format: a fault of the tool, and nothing was written. */
export class MalformedReport extends Error {
  override name = 'MalformedReport';
}

/**
 * Writes report.json, report.html, junit.xml and summary.md into an existing folder, each whole or not at all; report.json first,
 * since the others can be made from it again. Throws MalformedReport before anything is written.
 */
export async function writeReportFiles(folder: string, report: Report): Promise<ReportPaths> {
  const checked = checkedReport(report);
  const paths = pathsIn(folder);
  await writeWhole(paths.json, `${JSON.stringify(checked, null, 2)}\n`);
  await writeWhole(paths.html, renderHtml(checked));
  await writeWhole(paths.junit, renderJunit(checked));
  await writeWhole(paths.summary, renderSummary(checked));
  return paths;
}

function checkedReport(report: Report): Report {
  const checked = reportSchema.safeParse(report);
  if (checked.success) return checked.data;
  throw new MalformedReport(`this report does not fit launchstorm.report/1:\n${z.prettifyError(checked.error)}`);
}
