import type { Outcome } from '../../core/outcome.ts';

/** What each word means to somebody who reads a report; the page and the reference say it from here. */
export const outcomeMeanings: { readonly [outcome in Outcome]: string } = {
  ok: 'a complete, well-formed answer that is of use to the player',
  empty: 'a well-formed 2xx answer without anything in it: the empty chest',
  wrong: "2xx, but not what was asked for: another treasure's spawns, a wrong shape, truncated JSON; and any 1xx or 3xx",
  refused: 'a complete answer with status >= 400: it surely did not happen',
  unknown: 'sent, and no complete answer: time-out, reset, cut off. It may have happened',
  unreachable: 'no connection: nothing was sent',
  dropped: "the tool's own fault: due, but the generator could not start it",
  abandoned: 'due, but the player had left',
};
