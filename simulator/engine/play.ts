import type { Arrivals } from '../../core/arrivals.ts';
import type { Clock } from '../../core/clock.ts';
import type { Operation } from '../../core/outcome.ts';
import { TimingWheel } from '../../core/timing-wheel.ts';
import type { Player } from '../players/player.ts';
import type { Transport } from '../transports/transport.ts';
import { Actor, type Director } from './actor.ts';
import type { Books } from './books.ts';
import type { Cast } from './cast.ts';

export type PlayOptions = { clock: Clock; transport: Transport; cast: Cast; books: Books; inFlightMax: number };

/** More moves than this for each player without time passing: a behaviour never waits and would never let go. */
const movesMaxAtOnce = 1000;

/**
 * The players on the stage: resumes whoever is due, sends what they ask for, and goes on when it has ended. Journeys arrive in the
 * open, inside a journey a player waits for its answer (the partly-open model of Schroeder, Wierman and Harchol-Balter, NSDI 2006).
 * Times are milliseconds since play began. No promise and no closure per request.
 */
export class Play implements Director {
  /** Everything that was due before this has begun: nothing will be planned before it any more. */
  horizonMs = 0;
  /** What is due then or later does not begin any more. */
  lastMs = Number.POSITIVE_INFINITY;
  /** A fault of ours that happened in a callback, where nobody could catch it. Play has ended with it. */
  fault: Error | null = null;

  private readonly clock: Clock;
  private readonly transport: Transport;
  private readonly cast: Cast;
  private readonly books: Books;
  private readonly inFlightMax: number;
  private readonly wheel = new TimingWheel();
  private readonly arrivals: Arrivals;
  private readonly actors: Actor[] = [];
  /** Places where nobody plays. */
  private readonly free: Actor[] = [];
  private startMs = 0;
  private inFlight = 0;
  private alarmAtMs = Number.POSITIVE_INFINITY;
  private cancelAlarm: () => void = () => {};
  private ending: PromiseWithResolvers<void> | null = null;

  constructor({ clock, transport, cast, books, inFlightMax }: PlayOptions) {
    this.clock = clock;
    this.transport = transport;
    this.cast = cast;
    this.books = books;
    this.inFlightMax = inFlightMax;
    this.arrivals = cast.arrivals();
  }

  /** Play begins at that time of the clock. */
  start(startMs: number): void {
    this.startMs = startMs;
    this.arm();
  }

  nowMs(): number {
    return this.clock.nowMs() - this.startMs;
  }

  /** Nobody begins anything any more. Resolves when all that was sent has ended; rejects with the fault where there was one. */
  stop(): Promise<void> {
    if (this.ending === null) {
      this.ending = Promise.withResolvers<void>();
      this.sendHome();
    }
    return this.ending.promise;
  }

  landed(actor: Actor): void {
    try {
      this.land(actor);
    } catch (error) {
      this.fail(error);
    }
  }

  private nextDueMs(): number {
    return Math.min(this.wheel.nextDueMs, this.arrivals.atMs);
  }

  /** Starts everything that is due up to now, however late we are: ticks are never added up. */
  private sweep(nowMs: number): void {
    let moves = 0;
    for (let dueMs = this.nextDueMs(); dueMs <= nowMs && dueMs < this.lastMs; dueMs = this.nextDueMs()) {
      if (this.arrivals.atMs <= this.wheel.nextDueMs) {
        this.admit();
        continue;
      }
      moves += 1;
      if (moves > movesMaxAtOnce * this.actors.length) throw new RangeError('A behaviour moves on and on without ever waiting.');
      this.act(this.actors[this.wheel.take(nowMs)] as Actor);
    }
    this.horizonMs = nowMs;
    this.arm();
  }

  private act(actor: Actor): void {
    const { who } = actor;
    if (who === null) throw new RangeError(`Place ${actor.player} is due, but nobody plays there.`);
    const { kind } = who.ask;
    // A pause ends when it was meant to end: our own lateness must not hide in think time.
    if (kind === 'pause') this.advance(actor, who, actor.dueMs);
    else if (kind === 'relaunch') this.comeBack(actor, who);
    else this.begin(actor, who, kind as Operation);
  }

  private admit(): void {
    const { journey, atMs } = this.arrivals;
    this.arrivals.next();
    const actor = this.free.pop() ?? this.newPlace();
    if (actor === null) this.books.turnedAway += 1;
    else this.enter(actor, journey, atMs);
  }

  private newPlace(): Actor | null {
    if (this.actors.length >= this.cast.playersMax) return null;
    const actor = new Actor(this.actors.length, this, this.cast.speech, this.books);
    this.actors.push(actor);
    return actor;
  }

  private enter(actor: Actor, journey: number, atMs: number): void {
    const who = this.cast.player(journey, atMs);
    actor.who = who;
    actor.life = who.persona.behave(who);
    actor.sequence = 0;
    actor.arrivedMs = atMs;
    this.books.joined(this.nowMs());
    this.advance(actor, who, atMs);
  }

  /** The previous move ended at `endedMs`; what does the player do next, and when? */
  private advance(actor: Actor, who: Player, endedMs: number): void {
    if (!this.resume(actor, who) || this.ending !== null || isTimeToGo(actor, who, endedMs)) {
      this.leave(actor);
      return;
    }
    if (who.ask.kind === 'relaunch') this.goAway(actor);
    actor.dueMs = endedMs + who.ask.gapMs;
    this.wheel.add(actor.player, actor.dueMs);
  }

  /** On to the next move that takes time. False where the player leaves of its own accord. */
  private resume(actor: Actor, { ask }: Player): boolean {
    while (actor.life?.next().done === false) {
      if (ask.kind !== 'chain') return true;
      actor.chain.mark(ask.chain);
    }
    return false;
  }

  private begin(actor: Actor, who: Player, operation: Operation): void {
    const { books, inFlightMax } = this;
    books.plan(actor, operation);
    const clockMs = this.clock.nowMs();
    const nowMs = clockMs - this.startMs;
    const lagMs = nowMs - actor.dueMs;
    books.late(lagMs * 1000);
    if (this.inFlight >= inFlightMax || lagMs > who.ask.patienceMs) {
      books.forgo(actor, who, 'dropped');
      this.advance(actor, who, nowMs);
      return;
    }
    actor.sequence += 1;
    actor.timeoutMs = who.ask.patienceMs;
    this.inFlight += 1;
    this.transport.send(actor, clockMs);
  }

  private land(actor: Actor): void {
    const { who, reply } = actor;
    if (who === null) throw new RangeError(`An exchange of place ${actor.player} ended after its player had left.`);
    this.inFlight -= 1;
    this.books.close(actor, who, this.startMs);
    const endedMs = reply.endedAtMs - this.startMs;
    this.advance(actor, who, endedMs);
    if (this.ending !== null) this.endIfOver();
    else this.goOn(endedMs);
  }

  /** Whatever is due by now need not wait for the alarm. */
  private goOn(nowMs: number): void {
    const dueMs = this.nextDueMs();
    if (dueMs <= nowMs && dueMs < this.lastMs) this.sweep(nowMs);
    else this.arm(dueMs);
  }

  /** The game client closes, and will be back. */
  private goAway(actor: Actor): void {
    actor.away = true;
    this.transport.leave(actor.player);
    this.books.left(this.nowMs());
  }

  private comeBack(actor: Actor, who: Player): void {
    actor.away = false;
    this.books.joined(this.nowMs());
    this.advance(actor, who, actor.dueMs);
  }

  /** The journey ends, and its place is free. */
  private leave(actor: Actor): void {
    if (this.ending === null) actor.chain.end('lost');
    else actor.chain.cutShort();
    actor.who = null;
    actor.life = null;
    if (!actor.away) {
      this.books.left(this.nowMs());
      this.transport.leave(actor.player);
    }
    actor.away = false;
    this.free.push(actor);
  }

  /** What was due and had not begun is abandoned; what was not due yet was never planned. */
  private sendHome(): void {
    const { books, wheel } = this;
    const nowMs = this.nowMs();
    this.cancelAlarm();
    const dueMs = Math.min(nowMs, this.lastMs);
    for (let place = wheel.take(dueMs); place >= 0; place = wheel.take(dueMs)) {
      const actor = this.actors[place] as Actor;
      const { who } = actor;
      if (who === null || who.ask.kind === 'pause' || who.ask.kind === 'relaunch') continue;
      books.plan(actor, who.ask.kind as Operation);
      books.forgo(actor, who, 'abandoned');
    }
    for (const actor of this.actors) if (actor.who !== null && actor.slice === null) this.leave(actor);
    this.endIfOver();
  }

  private endIfOver(): void {
    if (this.inFlight === 0) this.ending?.resolve();
  }

  /** The alarm is only ever moved forward: one that rings too early finds nothing due, and sets the next. */
  private arm(dueMs = this.nextDueMs()): void {
    if (dueMs >= this.alarmAtMs || dueMs >= this.lastMs) return;
    this.cancelAlarm();
    this.alarmAtMs = dueMs;
    // Timers count whole milliseconds: a fraction would be cut off, the alarm ring early, and have to be set again.
    this.cancelAlarm = this.clock.after(Math.max(0, Math.ceil(dueMs - this.nowMs())), this.onAlarm);
  }

  private readonly onAlarm = (): void => {
    this.alarmAtMs = Number.POSITIVE_INFINITY;
    try {
      this.sweep(this.nowMs());
    } catch (error) {
      this.fail(error);
    }
  };

  private fail(error: unknown): void {
    this.fault ??= error instanceof Error ? error : new Error(String(error));
    this.cancelAlarm();
    this.ending ??= Promise.withResolvers<void>();
    // Whoever calls `stop` gets the rejection; until then nobody has to.
    this.ending.promise.catch(() => {});
    this.ending.reject(this.fault);
  }
}

/** Whoever means to be gone by then neither sits out a pause nor starts the game again. */
function isTimeToGo({ arrivedMs }: Actor, { ask, sessionMs }: Player, endedMs: number): boolean {
  return (ask.kind === 'pause' || ask.kind === 'relaunch') && endedMs + ask.gapMs > arrivedMs + sessionMs;
}
