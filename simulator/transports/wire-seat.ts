import type { Exchange } from './transport.ts';
import type { Connection } from './wire-connection.ts';

/** One player's place: what it waits for, and the connection that this goes over. */
export class Seat {
  readonly player: number;
  exchange: Exchange | null = null;
  /** `waiting`: nothing was sent yet. `ending`: what came of it is known, and about to be told. */
  state: 'idle' | 'waiting' | 'sent' | 'ending' = 'idle';
  /** With a connection of its own for as long as that lasts, with a shared one for an exchange. */
  connection: Connection | null = null;
  pod = '';
  sentAtMs = 0;
  /** When the player gives up. */
  deadlineMs = 0;
  /** When to look again: at the deadline, or earlier while the connection is being opened. */
  limitMs = 0;
  /** How many exchanges it has begun. */
  turn = 0;
  /** A standing connection proved dead before anything was written: once only. */
  relaunched = false;

  constructor(player: number) {
    this.player = player;
  }

  begin(exchange: Exchange, nowMs: number): void {
    if (this.state !== 'idle') throw new RangeError(`Player ${exchange.player} still waits for an answer.`);
    this.exchange = exchange;
    this.state = 'waiting';
    this.pod = '';
    this.sentAtMs = nowMs;
    this.deadlineMs = nowMs + exchange.timeoutMs;
    this.limitMs = this.deadlineMs;
    this.relaunched = false;
    this.turn += 1;
  }

  get isUnderWay(): boolean {
    return this.state === 'waiting' || this.state === 'sent';
  }

  /** Tells the end. From here on the exchange is its owner's again. */
  land(nowMs: number): void {
    const { exchange } = this;
    if (exchange === null) return;
    this.exchange = null;
    this.state = 'idle';
    exchange.reply.pod = this.pod;
    exchange.reply.sentAtMs = this.sentAtMs;
    exchange.reply.endedAtMs = nowMs;
    exchange.ended();
  }
}
