import { arrivalMs, type Crowd, createPlayer, successorDelayMs, successorOf } from '../crowd/crowd.ts';
import { type Api, apiOf } from '../players/api.ts';
import type { Answer, Ask, Player } from '../players/player.ts';
import { type BodyTemplate, type PlayerRequest, requestIdOf, templateOf } from '../players/request.ts';

/** All that the engine needs to know of who plays: journeys by number, their requests, and what an answer is worth to them. */
export interface Cast {
  /** Players at the same time: journeys 0 to players - 1 come first. */
  readonly players: number;
  player(journey: number): Player;
  /** When a first journey arrives, ms since play began. */
  arrivalMs(journey: number): number;
  /** Who takes the place of a journey that ended, and how long after. */
  successorOf(journey: number): number;
  successorDelayMs(journey: number): number;
  /** The player's ask as a request; `sequence` counts the requests of the journey from 0. */
  request(player: Player, sequence: number): PlayerRequest;
  /** Fills `answer`; returns one line for people, '' when the answer was of use. */
  judge(ask: Ask, status: number, body: string, answer: Answer): string;
}

/** A crowd with its pool of body templates (simulator/payloads), and the API it speaks: the treasure API where none is given. */
export function castOf(crowd: Crowd, pool: readonly BodyTemplate[], api: Api = apiOf(undefined)): Cast {
  return {
    players: crowd.players,
    player: (journey) => createPlayer(crowd, journey),
    arrivalMs: (journey) => arrivalMs(crowd, journey),
    successorOf: (journey) => successorOf(crowd, journey),
    successorDelayMs: (journey) => successorDelayMs(crowd, journey),
    request: (player, sequence) => api.request(player, templateOf(pool, player), requestIdOf(crowd.seed, player.journey, sequence)),
    judge: api.judge,
  };
}
