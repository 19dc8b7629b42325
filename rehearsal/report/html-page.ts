import { createHash } from 'node:crypto';
import { browserCode, chartLibrary, chartLibraryStyle } from './html-charts.ts';
import { pageStyle } from './html-style.ts';
import { html, type Markup, trusted } from './markup.ts';

/** A page as one self-contained file: charts and their code are in it, and nothing is fetched. */
export function selfContainedPage(title: string, body: Markup): string {
  const scripts = [chartLibrary(), browserCode()].map(embeddable);
  const style = `${chartLibraryStyle()}\n${pageStyle}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(scripts, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="launchstorm">
<title>${title}</title>
${trusted(`<style>${style}</style>`)}
</head>
<body>
${body}
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
