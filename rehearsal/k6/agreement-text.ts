import { type Operation, operations, outcomes } from '../../core/outcome.ts';
import { noFigure, writeCount, writeRate, writeUs } from '../report/numbers.ts';
import { type TextColumn, textTable, wrap } from '../report/text-table.ts';
import type { Compared, ComparedOperation } from './agreement.ts';
import type { Comparison } from './perform-comparison.ts';

type Row = { what: string; own: string; k6: string; apart: string; atMost: string; mark: string };

const titles: { readonly [status in Comparison['status']]: string } = {
  agreed: 'Agreed',
  apart: 'Apart',
  'no-data': 'Could not compare',
};

/** Figure by figure, ours and k6's; then what it comes to. Ends with a line break. */
export function agreementText(comparison: Comparison, columnsMax: number): string {
  const { status, because, notes, players, seed, fromMs, toMs, engines } = comparison;
  const rows = operations.flatMap((operation) => rowsOf(operation, comparison.operations[operation]));
  const column = (head: string, name: keyof Row, align: TextColumn['align'] = 'right'): TextColumn => ({
    head,
    align,
    spare: 0,
    cells: rows.map((row) => row[name]),
  });
  const table = textTable(
    [
      column('', 'what', 'left'),
      column('own', 'own'),
      column('k6', 'k6'),
      column('apart', 'apart'),
      column('at most', 'atMost'),
      column('', 'mark'),
    ],
    columnsMax,
  );
  return `${[
    '',
    comparison.title,
    `${players} players, seed ${seed}, from ${fromMs / 1000} s to ${toMs / 1000} s of play, ${comparison.target}`,
    '',
    ...table,
    '',
    ...wrap(`${titles[status]}: ${because.join('; ')}`, columnsMax, '  '),
    ...notes.flatMap((note) => wrap(`- ${note}`, columnsMax, '  ')),
    '',
    `Reports  ${engines.own.folder}`,
    `         ${engines.k6.folder}`,
    `Replay   ${comparison.reproduce}`,
  ].join('\n')}\n`;
}

/** Outcomes that nobody had are judged, and not shown. */
function rowsOf(operation: Operation, compared: ComparedOperation): readonly Row[] {
  const { sent, ratePerSecond, shares, latencyUsP50, latencyUsP95, serviceUsP95 } = compared;
  const seen = outcomes.filter((outcome) => outcome === 'ok' || shares[outcome].own || shares[outcome].k6);
  const told = (what: string, own: string, k6: string): Row => ({ what, own, k6, apart: '', atMost: '', mark: '' });
  return [
    told(`${operation} sent`, writeCount(sent.own), writeCount(sent.k6)),
    row(`${operation} rate`, ratePerSecond, { figure: (rate) => `${writeRate(rate)}/s`, apart: percent }),
    ...seen.map((outcome) => row(`${operation} ${outcome}`, shares[outcome], { figure: percent, apart: points })),
    row(`${operation} p50`, latencyUsP50, { figure: writeUs, apart: percent }),
    row(`${operation} p95`, latencyUsP95, { figure: writeUs, apart: percent }),
    told(`${operation} p95 from the send`, writeUs(serviceUsP95.own), writeUs(serviceUsP95.k6)),
  ];
}

type Writing = { figure: (value: number) => string; apart: (value: number) => string };

function row(what: string, { own, k6, apart, atMost, agreed }: Compared, writing: Writing): Row {
  const written = (value: number | null, write: (value: number) => string) => (value === null ? noFigure : write(value));
  return {
    what,
    own: written(own, writing.figure),
    k6: written(k6, writing.figure),
    apart: written(apart, writing.apart),
    atMost: writing.apart(atMost),
    mark: agreed === null ? '?' : agreed ? '✓' : '✗',
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function points(share: number): string {
  return `${(share * 100).toFixed(2)} pt`;
}
