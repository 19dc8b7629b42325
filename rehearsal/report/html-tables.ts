import type { Report, ReportFault } from './format.ts';
import { cut, list, muted, number, prose, section, table, text, trouble } from './html-parts.ts';
import { html, type Markup } from './markup.ts';
import { noFigure, writeAt, writeBytes, writeCount, writeShare, writeSpan, writeUs } from './numbers.ts';
import { orNone } from './words.ts';

/** What was promised and what was seen. */
export function expectationsSection({ expectations }: Report): Markup {
  if (expectations.length === 0) return section('Expectations', [muted('None were stated, so nothing was judged.')]);
  const columns = [{ name: 'result' }, { name: 'expectation' }, { name: 'observed' }, { name: 'promised' }];
  return section('Expectations', [table('What was promised and what was seen', columns, expectations.map(expectationRow))]);
}

function expectationRow({ text: promise, observed, limit, met }: Report['expectations'][number]): Markup {
  return html`<tr><td class="status">${metWord(met)}</td>${prose(promise)}${text(orNone(observed))}${text(limit)}</tr>`;
}

function metWord(met: boolean | null): Markup {
  if (met === null) return html`<span class="unsure">? no data</span>`;
  return met ? html`<span class="good">✓ met</span>` : html`<span class="bad">✗ not met</span>`;
}

/** What was broken, how that was proven from another side, and when it was over. */
export function faultsSection({ faults }: Report): Markup {
  if (faults.length === 0) return section('Faults', [muted('Nothing was broken on purpose.')]);
  const columns = [
    { name: 'fault' },
    { name: 'target' },
    { name: 'armed', number: true } as const,
    { name: 'applied', number: true } as const,
    { name: 'undone', number: true } as const,
    { name: 'recovered after', number: true } as const,
    { name: 'bite' },
  ];
  return section('Faults', [table('What was broken on purpose, times since play began', columns, faults.map(faultRow))]);
}

function faultRow(fault: ReportFault): Markup {
  const times = [writeAt(fault.armedAtMs), writeAt(fault.appliedAtMs), writeAt(fault.undoneAtMs), writeSpan(fault.recoveredAfterMs)];
  const name = html`<th scope="row">${fault.id}<br><span class="muted">${fault.kind}, ${fault.variant}</span></th>`;
  return html`<tr>${name}${prose(fault.target)}${times.map(number)}<td class="wide">${biteWord(fault)}${list(fault.bite.evidence)}</td></tr>`;
}

function biteWord({ appliedAtMs, bite }: ReportFault): Markup {
  if (appliedAtMs === null) return html`<span class="unsure">? never applied</span>`;
  return bite.proven ? html`<span class="good">✓ proven</span>` : html`<span class="bad">✗ not proven: it may have touched nothing</span>`;
}

export function podsSection({ pods }: Report): Markup {
  if (pods.length === 0) return section('Pods', [muted('None were observed.')]);
  const columns = [
    { name: 'pod' },
    { name: 'restarts', number: true } as const,
    { name: 'exits' },
    { name: 'GC share, worst second', number: true } as const,
    { name: 'memory at most', number: true } as const,
  ];
  return section('Pods', [table('The service, seen from outside', columns, pods.map(podRow))]);
}

function podRow({ name, restarts, exitReasons, gcShareMax, rssBytesMax }: Report['pods'][number]): Markup {
  const gc = gcShareMax === null ? noFigure : writeShare(gcShareMax, 1);
  return html`<tr><th scope="row">${name}</th>${trouble(restarts)}${prose(exitReasons.join(', ') || noFigure)}${number(gc)}${number(writeBytes(rssBytesMax))}</tr>`;
}

/** The worst come first; nobody reads more. */
export const findingsMax = 100;

/** What went wrong for players, with requests to look up in the pods' logs. */
export function findingsSection({ findings }: Report): Markup {
  if (findings.length === 0) return section('Findings', [muted('Every action of every player ended well.')]);
  const columns = [{ name: 'window' }, { name: 'operation' }, { name: 'what players got' }];
  return section('Findings', [table('What went wrong for players, worst share first', columns, findings.map(findingRow), findingsMax)]);
}

function findingRow({ text: what, window, operation, examples }: Report['findings'][number]): Markup {
  const lines = examples.map(
    ({ journey, requestId, atMs, outcome, status, pod }) =>
      `${writeAt(atMs)}: ${outcome}, status ${status === 0 ? 'none' : status}, ${pod === '' ? 'no pod known' : pod}, journey ${journey}, request ${requestId}`,
  );
  const shown =
    lines.length === 0
      ? []
      : [html`<details><summary>${lines.length} ${lines.length === 1 ? 'example' : 'examples'}</summary>${list(lines)}</details>`];
  return html`<tr><th scope="row">${window}</th>${text(operation)}<td class="wide">${cut(what)}${shown}</td></tr>`;
}

const notesMax = 100;

/** Whether the generator kept its own promises: without that no figure above is worth reading. */
export function trustSection({ generator, crowd, notes, versions }: Report): Markup {
  const facts = [
    `The generator started actions ${writeUs(generator.lagUsP99)} late at p99 (${writeCount(generator.lagCount)} actions) and dropped ${writeCount(generator.dropped)}.`,
    `It used ${generator.cpuShare.toFixed(2)} of one core and at most ${writeBytes(generator.rssBytesMax)} of memory.`,
    `${writeCount(crowd.players)} players at a time in ${writeCount(crowd.sessions)} sessions; mix: ${mixOf(crowd.mix)}.`,
    `Versions: ${
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ') || noFigure
    }.`,
  ];
  return section('Can these figures be trusted?', [list([...facts, ...notes], notesMax)]);
}

function mixOf(mix: Report['crowd']['mix']): string {
  return (
    Object.entries(mix)
      .map(([persona, weight]) => `${persona} ${weight}`)
      .join(', ') || noFigure
  );
}
