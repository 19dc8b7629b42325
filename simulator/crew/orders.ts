import type { Shard } from '../../core/arrivals.ts';
import type { Crowd } from '../crowd/crowd.ts';
import type { CrowdFigures } from '../engine/engine.ts';
import type { Example, GeneratorFigures, StretchFigures } from '../measure/figures.ts';
import type { ApiMapping } from '../players/api-mapping.ts';
import type { BodyTemplate } from '../players/request.ts';
import type { Endpoint } from '../transports/transport.ts';
import type { Way } from './way.ts';

/** What a process needs to know to play its part of the crowd. Plain data: it goes through a pipe. */
export type Part = {
  crowd: Crowd;
  shard: Shard;
  playersMax: number;
  pool: readonly BodyTemplate[];
  mapping: ApiMapping | undefined;
  way: Way;
};

/** What the conductor tells a process of players, and what it hears back. Times in ms since play began, but for `start`. */
export type Orders = {
  prepare: { asked: Part; answer: null };
  route: { asked: readonly Endpoint[]; answer: null };
  /** Milliseconds of the clock that all processes of a machine share. */
  start: { asked: { atMs: number }; answer: null };
  /** False where that time has passed already: then nothing was split. `isLast`: nothing begins behind it. */
  cut: { asked: { atMs: number; isLast: boolean }; answer: boolean };
  figures: { asked: { fromMs: number; toMs: number }; answer: StretchFigures };
  settled: { asked: null; answer: readonly StretchFigures[] };
  examples: { asked: { fromMs: number; toMs: number }; answer: readonly Example[] };
  generator: { asked: null; answer: GeneratorFigures };
  crowd: { asked: null; answer: CrowdFigures };
  /** Answered when everything that was sent has ended, with the time. */
  halt: { asked: null; answer: number };
  end: { asked: { atMs: number }; answer: null };
  close: { asked: null; answer: null };
};

export type OrderName = keyof Orders;

/** As it goes through the pipe. */
export type OrderMessage = { [name in OrderName]: { id: number; name: name; asked: Orders[name]['asked'] } }[OrderName];

export type AnswerMessage = { id: number; answer: unknown } | { id: number; error: string };
