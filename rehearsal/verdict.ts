import type { Judged } from './expectations.ts';
import type { Verdict } from './report/format.ts';

/** Everything that bears on the verdict; each list is in words for people, empty where there is nothing to say. */
export type Grounds = {
  /** A fault of the tool itself. */
  toolFault: string | null;
  interruption: string | null;
  guard: string | null;
  /** Faults without proof, no steady state, a late generator, a lost watchdog, pods that vanished. */
  doubts: readonly string[];
  expectations: readonly Judged[];
  /** Nothing was to be expected (`load`): then answers alone are enough. */
  expectsNothing: boolean;
  cleanup: Verdict['cleanup'];
  cleanupProblems: readonly string[];
};

/** The verdict in words. What is certain comes first: an error hides an interruption, which hides a guard, doubts, failures. */
export function decide(grounds: Grounds): Verdict {
  const noData = grounds.expectations
    .filter((judged) => judged.met === null)
    .map(({ text, observed }) => `no data: ${text}${observed === null ? '' : `: ${observed}`}`);
  const unmet = grounds.expectations
    .filter((judged) => judged.met === false)
    .map((judged) => `${judged.text}: ${judged.observed}, expected ${judged.limit}`);
  const doubts = [...grounds.doubts, ...noData];
  return { status: statusOf(grounds, doubts, unmet), cleanup: grounds.cleanup, because: reasons(grounds, doubts, unmet) };
}

function statusOf(grounds: Grounds, doubts: readonly string[], unmet: readonly string[]): Verdict['status'] {
  if (grounds.toolFault !== null) return 'error';
  if (grounds.interruption !== null) return 'interrupted';
  if (grounds.guard !== null) return 'aborted';
  if (doubts.length > 0) return 'inconclusive';
  if (unmet.length > 0) return 'broken';
  return grounds.expectations.length === 0 && !grounds.expectsNothing ? 'inconclusive' : 'held';
}

function reasons(grounds: Grounds, doubts: readonly string[], unmet: readonly string[]): string[] {
  const said = [
    ...grounds.cleanupProblems,
    ...[grounds.toolFault, grounds.interruption, grounds.guard].filter((reason) => reason !== null),
    ...doubts,
    ...unmet,
  ];
  if (said.length > 0) return said;
  if (grounds.expectsNothing) return ['players only: nothing was expected beyond getting answers'];
  const { length } = grounds.expectations;
  if (length === 0) return ['nothing was expected, so nothing was shown'];
  const met = length === 1 ? 'the one expectation was met' : `all ${length} expectations met`;
  return [grounds.cleanup === 'nothing' ? `${met}; nothing was to be broken` : `${met}, every fault proven to have bitten`];
}
