import type { Crowd } from '../crowd/crowd.ts';
import { createPlayer } from '../crowd/crowd.ts';
import { apiOf } from '../players/api.ts';
import type { ApiMapping } from '../players/api-mapping.ts';
import type { Answer, Ask, Player } from '../players/player.ts';
import { type BodyTemplate, requestIdOf, templateOf } from '../players/request.ts';
import type { Reply } from '../transports/reply.ts';
import { judgeReply } from './judge-reply.ts';
import { type Speech, speechOfText } from './speech.ts';
import { Succession } from './succession.ts';
import { TreasureSpeech } from './treasure-speech.ts';

/** All that the engine needs to know of who plays: when journeys arrive, their requests, and what an answer is worth to them. */
export interface Cast {
  /** Places: more players than this never play at the same time. */
  readonly playersMax: number;
  /** From the first journey on; called once. */
  arrivals(): Arrivals;
  player(journey: number): Player;
  readonly speech: Speech;
  /** Fills `answer`; returns one line for people, '' when the answer was of use. Of complete answers only. */
  judge(ask: Ask, reply: Reply, answer: Answer): string;
}

/** Who comes when, in the order of time: the next journey, until `next` is called. */
export interface Arrivals {
  /** Milliseconds since play began; Infinity while nobody is to come. */
  readonly atMs: number;
  readonly journey: number;
  next(): void;
  /** A journey ended, and its place is free. */
  ended(journey: number, atMs: number): void;
}

/** The part of a crowd that one process plays: the journeys n with n mod `of` = `index`. */
export type Shard = { index: number; of: number };

export const wholeCrowd: Shard = { index: 0, of: 1 };

export type CastOptions = {
  /** Request bodies (simulator/payloads). */
  pool: readonly BodyTemplate[];
  /** The API that the players speak; the treasure API where none is given. */
  mapping?: ApiMapping | undefined;
  shard?: Shard;
};

/** A crowd as the engine plays it. */
export function castOf(crowd: Crowd, { pool, mapping, shard = wholeCrowd }: CastOptions): Cast {
  const arrivals = new Succession(crowd, shard);
  const own = { playersMax: arrivals.playersMax, arrivals: () => arrivals, player: (journey: number) => createPlayer(crowd, journey) };
  if (mapping === undefined) return { ...own, speech: new TreasureSpeech(crowd.seed, pool), judge: judgeReply };
  const api = apiOf(mapping);
  return {
    ...own,
    speech: speechOfText((player, sequence) =>
      api.request(player, templateOf(pool, player.journey), requestIdOf(crowd.seed, player.journey, sequence)),
    ),
    judge: (ask, reply, answer) => api.judge(ask, reply.status, reply.text(), answer),
  };
}
