import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type ChartData, chartDataOf } from './chart-data.ts';
import { escapeJson } from './escape.ts';
import type { Report } from './format.ts';
import { section } from './html-parts.ts';
import { html, type Markup, nothing, trusted } from './markup.ts';

/** The charts' part of the page: a place to draw into, and the columns to draw. */
export function chartsSection(report: Report): Markup {
  const data = chartDataOf(report);
  return section('Timeline', [
    html`<p class="muted">One cursor runs over all charts; drag to zoom, double click for the whole run.${data.shades.length > 0 ? legendOfShades : nothing}${coarseness(data, report)}</p>`,
    html`<div id="charts"></div>`,
    html`<noscript><p>The charts need JavaScript. The tables below hold the same run.</p></noscript>`,
    trusted(`<script type="application/json" id="chart-data">${escapeJson(data)}</script>`),
  ]);
}

const legendOfShades = html` <span class="legend"><span class="key fault"></span>fault applied</span> <span class="legend"><span class="key recovery"></span>put back, recovering</span>`;

/** Points that stand for more than a second say so. */
function coarseness({ fromSeconds }: ChartData, { seconds }: Report): Markup {
  if (fromSeconds.length * 2 > seconds.length) return nothing;
  return html` Each point joins about ${Math.round(seconds.length / fromSeconds.length)} slices; its percentiles are those of the worst one.`;
}

const library = dirname(createRequire(import.meta.url).resolve('uplot'));

/** The drawing library with its licence, which must travel with every copy. */
export function chartLibrary(): string {
  const licence = readFileSync(join(library, '../LICENSE'), 'utf8');
  return `/*!\n${licence.replaceAll('*/', '* /')}\n*/\n${readFileSync(join(library, 'uPlot.iife.min.js'), 'utf8')}`;
}

export function chartLibraryStyle(): string {
  return readFileSync(join(library, 'uPlot.min.css'), 'utf8');
}

/** This project's own browser code, as it stands. */
export function browserCode(): string {
  return ['charts-browser.js', 'page-browser.js'].map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
}
