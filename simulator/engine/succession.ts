import { TimingWheel } from '../../core/timing-wheel.ts';
import { arrivalMs, type Crowd, successorDelayMs, successorOf } from '../crowd/crowd.ts';
import type { Arrivals, Shard } from './cast.ts';

/** The crowd's first journeys by their arrival, and after each that ended its successor: as many play all the time. */
export class Succession implements Arrivals {
  atMs = Number.POSITIVE_INFINITY;
  journey = -1;
  readonly playersMax: number;
  private readonly crowd: Crowd;
  private readonly shard: Shard;
  private readonly wheel = new TimingWheel();
  /** The journey of each line of succession. */
  private readonly journeys: number[] = [];
  private line = -1;

  constructor(crowd: Crowd, shard: Shard) {
    this.crowd = crowd;
    this.shard = shard;
    for (let journey = shard.index; journey < crowd.players; journey += shard.of) {
      this.wheel.add(this.journeys.length, arrivalMs(crowd, journey));
      this.journeys.push(journey);
    }
    this.playersMax = this.journeys.length;
    this.next();
  }

  next(): void {
    this.atMs = this.wheel.nextDueMs;
    this.line = Number.isFinite(this.atMs) ? this.wheel.take(this.atMs) : -1;
    this.journey = this.line < 0 ? -1 : (this.journeys[this.line] as number);
  }

  ended(journey: number, atMs: number): void {
    const line = ((journey % this.crowd.players) - this.shard.index) / this.shard.of;
    this.journeys[line] = successorOf(this.crowd, journey);
    const waiting = { line: this.line, atMs: this.atMs };
    this.wheel.add(line, atMs + successorDelayMs(this.crowd, journey));
    if (waiting.line >= 0) this.wheel.add(waiting.line, waiting.atMs);
    this.next();
  }
}
