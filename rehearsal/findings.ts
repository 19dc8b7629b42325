import type { Operation, Outcome } from '../core/outcome.ts';
import { operations } from '../core/outcome.ts';
import type { Example } from '../simulator/measure/figures.ts';
import { type NamedFigures, percent } from './expectations.ts';
import type { Report } from './report/format.ts';

type Finding = Report['findings'][number];

/** What an outcome means to the player who got it. */
const felt: { [outcome in Exclude<Outcome, 'ok'>]: string } = {
  empty: 'opened an empty chest (a fine answer, no use)',
  wrong: 'got something that was not asked for',
  refused: 'were refused',
  unknown: 'got no complete answer',
  unreachable: 'found nobody to talk to',
  dropped: 'were never started: the generator could not',
  abandoned: 'left before their turn came',
};

const badOutcomes = Object.keys(felt) as Exclude<Outcome, 'ok'>[];
const examplesMax = 5;

/**
 * What players felt, worst share first: one finding per window, operation and outcome that occurred, with examples that lead to
 * a request.
 */
export function findingsOf(windows: readonly NamedFigures[], examples: readonly Example[]): readonly Finding[] {
  const found: { share: number; finding: Finding }[] = [];
  for (const window of windows) {
    for (const operation of operations) {
      const { planned, outcomes } = window.figures.operations[operation];
      for (const outcome of badOutcomes) {
        if (outcomes[outcome] === 0) continue;
        const share = outcomes[outcome] / planned;
        found.push({ share, finding: finding(window, operation, outcome, examples) });
      }
    }
  }
  return found.sort((left, right) => right.share - left.share).map(({ finding }) => finding);
}

function finding(window: NamedFigures, operation: Operation, outcome: Exclude<Outcome, 'ok'>, examples: readonly Example[]): Finding {
  const { planned, outcomes } = window.figures.operations[operation];
  const inWindow = examples.filter(
    (example) =>
      example.operation === operation &&
      example.outcome === outcome &&
      example.atMs >= window.figures.fromMs &&
      example.atMs < window.figures.toMs,
  );
  const details = [...new Set(inWindow.map((example) => example.detail).filter((detail) => detail !== ''))].slice(0, 2);
  const why = details.length > 0 ? `: ${details.join('; ')}` : '';
  return {
    text: `${outcomes[outcome]} of ${planned} (${percent(outcomes[outcome] / planned)}) ${operation} actions ${felt[outcome]}${why}`,
    window: window.name,
    operation,
    examples: inWindow.slice(0, examplesMax).map(({ journey, requestId, atMs, outcome: ended, status, pod, detail }) => ({
      journey,
      requestId,
      atMs: Math.round(atMs),
      outcome: ended,
      status,
      pod,
      detail,
    })),
  };
}
