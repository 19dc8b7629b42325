import type { Report, ReportFault, ReportWindow } from './format.ts';
import { cut, number, prose, table } from './html-parts.ts';
import { html, type Markup, nothing } from './markup.ts';
import { isFew, judgedWindows, noFigure, writeAt, writeCount, writeShare, writeSpan, writeUs } from './numbers.ts';
import { recoveryWords, troubleWords, whenApplied } from './words.ts';

/** More faults than this are told further below only: the story has to fit on the first screen. */
const storyRowsMax = 12;

/** The whole run in a few rows: calm, then one row a fault, then what stayed. Where nothing was broken, a row a window. */
export function storyTable(report: Report): Markup {
  const windows = judgedWindows(report);
  const calm = (name: string) => windows.filter((window) => window.name === name).map(calmRow);
  const rows =
    report.faults.length === 0 ? windows.map(calmRow) : [...calm('before'), ...report.faults.map(faultRow(report)), ...calm('after')];
  if (rows.length === 0) return nothing;
  const columns = [
    { name: 'what broke' },
    { name: 'useful chains', number: true } as const,
    { name: 'search p99', number: true } as const,
    { name: 'how long recovery took' },
    { name: 'other trouble' },
    { name: 'where' },
    { name: 'when' },
  ];
  return html`<div class="story">${table('What players felt', columns, rows, storyRowsMax)}</div>`;
}

function calmRow(window: ReportWindow): Markup {
  const name = window.name === 'before' || window.name === 'after' ? `nothing, ${window.name}` : window.name;
  const when = `from ${writeAt(window.fromMs)} for ${writeSpan(window.toMs - window.fromMs)}`;
  return html`<tr><th scope="row">${name}</th>${feltCells(window)}<td>${noFigure}</td>${troubleCell(window)}<td>${noFigure}</td><td>${when}</td></tr>`;
}

function faultRow({ windows, durationMs }: Report): (fault: ReportFault) => Markup {
  return (fault) => {
    const window = windows.find(({ name }) => name === `during:${fault.id}`);
    const unproven = fault.appliedAtMs === null || fault.bite.proven ? nothing : html` <span class="bad">✗ not proven</span>`;
    const name = html`<th scope="row">${cut(fault.id)} <span class="muted">${fault.variant}</span>${unproven}</th>`;
    const recovery = html`<td class="wide${fault.recoveredAfterMs === null ? ' unsure' : ''}">${recoveryWords(fault)}</td>`;
    const place = html`${prose(fault.target)}<td>${whenApplied(fault, durationMs)}</td>`;
    return html`<tr>${name}${feltCells(window)}${recovery}${troubleCell(window)}${place}</tr>`;
  };
}

function feltCells(window: ReportWindow | undefined): Markup {
  if (window === undefined) return html`${[noFigure, noFigure].map((each) => number(each))}`;
  const { chains, operations } = window;
  const { p99, count } = operations.search.latencyUs;
  const few = count > 0 && isFew(operations.search.latencyUs) ? ', few' : '';
  return html`<td class="number"><b>${writeShare(chains.useful, chains.planned)}</b> <span class="detail">of ${writeCount(chains.planned)}</span></td>
<td class="number"><b>${writeUs(p99)}</b> <span class="detail">of ${writeCount(count)}${few}</span></td>`;
}

function troubleCell(window: ReportWindow | undefined): Markup {
  return prose(window === undefined ? noFigure : troubleWords(window).join(', ') || 'none');
}
