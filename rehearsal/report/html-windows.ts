import { operations, outcomes } from '../../core/outcome.ts';
import type { OperationReport, Report, ReportWindow } from './format.ts';
import { type Column, number, quantileCells, quantileColumns, section, table, trouble } from './html-parts.ts';
import { html, type Markup } from './markup.ts';
import { perPlayer, requestsPerSecond, writeAt, writeCount, writeRate, writeShare, writeSpan } from './numbers.ts';
import { outcomeMeanings } from './outcome-words.ts';

/** What was counted in each window: actions by operation, then chains. */
export function windowsSection(report: Report): Markup {
  return section('Windows', [operationsTable(report), glossary, chainsTable(report)]);
}

/** For the reader who meets these words for the first time. */
const glossary = html`<details class="glossary"><summary>What the columns count</summary><dl>
${outcomes.map((outcome) => html`<div><dt>${outcome}</dt><dd>${outcomeMeanings[outcome]}</dd></div>`)}
</dl><p class="muted">sent = ok + empty + wrong + refused + unknown; planned = sent + unreachable + dropped + abandoned.</p></details>`;

const counted = ['planned', 'sent', ...outcomes] as const;
const harmless: readonly string[] = ['planned', 'sent', 'ok'] satisfies (typeof counted)[number][];

function operationsTable(report: Report): Markup {
  const columns: readonly Column[] = [
    { name: 'operation' },
    ...counted.map((name): Column => ({ name, number: true })),
    ...quantileColumns,
  ];
  const rows = report.windows.flatMap((window) => [
    windowHead(window, report, columns.length),
    ...operations.map((name) => operationRow(name, window.operations[name])),
  ]);
  return table(
    'Actions by window and operation. Latency counts from the moment when the player meant to act; a window holds what was meant to start in it',
    columns,
    rows,
  );
}

/** A rate never stands without the number of players behind it. */
function windowHead(window: ReportWindow, report: Report, columns: number): Markup {
  const perSecond = requestsPerSecond(window);
  const rate = `${writeRate(perSecond)} requests/s, ${writeRate(perPlayer(perSecond, report))} per player (${writeCount(report.crowd.players)} players)`;
  return html`<tr class="group"><th scope="rowgroup" colspan="${columns}"><b>${window.name}</b> ${span(window)} · ${rate}</th></tr>`;
}

function span({ fromMs, toMs }: ReportWindow): string {
  return `${writeAt(fromMs)} to ${writeAt(toMs)}, ${writeSpan(toMs - fromMs)} long`;
}

function operationRow(name: string, figures: OperationReport): Markup {
  const counts = counted.map((column) => {
    if (column === 'refused') return refusedCell(figures);
    return harmless.includes(column) ? number(writeCount(figures[column])) : trouble(figures[column]);
  });
  return html`<tr><th scope="row">${name}</th>${counts}${quantileCells(figures.latencyUs)}</tr>`;
}

/** By class: a 429 is advice, a 5xx is a failure, any other 4xx is our mistake. */
function refusedCell({ refused, refusals }: OperationReport): Markup {
  if (refused === 0) return trouble(0);
  const classes = Object.entries(refusals).filter(([, count]) => count > 0);
  const words = classes.length === 1 ? classes.map(([name]) => name) : classes.map(([name, count]) => `${writeCount(count)} × ${name}`);
  return html`<td class="number bad">${writeCount(refused)}<br><span class="detail">${words.join(', ')}</span></td>`;
}

function chainsTable(report: Report): Markup {
  const columns: readonly Column[] = [
    { name: 'window' },
    ...['planned', 'completed', 'useful', 'useful share', 'useful/s', 'per player/s'].map((name): Column => ({ name, number: true })),
    ...quantileColumns,
  ];
  return table(
    'Chains, treasure to spawns to biome map, each counted once; latency of useful chains',
    columns,
    report.windows.map((window) => chainRow(window, report)),
  );
}

function chainRow({ name, fromMs, toMs, chains }: ReportWindow, report: Report): Markup {
  const perSecond = toMs > fromMs ? (chains.useful * 1000) / (toMs - fromMs) : null;
  const cells = [
    writeCount(chains.planned),
    writeCount(chains.completed),
    writeCount(chains.useful),
    writeShare(chains.useful, chains.planned),
    writeRate(perSecond),
    writeRate(perPlayer(perSecond, report)),
  ];
  return html`<tr><th scope="row">${name}</th>${cells.map(number)}${quantileCells(chains.latencyUs)}</tr>`;
}
