import type { Clock } from '../../core/clock.ts';
import { createShelf } from '../measure/shelf.ts';
import { Timeline } from '../measure/timeline.ts';
import type { Transport } from '../transports/transport.ts';
import { Books } from './books.ts';
import type { Cast } from './cast.ts';
import type { Engine } from './engine.ts';
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
  /** Splits the measurement at a time that is to come; false where it has passed, and nothing was split. */
  cutAt(ms: number): boolean;
  /** `stop` in two steps: what was sent has ended; play ended then. */
  halt(): Promise<void>;
  endAt(ms: number): void;
};

/** An answer may reach us a moment after its stamp; a slice is handed out only when no such answer can begin anything in it. */
const settleAfterMs = 250;

/** An engine that has not started yet. On a simulated clock with the memory transport the same seed gives the same figures. */
export function createEngine({
  clock,
  transport,
  cast,
  inFlightMax = cast.playersMax,
  vitals = processVitals,
}: EngineOptions): LocalEngine {
  const timeline = new Timeline();
  const shelf = createShelf();
  const books = new Books(cast, timeline, shelf);
  const play = new Play({ clock, transport, cast, books, inFlightMax });
  let watch: VitalsWatch | null = null;
  let stopped: Promise<void> | null = null;

  /** A fault in a callback has no caller: it is thrown at whoever asks next. */
  function assertSound(): void {
    if (play.fault !== null) throw play.fault;
  }

  async function halt(): Promise<void> {
    if (watch === null) return;
    try {
      await play.stop();
    } finally {
      watch.stop();
    }
  }

  function endAt(ms: number): void {
    timeline.end(ms);
    play.horizonMs = Number.POSITIVE_INFINITY;
  }

  function cutAt(ms: number): boolean {
    if (ms < play.nowMs()) return false;
    timeline.cut(ms);
    shelf.cut(ms);
    return true;
  }

  function startAt(clockMs: number): void {
    if (watch !== null) throw new RangeError('Play has begun already.');
    watch = watchVitals(clock, vitals);
    play.start(clockMs);
  }

  return {
    startAt,
    cutAt,
    halt,
    endAt,
    start: async () => startAt(clock.nowMs()),
    nowMs: () => (watch === null ? 0 : play.nowMs()),
    async cut() {
      const atMs = play.nowMs();
      timeline.cut(atMs);
      shelf.cut(atMs);
      return atMs;
    },
    async figures(fromMs, toMs) {
      assertSound();
      return timeline.figures(fromMs, toMs);
    },
    async settled() {
      assertSound();
      return timeline.settled(play.horizonMs - settleAfterMs);
    },
    examples: async (fromMs, toMs) => shelf.list(fromMs, toMs),
    generator: async () => ({
      lagUs: books.lagUs,
      dropped: books.dropped,
      cpuShare: watch?.cpuShare() ?? 0,
      rssBytesMax: watch?.rssBytesMax() ?? 0,
    }),
    crowd: async () => ({ players: books.players, sessions: books.sessions, turnedAway: books.turnedAway }),
    stop() {
      stopped ??= watch === null ? Promise.resolve() : halt().then(() => endAt(play.nowMs()));
      return stopped;
    },
  };
}
