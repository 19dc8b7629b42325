import { type Outcome, operations, sentOutcomes } from '../core/outcome.ts';
import type { Judged, NamedFigures } from './expectations.ts';

/** What players did; not what was given up before it began. */
const begunOutcomes: readonly Outcome[] = [...sentOutcomes, 'unreachable'];

const badAnswers: readonly Outcome[] = ['empty', 'wrong', 'refused'];

/**
 * What a `load` expects without being told: that something came that was of use to a player. Complete answers of which none was
 * of use are a broken target; no complete answer at all is no data: it may as well be the way there.
 */
export function judgeLoad({ name, figures }: NamedFigures): Judged {
  const count = (outcome: Outcome) => operations.reduce((sum, operation) => sum + figures.operations[operation].outcomes[outcome], 0);
  const begun = begunOutcomes.reduce((sum, outcome) => sum + count(outcome), 0);
  const useful = count('ok');
  const bad = badAnswers.filter((outcome) => count(outcome) > 0);
  const complete = bad.reduce((sum, outcome) => sum + count(outcome), useful);
  const judged = { text: `useful answers in ${name}`, limit: '>= 1' };
  if (complete === 0) return { ...judged, observed: begun === 0 ? null : `no complete answer to any of ${begun} actions`, met: null };
  const others = bad.length === 0 ? '' : ` (${bad.map((outcome) => `${count(outcome)} ${outcome}`).join(', ')})`;
  return { ...judged, observed: `${useful} of ${complete} complete answers${others}`, met: useful > 0 };
}
