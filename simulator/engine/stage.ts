import type { Arrivals } from '../../core/arrivals.ts';
import type { Clock } from '../../core/clock.ts';
import type { Operation } from '../../core/outcome.ts';
import { random } from '../../core/random.ts';
import { createSimulatedClock, type SimulatedClock } from '../../core/simulated-clock.ts';
import type { Crowd } from '../crowd/crowd.ts';
import type { StretchFigures } from '../measure/figures.ts';
import { blankAnswer, blankAsk } from '../players/blank.ts';
import { emptyLand } from '../players/land.ts';
import type { Ask, Life, Player } from '../players/player.ts';
import { pickRetryStyle } from '../players/retry-style.ts';
import { createMemoryTransport, type MemoryTransport, type Script, type ScriptedReply } from '../transports/memory.ts';
import { type Cast, castOf } from './cast.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine-of-crowd.ts';
import { speechOfText } from './speech.ts';

/** A simulated stage for tests of the engine: players who do exactly what the test says, a service that follows a script. */
export type Stage = {
  engine: Engine;
  clock: SimulatedClock;
  transport: MemoryTransport;
  /** Starts, plays for so long, and stops. */
  play(forMs: number): Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
  /** Of the whole run. */
  figures(): Promise<StretchFigures>;
};

export type StageOptions = {
  script: Script;
  clock?: SimulatedClock;
  pods?: readonly string[];
  inFlightMax?: number;
} & (
  | { crowd: Crowd }
  | {
      players: number;
      behave: (player: Player) => Life;
      patienceMs?: number;
      sessionMs?: number;
      judge?: Cast['judge'];
      arrivals?: Cast['arrivals'];
    }
);

export function createStage(options: StageOptions): Stage {
  const { script, clock = createSimulatedClock(), pods = ['a'], inFlightMax } = options;
  const transport = createMemoryTransport(clock, script);
  transport.route(pods.map((pod) => ({ pod, origin: `http://${pod}.test`, basePath: '' })));
  const cast = 'crowd' in options ? castOf(options.crowd, { pool: [{ members: '"build":"1"', bytes: 11 }] }) : scriptedCast(options);
  const engine = createEngine({
    clock,
    transport,
    cast,
    vitals: () => ({ cpuSeconds: 0, rssBytes: 0 }),
    ...(inFlightMax === undefined ? {} : { inFlightMax }),
  });
  async function stop(): Promise<void> {
    let over = false;
    const stopped = engine.stop().finally(() => {
      over = true;
    });
    for (let waitedMs = 0; waitedMs < 60_000 && !over; waitedMs++) await clock.runFor(waitedMs === 0 ? 0 : 1);
    await stopped;
  }
  return {
    engine,
    clock,
    transport,
    async play(forMs) {
      await engine.start();
      await clock.runFor(forMs);
      await stop();
    },
    stop,
    figures: () => engine.figures(0, engine.nowMs()),
  };
}

/** A useful answer, or another body. */
export function ok(afterMs: number, body = 'ok'): ScriptedReply {
  return { kind: 'answered', afterMs, status: 200, body };
}

export function act(player: Player, kind: Operation, gapMs: number): Ask {
  player.ask.kind = kind;
  player.ask.gapMs = gapMs;
  player.ask.patienceMs = player.persona.patienceMs;
  return player.ask;
}

export function pause(player: Player, gapMs: number): Ask {
  player.ask.kind = 'pause';
  player.ask.gapMs = gapMs;
  return player.ask;
}

/** Search at once, then spawns and biome after these gaps, as far as the answers are of use. */
export function chain([spawnsMs, biomeMs]: readonly [number, number]): (player: Player) => Iterable<Ask> {
  const links: readonly [Operation, number][] = [
    ['search', 0],
    ['spawns', spawnsMs],
    ['biome', biomeMs],
  ];
  return function* (player) {
    const { ask } = player;
    yield Object.assign(ask, { kind: 'chain', chain: 'begun' });
    let useful = true;
    for (const [kind, gapMs] of links) {
      if (!useful) break;
      yield act(player, kind, gapMs);
      useful = player.answer.outcome === 'ok';
    }
    yield Object.assign(ask, { kind: 'chain', chain: useful ? 'useful' : 'lost' });
  };
}

/** A clock on which nothing rings between two times: what was to ring then rings at the end, as when the event loop hangs. */
export function late(clock: SimulatedClock, fromMs: number, toMs: number): SimulatedClock {
  const after: Clock['after'] = (delayMs, callback) => {
    const atMs = clock.nowMs() + delayMs;
    return clock.after(atMs >= fromMs && atMs < toMs ? toMs - clock.nowMs() : delayMs, callback);
  };
  return { ...clock, after };
}

function scriptedCast(options: Extract<StageOptions, { players: number }>): Cast {
  const { players, behave, patienceMs = 10_000, sessionMs = Number.MAX_SAFE_INTEGER, judge = judgeByBody } = options;
  return {
    playersMax: players,
    arrivals: options.arrivals ?? (() => allAtOnce(players)),
    player: (journey) => ({ ...playerOf(journey, behave, patienceMs), sessionMs }),
    speech: speechOfText((player, sequence) => ({
      method: 'GET',
      path: `/${player.ask.kind}`,
      body: null,
      requestId: `r-${player.journey}-${sequence}`,
    })),
    judge,
  };
}

function allAtOnce(players: number): Arrivals {
  let journey = 0;
  return {
    get atMs() {
      return journey < players ? 0 : Number.POSITIVE_INFINITY;
    },
    get journey() {
      return journey;
    },
    next() {
      journey += 1;
    },
  };
}

function playerOf(journey: number, behave: (player: Player) => Life, patienceMs: number): Player {
  const retries = { retriesMax: 0, baseMs: 0, capMs: 0, quitPerMille: 0 };
  return {
    journey,
    playerId: `p-${journey}`,
    sessionId: `s-${journey}`,
    persona: { name: 'scripted', description: '', behave, patienceMs, retries },
    sessionMs: Number.MAX_SAFE_INTEGER,
    fresh: true,
    clockMs: 0,
    party: null,
    group: 0,
    land: emptyLand,
    retryStyle: pickRetryStyle(random(1, journey, 2), { backoff: 1 }),
    setbacks: 0,
    random: random(1, journey),
    world: 'w',
    x: 0,
    y: 0,
    z: 0,
    ask: blankAsk(),
    answer: blankAnswer(),
  };
}

const judgeByBody: Cast['judge'] = (_ask, reply, answer) => {
  answer.status = reply.status;
  answer.outcome = reply.status >= 400 ? 'refused' : reply.text() === 'ok' ? 'ok' : 'empty';
  return answer.outcome === 'ok' ? '' : 'nothing of use';
};
