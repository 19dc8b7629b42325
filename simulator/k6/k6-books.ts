import type { Example, GeneratorFigures } from '../measure/figures.ts';
import { emptyHistogram, record } from '../measure/histogram.ts';
import { endChainLost, endChainUseful, endSent, endUnsent, noteJoined, noteLeft, planAction, planChain } from '../measure/recorder.ts';
import { createShelf } from '../measure/shelf.ts';
import { Timeline } from '../measure/timeline.ts';
import type { K6Event } from './event-lines.ts';

/** How long a second stays open: a chain with all its retries has ended by then. As in simulator/k6/extension/seconds.go. */
export const heldMs = 90_000;

/** Counts what k6's players did on a time axis that can be cut anywhere. k6 tells of an action when it has ended. */
export class K6Books {
  readonly timeline = new Timeline();
  readonly shelf = createShelf();
  players = 0;
  sessions = 0;
  /** What begins then or later is not counted: play was over. */
  lastMs = Number.POSITIVE_INFINITY;
  private readonly lagUs = emptyHistogram();
  private dropped = 0;
  private handedOutMs = 0;
  private late = 0;

  take(told: K6Event): void {
    if ('atMs' in told && told.atMs >= this.lastMs) return;
    if ('atMs' in told && told.atMs < this.handedOutMs) {
      this.late += 1;
      return;
    }
    switch (told.event) {
      case 'joined':
        this.players += 1;
        this.sessions += 1;
        noteJoined(this.timeline, told.atMs);
        break;
      case 'left':
        this.players -= 1;
        noteLeft(this.timeline, told.atMs);
        break;
      case 'lag':
        record(this.lagUs, told.lagUs);
        break;
      case 'action':
        this.countAction(told);
        break;
      case 'chain':
        this.countChain(told);
        break;
    }
  }

  cut(atMs: number): void {
    this.timeline.cut(atMs);
    this.shelf.cut(atMs);
  }

  settled(horizonMs: number): ReturnType<Timeline['settled']> {
    const slices = this.timeline.settled(horizonMs);
    this.handedOutMs = slices.at(-1)?.toMs ?? this.handedOutMs;
    return slices;
  }

  generator(): GeneratorFigures {
    const lost = this.late === 0 ? [] : [`${this.late} things ended so late that they are not in the figures`];
    return { lagUs: this.lagUs, dropped: this.dropped, cpuShare: 0, rssBytesMax: 0, lost };
  }

  private countAction(told: Extract<K6Event, { event: 'action' }>): void {
    const { atMs, operation, outcome } = told;
    const slice = planAction(this.timeline, operation, atMs);
    if (outcome === 'unreachable' || outcome === 'dropped' || outcome === 'abandoned') endUnsent(slice, operation, outcome);
    else endSent(slice, operation, told);
    if (outcome === 'dropped') this.dropped += 1;
    if (outcome !== 'ok' && this.shelf.wants(operation, outcome, atMs)) this.shelf.put(exampleOf(told));
  }

  private countChain({ atMs, result, latencyUs }: Extract<K6Event, { event: 'chain' }>): void {
    const slice = planChain(this.timeline, atMs);
    if (result === 'useful') endChainUseful(slice, latencyUs);
    else endChainLost(slice, result === 'completed');
  }
}

/** `7-12-3` is seed, journey and number of the request. */
function exampleOf({ atMs, operation, outcome, status, requestId }: Extract<K6Event, { event: 'action' }>): Example {
  const journey = Number(requestId.split('-')[1] ?? -1);
  return {
    journey: Number.isInteger(journey) ? journey : -1,
    requestId,
    atMs,
    operation,
    outcome,
    status,
    pod: '',
    detail: 'played by k6',
  };
}
