import { type Clock, sleep } from '../../core/clock.ts';
import type { CrowdFigures, Engine } from '../engine/engine.ts';
import type { GeneratorFigures } from '../measure/figures.ts';
import { emptyHistogram, merge } from '../measure/histogram.ts';
import { addBeside, emptyStretch } from '../measure/stretch.ts';
import type { Endpoint } from '../transports/transport.ts';
import { type Hand, HandLost } from './hand.ts';
import type { OrderName, Orders, Part } from './orders.ts';
import { Sheaf } from './sheaf.ts';

/** Several processes that play one crowd, each its part, as one engine. */
export type Crew = {
  engine: Engine;
  route(endpoints: readonly Endpoint[]): void;
  /** Closes every connection and lets the processes go. */
  close(): Promise<void>;
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
/** A process that cannot be reached in so long a time is not playing either. */
const leadMsMax = 10_000;

export function createCrew({ clock, sharedAheadMs, hands, parts }: CrewOptions): Crew {
  const live = new Map(hands.map((hand) => [hand, new Sheaf()] as const));
  const lost: string[] = [];
  const prepared = parts.then((all) => Promise.all(hands.map((hand, index) => askOne(hand, 'prepare', all[index] as Part))));
  // Whoever starts play gets the rejection; until then nobody has to.
  prepared.catch(() => {});
  let startedMs: number | null = null;
  let stopped: Promise<void> | null = null;

  /** The answer of one, null where it has been lost: then it is named, and play goes on without its part. */
  async function askOne<Name extends OrderName>(
    hand: Hand,
    name: Name,
    asked: Orders[Name]['asked'],
  ): Promise<{ hand: Hand; answer: Orders[Name]['answer'] } | null> {
    try {
      return { hand, answer: await hand.ask(name, asked) };
    } catch (error) {
      if (!(error instanceof HandLost)) throw error;
      if (live.delete(hand)) lost.push(error.message);
      return null;
    }
  }

  async function askAll<Name extends OrderName>(name: Name, asked: Orders[Name]['asked']) {
    const answers = await Promise.all([...live.keys()].map((hand) => askOne(hand, name, asked)));
    const given = answers.filter((answer) => answer !== null);
    if (given.length === 0) throw new Error(`No process of players is left: ${lost.join('; ')}`);
    return given;
  }

  const nowMs = () => (startedMs === null ? 0 : clock.nowMs() - startedMs);

  /** Timers count whole milliseconds, and may ring a fraction of one too early. */
  async function until(ms: number): Promise<void> {
    while (nowMs() < ms) await sleep(clock, Math.ceil(ms - nowMs()));
  }

  async function start(): Promise<void> {
    await prepared;
    startedMs = clock.nowMs() + leadMs;
    await askAll('start', { atMs: startedMs + sharedAheadMs });
    await until(0);
  }

  /** Ahead of time, so that every process splits before anything has begun behind the split. */
  async function cut(): Promise<number> {
    for (let aheadMs = leadMs; aheadMs < leadMsMax; aheadMs *= 2) {
      const atMs = nowMs() + aheadMs;
      const inTime = await askAll('cut', { atMs });
      if (!inTime.every(({ answer }) => answer)) continue;
      await until(atMs);
      return atMs;
    }
    throw new Error(`The processes of players do not hear a word within ${leadMsMax / 1000} s.`);
  }

  async function settled() {
    for (const { hand, answer } of await askAll('settled', null)) live.get(hand)?.add(answer);
    return Sheaf.together([...live.values()]);
  }

  async function stop(): Promise<void> {
    if (startedMs === null) return;
    const ends = await askAll('halt', null);
    await askAll('end', { atMs: Math.max(...ends.map(({ answer }) => answer)) });
  }

  const engine: Engine = {
    start,
    nowMs,
    cut,
    settled,
    async figures(fromMs, toMs) {
      const sum = emptyStretch(fromMs, toMs);
      for (const { answer } of await askAll('figures', { fromMs, toMs })) addBeside(sum, answer);
      return sum;
    },
    examples: async (fromMs, toMs) => (await askAll('examples', { fromMs, toMs })).flatMap(({ answer }) => answer),
    generator: async () =>
      together(
        (await askAll('generator', null)).map(({ answer }) => answer),
        lost,
      ),
    crowd: async () => sumOf((await askAll('crowd', null)).map(({ answer }) => answer)),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
  return {
    engine,
    route(endpoints) {
      prepared.then(() => askAll('route', endpoints)).catch(() => {});
    },
    async close() {
      // Who has not even been prepared has nothing to close.
      if (startedMs !== null) await Promise.all([...live.keys()].map((hand) => askOne(hand, 'close', null)));
      await Promise.all(hands.map((hand) => hand.dismiss()));
    },
  };
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
