import { createHash } from 'node:crypto';
import type { Report } from './format.ts';
import { browserCode, chartLibrary, chartLibraryStyle, chartsSection } from './html-charts.ts';
import { pageHeader } from './html-header.ts';
import { pageStyle } from './html-style.ts';
import { expectationsSection, faultsSection, findingsSection, podsSection, trustSection } from './html-tables.ts';
import { windowsSection } from './html-windows.ts';
import { html, trusted } from './markup.ts';
import { headline } from './words.ts';

/** The page as one self-contained file, at most 5 MB: rows, texts and points are bounded where they are written. No network. */
export function renderHtml(report: Report): string {
  const scripts = [chartLibrary(), browserCode()].map(embeddable);
  const style = `${chartLibraryStyle()}\n${pageStyle}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(scripts, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="launchstorm">
<title>${report.title}: ${headline(report)}</title>
${trusted(`<style>${style}</style>`)}
</head>
<body>
${pageHeader(report)}
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
</main>
${scripts.map((script) => trusted(`<script>${script}</script>`))}
</body>
</html>
`;
  return page.markup;
}

/**
 * Only the scripts of this very page may run, by their hashes, and nothing may be fetched: were a text of the report ever to
 * slip through as markup, the browser would still not run it.
 */
function securityPolicy(scripts: readonly string[], style: string): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hash(source: string): string {
  return `'sha256-${createHash('sha256').update(source, 'utf8').digest('base64')}'`;
}

/** A script element ends at the first `</script`, wherever it stands. */
function embeddable(source: string): string {
  return source.replaceAll('</script', '<\\/script');
}
