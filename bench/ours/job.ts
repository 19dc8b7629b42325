import type { Shard } from '../../core/arrivals.ts';
import type { HistogramJson } from '../../simulator/measure/histogram.ts';

/** What the generator's process is to do; handed over as JSON in its only argument. */
export type Job = {
  origins: readonly string[];
  players: number;
  /** Milliseconds between two chains of a player; 0: no pause at all. */
  everyMs: number;
  joinMs: number;
  seed: number;
  /** Everybody in this world; null: wherever the crowd puts them. */
  world: string | null;
  shard: Shard;
  /** Addresses of this machine to connect from, in turn; empty: the system chooses. */
  localAddresses: readonly string[];
  /** Request bodies, made by the conductor as in a rehearsal: what makes them takes more memory than the players do. */
  poolFile: string;
  warmupMs: number;
  measuredMs: number;
};

/** What it tells at its end, as one line of JSON. */
export type Played = {
  /** From the end of the warm-up to the end. */
  measured: Told;
  /** From the first moment to the last. */
  whole: Told;
  /** How late actions began, microseconds, over the whole of play. */
  lagUs: HistogramJson;
};

/** Totals over search, spawns and biome. */
export type Told = {
  seconds: number;
  planned: number;
  sent: number;
  ok: number;
  empty: number;
  wrong: number;
  refused: number;
  unknown: number;
  unreachable: number;
  dropped: number;
  abandoned: number;
  searches: number;
  chainsUseful: number;
  /** From the intended start, of everything that was sent. */
  latencyUs: HistogramJson;
};

const mark = 'played ';

export function writePlayed(played: Played): string {
  return `${mark}${JSON.stringify(played)}\n`;
}

/** Of the output of one such process. Throws where it told nothing. */
export function readPlayed(output: string): Played {
  const line = output.split('\n').find((each) => each.startsWith(mark));
  if (line === undefined) throw new RangeError(`The generator told nothing: ${output.slice(-500)}`);
  return JSON.parse(line.slice(mark.length)) as Played;
}
