import type { Clock } from '../../core/clock.ts';
import type { Operation } from '../../core/outcome.ts';
import type { Player } from '../players/player.ts';
import type { Reply, Transport } from '../transports/transport.ts';
import { Actor } from './actor.ts';
import { Agenda } from './agenda.ts';
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
export class Play {
  /** Everything that was due before this has begun: nothing will be planned before it any more. */
  horizonMs = 0;
  /** A fault of ours that happened in a callback, where nobody could catch it. Play has ended with it. */
  fault: Error | null = null;

  private readonly options: PlayOptions;
  private readonly agenda = new Agenda();
  private readonly actors: Actor[] = [];
  private startMs = 0;
  private inFlight = 0;
  private alarmAtMs = Number.POSITIVE_INFINITY;
  private cancelAlarm: () => void = () => {};
  private ending: PromiseWithResolvers<void> | null = null;

  constructor(options: PlayOptions) {
    this.options = options;
  }

  start(): void {
    const { clock, cast } = this.options;
    this.startMs = clock.nowMs();
    for (let slot = 0; slot < cast.players; slot++) {
      const actor = new Actor(slot, this.onEnded);
      this.actors.push(actor);
      this.put(actor, cast.arrivalMs(slot));
    }
    this.arm();
  }

  nowMs(): number {
    return this.options.clock.nowMs() - this.startMs;
  }

  /** Nobody begins anything any more. Resolves when all that was sent has ended; rejects with the fault where there was one. */
  stop(): Promise<void> {
    if (this.ending === null) {
      this.ending = Promise.withResolvers<void>();
      this.sendHome();
    }
    return this.ending.promise;
  }

  /** Starts everything that is due up to now, however late we are: ticks are never added up. */
  private sweep(): void {
    const nowMs = this.nowMs();
    let moves = 0;
    for (let slot = this.agenda.take(nowMs); slot >= 0; slot = this.agenda.take(nowMs)) {
      moves += 1;
      if (moves > movesMaxAtOnce * this.actors.length) throw new RangeError('A behaviour moves on and on without ever waiting.');
      this.act(this.actors[slot] as Actor);
    }
    this.horizonMs = nowMs;
    this.arm();
  }

  private act(actor: Actor): void {
    const { player, dueMs } = actor;
    if (player === null) this.enter(actor);
    // A pause ends when it was meant to end: our own lateness must not hide in think time.
    else if (waits(player)) this.advance(actor, player, dueMs);
    else this.begin(actor, player, player.ask.kind as Operation);
  }

  private enter(actor: Actor): void {
    const player = this.options.cast.player(actor.journey);
    actor.player = player;
    actor.life = player.persona.behave(player);
    actor.sequence = 0;
    this.options.books.joined(this.nowMs());
    this.advance(actor, player, actor.dueMs);
  }

  /** The previous move ended at `endedMs`; what does the player do next, and when? */
  private advance(actor: Actor, player: Player, endedMs: number): void {
    const stays = this.resume(actor, player);
    if (stays && player.ask.kind === 'relaunch') this.options.transport.leave(actor.slot);
    if (stays && this.ending === null) this.put(actor, endedMs + player.ask.gapMs);
    else this.leave(actor, endedMs);
  }

  /** On to the next move that takes time. False where the player leaves of its own accord. */
  private resume(actor: Actor, { ask }: Player): boolean {
    while (actor.life?.next().done === false) {
      if (ask.kind !== 'chain') return true;
      actor.chain.mark(ask.chain);
    }
    return false;
  }

  private begin(actor: Actor, player: Player, operation: Operation): void {
    const { books, inFlightMax } = this.options;
    books.plan(actor, operation);
    const nowMs = this.nowMs();
    const lagMs = nowMs - actor.dueMs;
    books.late(lagMs * 1000);
    if (this.inFlight >= inFlightMax || lagMs > player.ask.patienceMs) {
      books.forgo(actor, player, 'dropped');
      this.advance(actor, player, nowMs);
    } else this.send(actor, player);
  }

  private send(actor: Actor, player: Player): void {
    const { transport, cast } = this.options;
    const { method, path, body, requestId } = cast.request(player, actor.sequence);
    actor.sequence += 1;
    actor.requestId = requestId;
    this.inFlight += 1;
    transport.send({ player: actor.slot, method, path, body, requestId, timeoutMs: player.ask.patienceMs }, actor.onEnded);
  }

  private land(actor: Actor, reply: Reply): void {
    const { player } = actor;
    if (player === null) throw new RangeError(`An exchange of slot ${actor.slot} ended after its player had left.`);
    this.inFlight -= 1;
    this.options.books.close(actor, player, reply, this.startMs);
    this.advance(actor, player, reply.endedAtMs - this.startMs);
    if (this.ending !== null) this.endIfOver();
    else if (this.agenda.nextDueMs <= this.nowMs()) this.sweep();
    else this.arm();
  }

  /** The journey ends. Its place goes to its successor, as long as there is play. */
  private leave(actor: Actor, atMs: number): void {
    const { books, transport, cast } = this.options;
    if (this.ending === null) actor.chain.end('lost');
    else actor.chain.cutShort();
    actor.player = null;
    actor.life = null;
    books.left(this.nowMs());
    transport.leave(actor.slot);
    if (this.ending !== null) return;
    const delayMs = cast.successorDelayMs(actor.journey);
    actor.journey = cast.successorOf(actor.journey);
    this.put(actor, atMs + delayMs);
  }

  /** What was due and had not begun is abandoned; what was not due yet was never planned. */
  private sendHome(): void {
    const { books } = this.options;
    const nowMs = this.nowMs();
    this.cancelAlarm();
    for (let slot = this.agenda.take(nowMs); slot >= 0; slot = this.agenda.take(nowMs)) {
      const actor = this.actors[slot] as Actor;
      const { player } = actor;
      if (player === null || waits(player)) continue;
      books.plan(actor, player.ask.kind as Operation);
      books.forgo(actor, player, 'abandoned');
    }
    for (const actor of this.actors) if (actor.player !== null && actor.slice === null) this.leave(actor, nowMs);
    this.endIfOver();
  }

  private endIfOver(): void {
    if (this.inFlight === 0) this.ending?.resolve();
  }

  private put(actor: Actor, dueMs: number): void {
    actor.dueMs = dueMs;
    this.agenda.add(actor.slot, dueMs);
  }

  /** The alarm is only ever moved forward: one that rings too early finds nothing due, and sets the next. */
  private arm(): void {
    const { nextDueMs } = this.agenda;
    if (nextDueMs >= this.alarmAtMs) return;
    this.cancelAlarm();
    this.alarmAtMs = nextDueMs;
    // Timers count whole milliseconds: a fraction would be cut off, the alarm ring early, and have to be set again.
    this.cancelAlarm = this.options.clock.after(Math.max(0, Math.ceil(nextDueMs - this.nowMs())), this.onAlarm);
  }

  private readonly onAlarm = (): void => {
    this.alarmAtMs = Number.POSITIVE_INFINITY;
    try {
      this.sweep();
    } catch (error) {
      this.fail(error);
    }
  };

  private readonly onEnded = (actor: Actor, reply: Reply): void => {
    try {
      this.land(actor, reply);
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

/** A pause, or the time that a game takes to start again: nothing is sent. */
function waits({ ask }: Player): boolean {
  return ask.kind === 'pause' || ask.kind === 'relaunch';
}
