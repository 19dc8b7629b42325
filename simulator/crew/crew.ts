import { type Clock, sleep } from '../../core/clock.ts';
import type { CrowdFigures, Engine } from '../engine/engine.ts';
import type { Example, GeneratorFigures, StretchFigures } from '../measure/figures.ts';
import { emptyHistogram, merge } from '../measure/histogram.ts';
import { addBeside, emptyStretch } from '../measure/stretch.ts';
import type { Endpoint } from '../transports/transport.ts';
import type { Hand } from './hand.ts';
import type { OrderName, Orders, Part } from './orders.ts';
import { Roll } from './roll.ts';

/** Several processes that play one crowd, each its part, as one engine. */
export type Crew = {
  engine: Engine;
  route(endpoints: readonly Endpoint[]): void;
  /** Closes every connection and lets the processes go. */
  close(): Promise<void>;
};

/** Processes of our own. */
export type OwnCrew = Crew & {
  /** Resolves when play has begun: whatever nobody needs before that can wait for it. Or when there will be no play. */
  begun: Promise<void>;
};

export type CrewOptions = {
  clock: Clock;
  /** What the clock that all processes share says more than ours, ms. */
  sharedAheadMs: number;
  hands: readonly Hand[];
  /** What each plays, in the order of the hands. */
  parts: Promise<readonly Part[]>;
};

/** Time for the word to start, or to cut, to get to every process before its moment comes. */
const leadMs = 25;
/** A process that plays alone has nobody to begin with: the word is there in a millisecond or two. */
const loneLeadMs = 5;
/** A process that cannot be reached in so long a time is not playing either. */
const leadMsMax = 10_000;

export function createCrew(options: CrewOptions): OwnCrew {
  const roll = new Roll(options.hands);
  const prepared = options.parts.then((parts) => roll.prepare(parts));
  // Whoever starts play gets the rejection; until then nobody has to.
  prepared.catch(() => {});
  const engine = new CrewEngine(options, roll, prepared);
  return {
    engine,
    begun: engine.begun.promise,
    route(endpoints) {
      prepared.then(() => roll.askAll('route', endpoints)).catch(() => {});
    },
    async close() {
      engine.begun.resolve();
      // Where play never began there is nothing to close.
      if (engine.hasBegun) await roll.askAll('close', null).catch(() => {});
      await Promise.all(options.hands.map((hand) => hand.dismiss()));
    },
  };
}

/** Before play has begun there is nothing to ask anybody. */
class CrewEngine implements Engine {
  readonly begun = Promise.withResolvers<void>();
  private readonly clock: Clock;
  private readonly sharedAheadMs: number;
  private readonly startLeadMs: number;
  private readonly roll: Roll;
  private readonly prepared: Promise<unknown>;
  private startedMs: number | null = null;
  private stopped: Promise<number> | null = null;

  constructor({ clock, sharedAheadMs, hands }: CrewOptions, roll: Roll, prepared: Promise<unknown>) {
    this.clock = clock;
    this.sharedAheadMs = sharedAheadMs;
    this.startLeadMs = hands.length === 1 ? loneLeadMs : leadMs;
    this.roll = roll;
    this.prepared = prepared;
  }

  get hasBegun(): boolean {
    return this.startedMs !== null;
  }

  async start(): Promise<void> {
    await this.prepared;
    this.startedMs = this.clock.nowMs() + this.startLeadMs;
    await this.roll.askAll('start', { atMs: this.startedMs + this.sharedAheadMs });
    await this.until(0);
    this.begun.resolve();
  }

  nowMs(): number {
    return this.startedMs === null ? 0 : this.clock.nowMs() - this.startedMs;
  }

  cut(): Promise<number> {
    return this.split(false);
  }

  /** Ahead of time, so that every process splits before anything has begun behind the split. */
  private async split(isLast: boolean): Promise<number> {
    if (!this.hasBegun) return 0;
    for (let aheadMs = leadMs; aheadMs < leadMsMax; aheadMs *= 2) {
      const atMs = this.nowMs() + aheadMs;
      const inTime = await this.roll.askAll('cut', { atMs, isLast });
      if (!inTime.every((heard) => heard)) continue;
      await this.until(atMs);
      return atMs;
    }
    throw new Error(`The processes of players do not hear a word within ${leadMsMax / 1000} s.`);
  }

  async figures(fromMs: number, toMs: number): Promise<StretchFigures> {
    const sum = emptyStretch(fromMs, toMs);
    for (const part of await this.ask('figures', { fromMs, toMs })) addBeside(sum, part);
    return sum;
  }

  async settled(): Promise<readonly StretchFigures[]> {
    return this.hasBegun ? this.roll.settled() : [];
  }

  async examples(fromMs: number, toMs: number): Promise<readonly Example[]> {
    return (await this.ask('examples', { fromMs, toMs })).flat();
  }

  async generator(): Promise<GeneratorFigures> {
    return together(await this.ask('generator', null), this.roll.lost);
  }

  async crowd(): Promise<CrowdFigures> {
    return sumOf(await this.ask('crowd', null));
  }

  stop(): Promise<number> {
    this.stopped ??= this.haltAndEnd();
    return this.stopped;
  }

  private async ask<Name extends OrderName>(name: Name, asked: Orders[Name]['asked']): Promise<readonly Orders[Name]['answer'][]> {
    return this.hasBegun ? this.roll.askAll(name, asked) : [];
  }

  /** Whoever stops last says when play ended. */
  private async haltAndEnd(): Promise<number> {
    if (!this.hasBegun) return 0;
    const lastMs = await this.split(true);
    const ends = await this.roll.askAll('halt', null);
    await this.roll.askAll('end', { atMs: Math.max(lastMs, ...ends) });
    return lastMs;
  }

  /** Timers count whole milliseconds, and may ring a fraction of one too early. */
  private async until(ms: number): Promise<void> {
    while (this.nowMs() < ms) await sleep(this.clock, Math.ceil(ms - this.nowMs()));
  }
}

function together(parts: readonly GeneratorFigures[], lost: readonly string[]): GeneratorFigures {
  const all: GeneratorFigures = { lagUs: emptyHistogram(), dropped: 0, cpuShare: 0, rssBytesMax: 0, lost: [...lost] };
  for (const part of parts) {
    merge(all.lagUs, part.lagUs);
    all.dropped += part.dropped;
    all.cpuShare += part.cpuShare;
    all.rssBytesMax += part.rssBytesMax;
  }
  return all;
}

function sumOf(parts: readonly CrowdFigures[]): CrowdFigures {
  const sum: CrowdFigures = { players: 0, sessions: 0, turnedAway: 0 };
  for (const part of parts) {
    sum.players += part.players;
    sum.sessions += part.sessions;
    sum.turnedAway += part.turnedAway;
  }
  return sum;
}
