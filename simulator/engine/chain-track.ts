import type { Operation } from '../../core/outcome.ts';
import { endChainLost, endChainUseful, planChain, takeChainBack } from '../measure/recorder.ts';
import type { Slice, Timeline } from '../measure/timeline.ts';
import type { Ask } from '../players/player.ts';

const bitOf: { readonly [operation in Operation]: number } = { search: 1, spawns: 2, biome: 4 };
const everyLink = 7;

/** The chain that one player is in, if any: counted once, from its first action's intended start to its last answer. */
export class ChainTrack {
  private begun = false;
  private slice: Slice | null = null;
  private fromMs = 0;
  private toMs = 0;
  private answered = 0;

  mark(mark: Ask['chain']): void {
    this.end(mark === 'useful' ? 'useful' : 'lost');
    this.begun = mark === 'begun';
    this.answered = 0;
  }

  /** An action is due: the chain's first one is what puts the chain into the books. */
  actionDue(timeline: Timeline, intendedMs: number): void {
    if (!this.begun || this.slice !== null) return;
    this.slice = planChain(timeline, intendedMs);
    this.fromMs = intendedMs;
    this.toMs = intendedMs;
  }

  /** A complete answer came, of use or not. */
  answerCame(operation: Operation, atMs: number): void {
    this.answered |= bitOf[operation];
    this.toMs = atMs;
  }

  end(how: 'useful' | 'lost'): void {
    const { slice } = this;
    this.begun = false;
    this.slice = null;
    if (slice === null) return;
    if (how === 'useful') endChainUseful(slice, (this.toMs - this.fromMs) * 1000);
    else endChainLost(slice, this.answered === everyLink);
  }

  /** Play ends here, not the player's patience. */
  cutShort(): void {
    if (this.slice !== null) takeChainBack(this.slice);
    this.begun = false;
    this.slice = null;
  }
}
