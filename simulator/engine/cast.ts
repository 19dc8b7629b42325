import { type Arrivals, type Shard, wholeCrowd } from '../../core/arrivals.ts';
import { arrivalsOf } from '../crowd/arrivals.ts';
import { type Crowd, createPlayer } from '../crowd/crowd.ts';
import { apiOf } from '../players/api.ts';
import type { ApiMapping } from '../players/api-mapping.ts';
import type { Answer, Ask, Player } from '../players/player.ts';
import { type BodyTemplate, requestIdOf, templateOf } from '../players/request.ts';
import type { Reply } from '../transports/reply.ts';
import { judgeReply } from './judge-reply.ts';
import { type Speech, speechOfText } from './speech.ts';
import { TreasureSpeech } from './treasure-speech.ts';

/** All that the engine needs to know of who plays: when journeys arrive, their requests, and what an answer is worth to them. */
export interface Cast {
  /** More players than this never play at the same time: whoever comes then is counted, and sent away. */
  readonly playersMax: number;
  /** From the first journey on; called once. */
  arrivals(): Arrivals;
  /** The player of a journey that arrives then. */
  player(journey: number, arrivedMs: number): Player;
  readonly speech: Speech;
  /** Fills `answer`; returns one line for people, '' when the answer was of use. Of complete answers only. */
  judge(ask: Ask, reply: Reply, answer: Answer): string;
}

export type CastOptions = {
  /** Request bodies (simulator/payloads). */
  pool: readonly BodyTemplate[];
  /** The API that the players speak; the treasure API where none is given. */
  mapping?: ApiMapping | undefined;
  shard?: Shard;
  /** As many as there are connections to be had. */
  playersMax?: number;
};

const playersMaxDefault = 1_000_000;

/** A crowd as the engine plays it. */
export function castOf(crowd: Crowd, options: CastOptions): Cast {
  const { pool, mapping, shard = wholeCrowd, playersMax = playersMaxDefault } = options;
  const own = {
    playersMax,
    arrivals: () => arrivalsOf(crowd, shard),
    player: (journey: number, arrivedMs: number) => createPlayer(crowd, journey, arrivedMs),
  };
  if (mapping === undefined) return { ...own, speech: new TreasureSpeech(crowd.seed, pool), judge: judgeReply };
  const api = apiOf(mapping);
  return {
    ...own,
    speech: speechOfText((player, sequence) =>
      api.request(player, templateOf(pool, player), requestIdOf(crowd.seed, player.journey, sequence)),
    ),
    judge: (ask, reply, answer) => api.judge(ask, reply.status, reply.text(), answer),
  };
}
