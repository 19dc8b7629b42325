/**
 * How an action of a player ended. One closed union for engine, windows, k6 and report.
 * `sent = ok + empty + wrong + refused + unknown`; `planned = sent + unreachable + dropped + abandoned`.
 */
export type Outcome =
  /** A complete, well-formed 2xx answer that is of use to the player. */
  | 'ok'
  /** 2xx and well-formed, but useless: no treasure, no loot in the nearest one, no spawns, no tiles. */
  | 'empty'
  /** 2xx, but not what was asked for (shape, another treasure, truncated JSON), and any 1xx or 3xx. */
  | 'wrong'
  /** A complete answer with status >= 400: it surely did not happen. */
  | 'refused'
  /** Sent, and no complete answer: it may have happened. */
  | 'unknown'
  /** No connection: nothing was sent. */
  | 'unreachable'
  /** Our own fault: due, but the generator could not start it. */
  | 'dropped'
  /** Due, but the player had left. */
  | 'abandoned';

export const outcomes: readonly Outcome[] = ['ok', 'empty', 'wrong', 'refused', 'unknown', 'unreachable', 'dropped', 'abandoned'];

/** Outcomes of actions whose request left this machine. */
export const sentOutcomes: readonly Outcome[] = ['ok', 'empty', 'wrong', 'refused', 'unknown'];

/** What a player can ask of the treasure API. */
export type Operation = 'search' | 'spawns' | 'biome';

export const operations: readonly Operation[] = ['search', 'spawns', 'biome'];

/** Refusals are kept by class: a 429 is advice, a 5xx is a failure, any other 4xx is our mistake. */
export type RefusalClass = '4xx' | '429' | '5xx';

export const refusalClasses: readonly RefusalClass[] = ['4xx', '429', '5xx'];
