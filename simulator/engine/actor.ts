import type { Operation } from '../../core/outcome.ts';
import type { Slice } from '../measure/timeline.ts';
import type { Life, Player } from '../players/player.ts';
import type { Reply } from '../transports/transport.ts';
import { ChainTrack } from './chain-track.ts';

/**
 * A place on the stage. One journey after the other plays there, each on a connection of its own. One object and one closure
 * for the whole run, whatever happens: at fifteen thousand players nothing else may be made per request that lives on.
 */
export class Actor {
  readonly slot: number;
  readonly chain = new ChainTrack();
  /** Called by the transport when the exchange under way has ended. */
  readonly onEnded: (reply: Reply) => void;
  journey: number;
  player: Player | null = null;
  life: Life | null = null;
  /** Intended start of the next move, or the arrival of the next journey, ms since play began. */
  dueMs = 0;
  /** Requests of this journey so far. */
  sequence = 0;
  /** The exchange under way; `slice` is null while there is none. */
  slice: Slice | null = null;
  operation: Operation = 'search';
  requestId = '';

  constructor(slot: number, ended: (actor: Actor, reply: Reply) => void) {
    this.slot = slot;
    this.journey = slot;
    this.onEnded = (reply) => ended(this, reply);
  }
}
