import type { QuantilesUs } from './format.ts';
import { html, type Markup, nothing } from './markup.ts';
import { isFew, noFigure, writeCount, writeUs } from './numbers.ts';

/** The few shapes that every table of the page is made of. */

/** Rows beyond this stand in report.json only; it bounds the page's size. A scenario with 50 faults has 103 windows of 4 rows. */
const rowsMax = 450;
/** The same for lists, which stand in cells of tables. */
const linesMax = 12;
/** Characters of one text; error texts of servers may be long. */
const textMax = 600;

export type Column = { name: string; number?: true; wide?: true };

export function section(title: string, body: readonly Markup[]): Markup {
  return html`<section><h2>${title}</h2>
${body}
</section>`;
}

/** A table that scrolls sideways in a box of its own, so that the page never does; the box takes the keyboard's focus. */
export function table(caption: string, columns: readonly Column[], rows: readonly Markup[], atMost = rowsMax): Markup {
  const heads = columns.map((column) =>
    column.number ? html`<th scope="col" class="number">${column.name}</th>` : html`<th scope="col">${column.name}</th>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}${leftOut(rows.length, atMost)}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.slice(0, atMost)}
</tbody></table></div>`;
}

function leftOut(rows: number, atMost: number): string {
  return rows > atMost ? `. The first ${atMost} of ${writeCount(rows)}; report.json holds all` : '';
}

export function text(value: string): Markup {
  return html`<td>${cut(value)}</td>`;
}

/** For sentences: may take several lines. */
export function prose(value: string): Markup {
  return html`<td class="wide">${cut(value)}</td>`;
}

export function number(value: string): Markup {
  return html`<td class="number">${value}</td>`;
}

/** A count that should be zero: loud when it is not. */
export function trouble(count: number): Markup {
  if (count === 0) return html`<td class="number muted">0</td>`;
  return html`<td class="number bad">${writeCount(count)}</td>`;
}

/** p50, p95, p99, max and the samples behind them; too few samples are marked with a word. */
export function quantileCells({ p50, p95, p99, max, count }: QuantilesUs): Markup {
  const few = count > 0 && isFew({ p50, p95, p99, p999: null, max, count }) ? html` <span class="unsure">few</span>` : nothing;
  return html`${[p50, p95, p99, max].map((us) => number(writeUs(us)))}<td class="number">${writeCount(count)}${few}</td>`;
}

export const quantileColumns: readonly Column[] = ['p50', 'p95', 'p99', 'max', 'samples'].map((name) => ({ name, number: true }));

export function list(lines: readonly string[], atMost = linesMax): Markup {
  if (lines.length === 0) return nothing;
  const shown = lines.slice(0, atMost).map((line) => html`<li>${cut(line)}</li>`);
  return html`<ul>${shown}${lines.length > atMost ? html`<li>and ${lines.length - atMost} more in report.json</li>` : nothing}</ul>`;
}

export function muted(sentence: string): Markup {
  return html`<p class="muted">${sentence}</p>`;
}

/** Cut to a length that a page can bear. */
export function cut(value: string): string {
  return value.length > textMax ? `${value.slice(0, textMax)}…` : value === '' ? noFigure : value;
}
