import type { Operation } from '../../core/outcome.ts';
import type { Slice } from '../measure/timeline.ts';
import { type ChainLedger, ChainTrack } from '../players/chain-track.ts';
import type { Life, Player } from '../players/player.ts';
import { Reply } from '../transports/reply.ts';
import type { Exchange, RequestSource, RequestText } from '../transports/transport.ts';
import type { Speech } from './speech.ts';

/** Whoever goes on when an exchange has ended. */
export interface Director {
  landed(actor: Actor): void;
}

/**
 * A place on the stage. One journey after the other plays there, each on a connection of its own. It is the exchange that the
 * transport fills and the request that it writes, all in one object for the whole run: nothing else is made for a request.
 */
export class Actor implements Exchange, RequestSource {
  /** The number of the place; `who` plays there. */
  readonly player: number;
  readonly request: RequestSource = this;
  readonly reply = new Reply();
  timeoutMs = 0;
  readonly chain: ChainTrack<Slice>;
  who: Player | null = null;
  life: Life | null = null;
  /** When the journey arrived, and the intended start of its next move, ms since play began. */
  arrivedMs = 0;
  dueMs = 0;
  /** Requests of this journey so far; the one under way is the one before. */
  sequence = 0;
  /** The exchange under way; null while there is none. */
  slice: Slice | null = null;
  operation: Operation = 'search';
  /** Its game client is being relaunched: it is not connected. */
  away = false;
  private readonly director: Director;
  private readonly speech: Speech;

  constructor(place: number, director: Director, speech: Speech, chains: ChainLedger<Slice>) {
    this.player = place;
    this.chain = new ChainTrack(chains);
    this.director = director;
    this.speech = speech;
  }

  ended(): void {
    this.director.landed(this);
  }

  get method(): 'GET' | 'POST' {
    return this.speech.methodOf(this.asker(), this.sequence - 1);
  }

  writePath(bytes: Uint8Array, at: number): number {
    return this.speech.writePath(this.asker(), this.sequence - 1, bytes, at);
  }

  writeRequestId(bytes: Uint8Array, at: number): number {
    return this.speech.writeRequestId(this.asker(), this.sequence - 1, bytes, at);
  }

  writeBody(bytes: Uint8Array, at: number): number {
    return this.speech.writeBody(this.asker(), this.sequence - 1, bytes, at);
  }

  text(): RequestText {
    return this.speech.text(this.asker(), this.sequence - 1);
  }

  private asker(): Player {
    if (this.who === null) throw new RangeError(`Nobody plays at place ${this.player}, so nobody asks.`);
    return this.who;
  }
}
