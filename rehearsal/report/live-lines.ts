import { styleText } from 'node:util';
import { writeMs } from '../../core/duration.ts';
import { type Outcome, outcomes } from '../../core/outcome.ts';
import { plainText } from './escape.ts';
import { noFigure, writeCount, writeRate, writeUs } from './numbers.ts';
import { shorten } from './text-table.ts';

/** What is going on right now. Rates, percentiles and outcomes are those of the last few seconds. */
export type LiveState = {
  phase: string;
  elapsedMs: number;
  totalMs: number;
  players: number;
  requestsPerSecond: number;
  p99Us: number | null;
  p99Count: number;
  outcomes: { readonly [outcome in Outcome]: number };
  podsReady: number;
  podsTotal: number;
  /** Ids of faults that are not put back yet. */
  openFaults: readonly string[];
  /** For the bar: what has happened so far. */
  faults: readonly { id: string; appliedAtMs: number | null; undoneAtMs: number | null }[];
};

const barMax = 72;

/** The block that is repainted on a terminal; no line is longer than `columns`. */
export function liveBlock(state: LiveState, columns: number, color: boolean): readonly string[] {
  const bold = (text: string) => (color ? styleText('bold', text, { validateStream: false }) : text);
  const loud = (text: string) => (color ? styleText('red', text, { validateStream: false }) : text);
  const bad = outcomes.some((outcome) => outcome !== 'ok' && state.outcomes[outcome] > 0);
  const fit = (text: string) => shorten(plainText(text), columns);
  return [
    bold(fit(`${state.phase}  ${clockOf(state)}`)),
    timelineBar(state, Math.min(columns, barMax)),
    fit(crowdOf(state)),
    (bad ? loud : plain)(fit(outcomesOf(state))),
    (state.openFaults.length > 0 ? bold : plain)(fit(podsOf(state))),
  ];
}

/** The same in one line, for logs. */
export function liveLine(state: LiveState): string {
  return plainText(`${writeMs(state.elapsedMs)}  ${state.phase}: ${crowdOf(state)}; ${outcomesOf(state)}; ${podsOf(state)}`);
}

function clockOf({ elapsedMs, totalMs }: LiveState): string {
  const leftMs = Math.max(0, totalMs - elapsedMs);
  return `${writeMs(elapsedMs)} of about ${writeMs(totalMs)}, ${writeMs(leftMs)} left`;
}

/** A rate never stands without the number of players behind it, a percentile never without its samples. */
function crowdOf({ players, requestsPerSecond, p99Us, p99Count }: LiveState): string {
  const each = players > 0 ? writeRate(requestsPerSecond / players) : noFigure;
  return `${writeCount(players)} players, ${writeRate(requestsPerSecond)} requests/s (${each} per player), search p99 ${writeUs(p99Us)} (${writeCount(p99Count)})`;
}

/** Empty chests are always told, the other troubles where there are any. */
function outcomesOf(state: LiveState): string {
  const others = outcomes.filter((outcome) => outcome !== 'ok' && outcome !== 'empty' && state.outcomes[outcome] > 0);
  const words = others.map((outcome) => `${outcome} ${writeCount(state.outcomes[outcome])}`);
  return [`ok ${writeCount(state.outcomes.ok)}`, `empty chests ${writeCount(state.outcomes.empty)}`, ...words].join(', ');
}

function podsOf({ podsReady, podsTotal, openFaults }: LiveState): string {
  const open = openFaults.length > 0 ? `, open faults: ${openFaults.join(', ')}` : '';
  return `pods up ${podsReady} of ${podsTotal}${open}`;
}

/** `━━━▓▓▓━━━╸──────`: played, faults in it, still to come. */
export function timelineBar({ elapsedMs, totalMs, faults }: LiveState, columns: number): string {
  const cellMs = Math.max(1, totalMs) / columns;
  const bar = Array.from({ length: columns }, (_unused, cell) => {
    const fromMs = cell * cellMs;
    if (fromMs >= elapsedMs) return '─';
    const inFault = faults.some(
      (fault) => fault.appliedAtMs !== null && fault.appliedAtMs < fromMs + cellMs && (fault.undoneAtMs ?? elapsedMs) > fromMs,
    );
    return inFault ? '▓' : '━';
  });
  return bar.join('');
}

function plain(text: string): string {
  return text;
}
