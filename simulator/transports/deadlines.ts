import type { Clock } from '../../core/clock.ts';
import { TimingWheel } from '../../core/timing-wheel.ts';

/**
 * The time limits of all players' exchanges on one alarm of the clock. A player's place in the wheel is left where it is when an
 * exchange ends, and looked at again when it comes up: most exchanges end in time and never touch the wheel.
 */
export class Deadlines {
  private readonly wheel = new TimingWheel();
  private readonly clock: Clock;
  private readonly onDue: (player: number, nowMs: number) => void;
  private readonly onAlarm = (): void => this.ring();
  private alarmAtMs = Number.POSITIVE_INFINITY;
  private cancelAlarm: () => void = nothing;

  /** `onDue` is called at or after the time last watched for, or earlier: whoever still waits then is to be watched anew. */
  constructor(clock: Clock, onDue: (player: number, nowMs: number) => void) {
    this.clock = clock;
    this.onDue = onDue;
  }

  watch(player: number, deadlineMs: number): void {
    const { wheel } = this;
    const standingMs = wheel.dueMsOf(player);
    if (standingMs <= deadlineMs) return;
    if (standingMs !== Number.POSITIVE_INFINITY) wheel.remove(player);
    wheel.add(player, deadlineMs);
    if (deadlineMs < this.alarmAtMs) this.setAlarm(deadlineMs);
  }

  /** Of everybody: nothing keeps the process alive any more. */
  forget(): void {
    for (let player = this.wheel.take(Number.MAX_VALUE); player >= 0; ) player = this.wheel.take(Number.MAX_VALUE);
    this.silence();
  }

  private ring(): void {
    this.alarmAtMs = Number.POSITIVE_INFINITY;
    const nowMs = this.clock.nowMs();
    for (let player = this.wheel.take(nowMs); player >= 0; player = this.wheel.take(nowMs)) this.onDue(player, nowMs);
    const { nextDueMs } = this.wheel;
    if (nextDueMs < this.alarmAtMs) this.setAlarm(nextDueMs);
  }

  private setAlarm(atMs: number): void {
    this.silence();
    this.alarmAtMs = atMs;
    this.cancelAlarm = this.clock.after(Math.max(0, atMs - this.clock.nowMs()), this.onAlarm);
  }

  private silence(): void {
    this.cancelAlarm();
    this.cancelAlarm = nothing;
    this.alarmAtMs = Number.POSITIVE_INFINITY;
  }
}

function nothing(): void {}
