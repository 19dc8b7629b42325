import type { Cast } from '../players/replay.ts';
import { arrivalMs, type Crowd, createPlayer, successorDelayMs, successorOf } from './crowd.ts';

/** A crowd as whoever plays it wants to see it: questions about journeys, answered. */
export function castOf(crowd: Crowd): Cast {
  return {
    players: crowd.players,
    player: (journey) => createPlayer(crowd, journey),
    arrivalMs: (journey) => arrivalMs(crowd, journey),
    successorOf: (journey) => successorOf(crowd, journey),
    successorDelayMs: (journey) => successorDelayMs(crowd, journey),
  };
}
