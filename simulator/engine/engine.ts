import type { Example, GeneratorFigures, StretchFigures } from '../measure/figures.ts';

/**
 * Plays a crowd against a transport on a clock. What the conductor sees of the simulator.
 * All times are milliseconds since play began (`start`).
 */
export interface Engine {
  /** Play begins: time 0. Players join by the crowd's arrivals. */
  start(): void;
  /** Milliseconds since play began. */
  nowMs(): number;
  /** Splits the measurement at `atMs` (now or just before), so that stretches can end there exactly. */
  cut(atMs: number): void;
  /**
   * Merged figures of all slices within [fromMs, toMs); both must be cuts, the ends of play, or whole seconds of the last ten minutes
   * (older ones are merged from cut to cut: RangeError). Throws what went wrong in a callback. Cheap enough to ask twice a second.
   */
  figures(fromMs: number, toMs: number): StretchFigures;
  /** Slices that will not change any more (nothing pending), oldest first; each is handed out once. For `seconds.ndjson`. */
  settled(): readonly StretchFigures[];
  examples(fromMs: number, toMs: number): readonly Example[];
  generator(): GeneratorFigures;
  /** Players connected now, sessions begun since the start. */
  crowd(): { players: number; sessions: number };
  /** Nobody starts anything any more; resolves when all that was sent has ended or timed out. Idempotent. */
  stop(): Promise<void>;
}
