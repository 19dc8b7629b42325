import type { Example, GeneratorFigures, StretchFigures } from '../measure/figures.ts';

/**
 * Plays a crowd against a transport on a clock, in this process or in several. What the conductor sees of the simulator.
 * All times are milliseconds since play began (`start`).
 */
export interface Engine {
  /** Resolves when play has begun: time 0. Players join by the crowd's arrivals. */
  start(): Promise<void>;
  /** Milliseconds since play began; 0 before. */
  nowMs(): number;
  /** Splits the measurement now, so that stretches can end here exactly; resolves with the time of the split, which is past then. */
  cut(): Promise<number>;
  /**
   * Merged figures of all slices within [fromMs, toMs); both must be cuts, the ends of play, or whole seconds of the last ten minutes
   * (older ones are merged from cut to cut: RangeError). Rejects with what went wrong in a callback. Cheap enough to ask twice a second.
   */
  figures(fromMs: number, toMs: number): Promise<StretchFigures>;
  /** Slices that will not change any more (nothing pending), oldest first; each is handed out once. For `seconds.ndjson`. */
  settled(): Promise<readonly StretchFigures[]>;
  examples(fromMs: number, toMs: number): Promise<readonly Example[]>;
  generator(): Promise<GeneratorFigures>;
  crowd(): Promise<CrowdFigures>;
  /**
   * Splits the measurement, and nobody starts anything behind the split; resolves with its time when all that was sent has ended or
   * timed out. Idempotent.
   */
  stop(): Promise<number>;
}

/** Players connected now; sessions begun and journeys that found every place taken, since the start. */
export type CrowdFigures = { players: number; sessions: number; turnedAway: number };
