import { drawingCharts } from './drawing-charts.ts';
import type { CrowdDrawing } from './drawing-format.ts';
import { titleOf } from './drawing-text.ts';
import {
  arrivalsSentence,
  burstinessMeaning,
  churnSentence,
  concurrencySentence,
  operationsSentence,
  percent,
  popularitySentence,
  requestsSentence,
} from './drawing-words.ts';
import { escapeJson } from './escape.ts';
import { selfContainedPage } from './html-page.ts';
import { cut, list, muted, number, section, table, text } from './html-parts.ts';
import { html, type Markup, trusted } from './markup.ts';
import { noFigure } from './numbers.ts';

const sentences = [concurrencySentence, arrivalsSentence, requestsSentence, operationsSentence, churnSentence];

/** A drawn crowd as one self-contained page. */
export function drawingPage(drawing: CrowdDrawing): string {
  return selfContainedPage(
    `${drawing.title}: the crowd`,
    html`<header>
<h1>${cut(drawing.title)}: the crowd</h1>
${muted(titleOf(drawing))}
${list(sentences.map((sentence) => sentence(drawing)))}
</header>
<main>
${[curves(drawing), popularity(drawing), burstiness(drawing)]}
</main>`,
  );
}

function curves(drawing: CrowdDrawing): Markup {
  return section('Curves', [
    html`<p class="muted">One cursor runs over all charts; drag to zoom, double click for the whole run.</p>`,
    html`<div id="charts"></div>`,
    html`<noscript><p>The charts need JavaScript; ${'`--json`'} prints the same figures.</p></noscript>`,
    trusted(`<script type="application/json" id="chart-data">${escapeJson(drawingCharts(drawing))}</script>`),
  ]);
}

function popularity(drawing: CrowdDrawing): Markup {
  const { hottest } = drawing.popularity;
  const rows = hottest.map(
    (share, rank) =>
      html`<tr>${number(String(rank + 1))}${number(percent(share))}<td><meter min="0" max="${hottest[0] ?? 1}" value="${share}" aria-label="share of cell ${rank + 1}"></meter></td></tr>`,
  );
  return section('Popularity', [
    html`<p>${popularitySentence(drawing)}.</p>`,
    table('The most searched cells', [{ name: 'rank', number: true }, { name: 'share of searches', number: true }, { name: '' }], rows),
  ]);
}

function burstiness({ burstiness: windows }: CrowdDrawing): Markup {
  const written = (index: number | null) => number(index === null ? noFigure : index.toFixed(2));
  const rows = windows.map(
    ({ windowSeconds, requests, arrivals }) => html`<tr>${text(`${windowSeconds} s`)}${written(requests)}${written(arrivals)}</tr>`,
  );
  return section('Burstiness', [
    muted(`${burstinessMeaning}; a dash where the run is too short to tell.`),
    table(
      'Index of dispersion by window',
      [{ name: 'window' }, { name: 'requests', number: true }, { name: 'arrivals', number: true }],
      rows,
    ),
  ]);
}
