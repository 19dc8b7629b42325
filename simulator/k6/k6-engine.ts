import type { Clock } from '../../core/clock.ts';
import type { CrowdFigures, Engine } from '../engine/engine.ts';
import type { Example, GeneratorFigures, StretchFigures } from '../measure/figures.ts';
import { heldMs, K6Books } from './k6-books.ts';
import type { K6Process } from './k6-process.ts';

/** k6 as the conductor sees an engine: it plays in a process of its own and tells what its players do. */
export class K6Engine implements Engine {
  private readonly clock: Clock;
  private readonly process: K6Process;
  private readonly books = new K6Books();
  private startMs: number | null = null;
  private horizonMs = 0;
  private fault: Error | null = null;
  private stopped: Promise<number> | null = null;

  constructor(clock: Clock, process: K6Process) {
    this.clock = clock;
    this.process = process;
  }

  /** Resolves when k6 has told of play for the first time: until then it prepares its players. It may also end at once: nobody came. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.process.start({
        told: (event) => {
          try {
            this.books.take(event);
          } catch (error) {
            this.fault ??= error as Error;
          }
          if (event.event !== 'now') return;
          this.horizonMs = event.atMs;
          this.startMs ??= this.clock.nowMs() - event.atMs;
          resolve();
        },
        ended: (problem) => {
          if (problem !== null && this.stopped === null) {
            this.fault ??= problem;
            reject(problem);
          }
          this.startMs ??= this.clock.nowMs();
          resolve();
        },
      });
    });
  }

  nowMs(): number {
    return this.startMs === null ? 0 : this.clock.nowMs() - this.startMs;
  }

  async cut(): Promise<number> {
    const atMs = this.nowMs();
    this.books.cut(atMs);
    return atMs;
  }

  async figures(fromMs: number, toMs: number): Promise<StretchFigures> {
    this.assertSound();
    return this.books.timeline.figures(fromMs, toMs);
  }

  async settled(): Promise<readonly StretchFigures[]> {
    this.assertSound();
    return this.books.settled(this.horizonMs - heldMs);
  }

  async examples(fromMs: number, toMs: number): Promise<readonly Example[]> {
    return this.books.shelf.list(fromMs, toMs);
  }

  async generator(): Promise<GeneratorFigures> {
    return this.books.generator();
  }

  async crowd(): Promise<CrowdFigures> {
    const { players, sessions } = this.books;
    return { players, sessions, turnedAway: 0 };
  }

  /** What is under way then is cut off, and not counted: k6 gives up what its players wait for. */
  stop(): Promise<number> {
    this.stopped ??= this.end();
    return this.stopped;
  }

  private async end(): Promise<number> {
    const lastMs = await this.cut();
    this.books.lastMs = lastMs;
    await this.process.stop();
    this.books.timeline.end(lastMs);
    this.horizonMs = Number.POSITIVE_INFINITY;
    return lastMs;
  }

  private assertSound(): void {
    if (this.fault !== null) throw this.fault;
  }
}
