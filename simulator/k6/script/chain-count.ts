import type { Operation } from '../../../core/outcome.ts';
import type { Ask } from '../../players/player.ts';
import type { Books } from './journey.ts';

const bitOf: { readonly [operation in Operation]: number } = { search: 1, spawns: 2, biome: 4 };
const everyLink = 7;

/** The chain that a player is in, if any: counted once, when it has ended, by its first action's intended start. */
export class ChainCount {
  private readonly books: Books;
  private begun = false;
  private isDue = false;
  private fromMs = 0;
  private toMs = 0;
  private answered = 0;

  constructor(books: Books) {
    this.books = books;
  }

  mark(mark: Ask['chain']): void {
    this.end(mark === 'useful' ? 'useful' : 'lost');
    this.begun = mark === 'begun';
    this.answered = 0;
  }

  actionDue(intendedMs: number): void {
    if (!this.begun || this.isDue) return;
    this.isDue = true;
    this.fromMs = intendedMs;
    this.toMs = intendedMs;
  }

  /** A complete answer came, of use or not. */
  answerCame(operation: Operation, atMs: number): void {
    this.answered |= bitOf[operation];
    this.toMs = atMs;
  }

  end(how: 'useful' | 'lost'): void {
    const { isDue, fromMs, toMs, answered } = this;
    this.cutShort();
    if (!isDue) return;
    const result = how === 'lost' && answered === everyLink ? 'completed' : how;
    this.books.chainEnded(fromMs, { result, latencyMs: toMs - fromMs });
  }

  /** Play ends here, not the player's patience: neither useful nor lost. */
  cutShort(): void {
    this.begun = false;
    this.isDue = false;
  }
}
