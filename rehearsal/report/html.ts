import type { Report } from './format.ts';
import { chartsSection } from './html-charts.ts';
import { pageHeader } from './html-header.ts';
import { selfContainedPage } from './html-page.ts';
import { expectationsSection, faultsSection, findingsSection, podsSection, trustSection } from './html-tables.ts';
import { windowsSection } from './html-windows.ts';
import { html } from './markup.ts';
import { headline } from './words.ts';

/** The page as one self-contained file, at most 5 MB: rows, texts and points are bounded where they are written. No network. */
export function renderHtml(report: Report): string {
  return selfContainedPage(
    `${report.title}: ${headline(report)}`,
    html`${pageHeader(report)}
<main>
${[
  chartsSection(report),
  expectationsSection(report),
  windowsSection(report),
  faultsSection(report),
  findingsSection(report),
  podsSection(report),
  trustSection(report),
]}
</main>`,
  );
}
