/** Who arrives next, and when: journeys in the order of their time. */
export interface Arrivals {
  /** When `journey` arrives, whole ms since play began; Infinity when nobody arrives any more. */
  readonly atMs: number;
  readonly journey: number;
  /** On to the one after. */
  next(): void;
}

/** One of `of` generators that share a crowd: it plays the journeys n with n % of === index. */
export type Shard = { index: number; of: number };

export const wholeCrowd: Shard = { index: 0, of: 1 };
