import type { Operation } from '../../core/outcome.ts';
import type { Ask } from './player.ts';

/** `completed`: an answer came to every link, and not all of them were of use. */
export type ChainResult = 'useful' | 'completed' | 'lost';

/** Where chains are written down; the entry is the writer's own, and comes back with the end. Times in ms since play began. */
export interface ChainLedger<Entry> {
  beginChain(intendedMs: number): Entry;
  endChain(entry: Entry, result: ChainResult, latencyMs: number): void;
  /** Play ended in the middle of it, not the player's patience: neither useful nor lost. */
  takeChainBack(entry: Entry): void;
}

const everyLink = 7;

/** The chain that one player is in, if any: counted once, from its first action's intended start to its last answer. */
export class ChainTrack<Entry> {
  private readonly ledger: ChainLedger<Entry>;
  private begun = false;
  private entry: Entry | null = null;
  private fromMs = 0;
  private toMs = 0;
  private answered = 0;

  constructor(ledger: ChainLedger<Entry>) {
    this.ledger = ledger;
  }

  mark(mark: Ask['chain']): void {
    this.end(mark === 'useful' ? 'useful' : 'lost');
    this.begun = mark === 'begun';
    this.answered = 0;
  }

  /** An action is due: the chain's first one is what puts the chain into the ledger. */
  actionDue(intendedMs: number): void {
    if (!this.begun || this.entry !== null) return;
    this.entry = this.ledger.beginChain(intendedMs);
    this.fromMs = intendedMs;
    this.toMs = intendedMs;
  }

  /** A complete answer came, of use or not. */
  answerCame(operation: Operation, atMs: number): void {
    this.answered |= bitOf(operation);
    this.toMs = atMs;
  }

  end(how: 'useful' | 'lost'): void {
    const { entry } = this;
    this.begun = false;
    this.entry = null;
    if (entry === null) return;
    const result = how === 'lost' && this.answered === everyLink ? 'completed' : how;
    this.ledger.endChain(entry, result, this.toMs - this.fromMs);
  }

  cutShort(): void {
    const { entry } = this;
    this.begun = false;
    this.entry = null;
    if (entry !== null) this.ledger.takeChainBack(entry);
  }
}

/** By name and not by key: a look-up by a key that is another one each time costs more than everything else here. */
function bitOf(operation: Operation): number {
  if (operation === 'search') return 1;
  return operation === 'spawns' ? 2 : 4;
}
