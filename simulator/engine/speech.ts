import type { Player } from '../players/player.ts';
import type { PlayerRequest } from '../players/request.ts';
import { encodeText } from './byte-text.ts';

/**
 * How players ask: what lies in `player.ask` as a request, in bytes or as text; both say the same. `sequence` counts the requests
 * of the journey from 0. Each `write…` writes at `at` and returns where it ended.
 */
export interface Speech {
  methodOf(player: Player, sequence: number): 'GET' | 'POST';
  writePath(player: Player, sequence: number, bytes: Uint8Array, at: number): number;
  writeRequestId(player: Player, sequence: number, bytes: Uint8Array, at: number): number;
  /** Returns `at` where there is no body. */
  writeBody(player: Player, sequence: number, bytes: Uint8Array, at: number): number;
  text(player: Player, sequence: number): PlayerRequest;
}

/** For whoever speaks in text only: another API, by a scenario's mapping. The last request is kept, since it is asked for in pieces. */
export function speechOfText(requestOf: (player: Player, sequence: number) => PlayerRequest): Speech {
  let spoken: PlayerRequest | null = null;
  let of: Player | null = null;
  let nth = -1;
  function text(player: Player, sequence: number): PlayerRequest {
    if (spoken === null || of !== player || nth !== sequence) {
      spoken = requestOf(player, sequence);
      of = player;
      nth = sequence;
    }
    return spoken;
  }
  return {
    methodOf: (player, sequence) => text(player, sequence).method,
    writePath: (player, sequence, bytes, at) => encodeText(text(player, sequence).path, bytes, at),
    writeRequestId: (player, sequence, bytes, at) => encodeText(text(player, sequence).requestId, bytes, at),
    writeBody: (player, sequence, bytes, at) => encodeText(text(player, sequence).body ?? '', bytes, at),
    text,
  };
}
