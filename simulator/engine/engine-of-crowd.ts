import type { Clock } from '../../core/clock.ts';
import type { Example, GeneratorFigures, StretchFigures } from '../measure/figures.ts';
import { createShelf } from '../measure/shelf.ts';
import { Timeline } from '../measure/timeline.ts';
import type { Transport } from '../transports/transport.ts';
import { Books } from './books.ts';
import type { Cast } from './cast.ts';
import type { CrowdFigures, Engine } from './engine.ts';
import { Play } from './play.ts';
import { processVitals, type Vitals, type VitalsWatch, watchVitals } from './vitals.ts';

export type EngineOptions = {
  clock: Clock;
  transport: Transport;
  cast: Cast;
  /** Exchanges under way at the same time; what is due beyond it is `dropped`. Default: as many as there are places. */
  inFlightMax?: number;
  /** What the generator takes of the machine; default: this process. */
  vitals?: () => Vitals;
};

/** An engine in this process, and what somebody needs who plays several of them as one. */
export type LocalEngine = Engine & {
  /** Play begins at that time of the clock, now or a moment ago or ahead. */
  startAt(clockMs: number): void;
  /**
   * Splits the measurement at a time that is to come; false where it has passed, and nothing was split. `isLast`: nothing begins
   * behind it.
   */
  cutAt(ms: number, isLast: boolean): boolean;
  /** `stop` in two steps: what was sent has ended; play ended then. */
  halt(): Promise<void>;
  endAt(ms: number): void;
};

/** An answer may reach us a moment after its stamp; a slice is handed out only when no such answer can begin anything in it. */
const settleAfterMs = 250;

/** An engine that has not started yet. On a simulated clock with the memory transport the same seed gives the same figures. */
export function createEngine(options: EngineOptions): LocalEngine {
  return new EngineOfCrowd(options);
}

class EngineOfCrowd implements LocalEngine {
  private readonly clock: Clock;
  private readonly vitals: () => Vitals;
  private readonly timeline = new Timeline();
  private readonly shelf = createShelf();
  private readonly books: Books;
  private readonly play: Play;
  private watch: VitalsWatch | null = null;
  private stopped: Promise<number> | null = null;

  constructor({ clock, transport, cast, inFlightMax = cast.playersMax, vitals = processVitals }: EngineOptions) {
    this.clock = clock;
    this.vitals = vitals;
    this.books = new Books(cast, this.timeline, this.shelf);
    this.play = new Play({ clock, transport, cast, books: this.books, inFlightMax });
  }

  async start(): Promise<void> {
    this.startAt(this.clock.nowMs());
  }

  startAt(clockMs: number): void {
    if (this.watch !== null) throw new RangeError('Play has begun already.');
    this.watch = watchVitals(this.clock, this.vitals);
    this.play.start(clockMs);
  }

  nowMs(): number {
    return this.watch === null ? 0 : this.play.nowMs();
  }

  async cut(): Promise<number> {
    const atMs = this.nowMs();
    this.split(atMs);
    return atMs;
  }

  cutAt(ms: number, isLast: boolean): boolean {
    if (ms < this.play.nowMs()) return false;
    this.split(ms);
    if (isLast) this.play.lastMs = ms;
    return true;
  }

  async figures(fromMs: number, toMs: number): Promise<StretchFigures> {
    this.assertSound();
    return this.timeline.figures(fromMs, toMs);
  }

  async settled(): Promise<readonly StretchFigures[]> {
    this.assertSound();
    return this.timeline.settled(this.play.horizonMs - settleAfterMs);
  }

  async examples(fromMs: number, toMs: number): Promise<readonly Example[]> {
    return this.shelf.list(fromMs, toMs);
  }

  async generator(): Promise<GeneratorFigures> {
    const { lagUs, dropped } = this.books;
    return { lagUs, dropped, cpuShare: this.watch?.cpuShare() ?? 0, rssBytesMax: this.watch?.rssBytesMax() ?? 0 };
  }

  async crowd(): Promise<CrowdFigures> {
    const { players, sessions, turnedAway } = this.books;
    return { players, sessions, turnedAway };
  }

  stop(): Promise<number> {
    this.stopped ??= this.haltAndEnd();
    return this.stopped;
  }

  async halt(): Promise<void> {
    try {
      await this.play.stop();
    } finally {
      this.watch?.stop();
    }
  }

  endAt(ms: number): void {
    this.timeline.end(ms);
    this.play.horizonMs = Number.POSITIVE_INFINITY;
  }

  private async haltAndEnd(): Promise<number> {
    if (this.watch === null) return 0;
    const lastMs = await this.cut();
    await this.halt();
    this.endAt(this.play.nowMs());
    return lastMs;
  }

  private split(ms: number): void {
    this.timeline.cut(ms);
    this.shelf.cut(ms);
  }

  /** A fault in a callback has no caller: it is thrown at whoever asks next. */
  private assertSound(): void {
    if (this.play.fault !== null) throw this.play.fault;
  }
}
