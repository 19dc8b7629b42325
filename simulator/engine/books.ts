import type { Operation } from '../../core/outcome.ts';
import { emptyHistogram, record } from '../measure/histogram.ts';
import {
  endChainLost,
  endChainUseful,
  endSent,
  endUnsent,
  noteJoined,
  noteLeft,
  planAction,
  planChain,
  takeChainBack,
} from '../measure/recorder.ts';
import type { Shelf } from '../measure/shelf.ts';
import type { Slice, Timeline } from '../measure/timeline.ts';
import type { ChainLedger, ChainResult } from '../players/chain-track.ts';
import { leaveUnanswered } from '../players/judge.ts';
import type { Player } from '../players/player.ts';
import { wordsOf } from '../transports/reply-words.ts';
import type { Actor } from './actor.ts';
import type { Cast } from './cast.ts';

/** Counts what the players do, each action exactly once: planned when it is due, closed when it ended. Times in ms since play began. */
export class Books implements ChainLedger<Slice> {
  readonly lagUs = emptyHistogram();
  dropped = 0;
  players = 0;
  sessions = 0;
  /** Journeys that came while every place was taken. */
  turnedAway = 0;
  private readonly cast: Cast;
  private readonly timeline: Timeline;
  private readonly shelf: Shelf;

  constructor(cast: Cast, timeline: Timeline, shelf: Shelf) {
    this.cast = cast;
    this.timeline = timeline;
    this.shelf = shelf;
  }

  joined(nowMs: number): void {
    this.players += 1;
    this.sessions += 1;
    noteJoined(this.timeline, nowMs);
  }

  left(nowMs: number): void {
    this.players -= 1;
    noteLeft(this.timeline, nowMs);
  }

  /** An action is due. */
  plan(actor: Actor, operation: Operation): void {
    actor.operation = operation;
    actor.slice = planAction(this.timeline, operation, actor.dueMs);
    actor.chain.actionDue(actor.dueMs);
  }

  beginChain(intendedMs: number): Slice {
    return planChain(this.timeline, intendedMs);
  }

  endChain(slice: Slice, result: ChainResult, latencyMs: number): void {
    if (result === 'useful') endChainUseful(slice, latencyMs * 1000);
    else endChainLost(slice, result === 'completed');
  }

  takeChainBack(slice: Slice): void {
    takeChainBack(slice);
  }

  /** It begins now. Late by so much, microseconds. */
  late(lagUs: number): void {
    record(this.lagUs, lagUs);
  }

  /** The exchange under way ended; the player's answer says how. */
  close(actor: Actor, who: Player, startMs: number): void {
    const { slice, operation, reply } = actor;
    if (slice === null) throw new RangeError(`An exchange of place ${actor.player} ended that was not under way.`);
    const detail = this.fill(actor, who);
    actor.slice = null;
    const { outcome, status } = who.answer;
    if (reply.kind === 'unreachable') endUnsent(slice, operation, 'unreachable');
    else {
      const endedMs = reply.endedAtMs - startMs;
      if (reply.kind === 'answered') actor.chain.answerCame(operation, endedMs);
      const latencyUs = (endedMs - actor.dueMs) * 1000;
      endSent(slice, operation, { outcome, status, latencyUs, serviceUs: (reply.endedAtMs - reply.sentAtMs) * 1000 });
    }
    if (outcome !== 'ok') this.keepExample(actor, who, detail);
  }

  /** It will not begin any more. */
  forgo(actor: Actor, who: Player, outcome: 'dropped' | 'abandoned'): void {
    const { slice, operation } = actor;
    if (slice === null) throw new RangeError(`Place ${actor.player} gives up an action that was not planned.`);
    actor.slice = null;
    if (outcome === 'dropped') this.dropped += 1;
    leaveUnanswered(who.answer, outcome);
    endUnsent(slice, operation, outcome);
    this.keepExample(actor, who, null);
  }

  /** Says in the player's answer what came. Returns one line for people. */
  private fill({ reply }: Actor, { ask, answer }: Player): string {
    if (reply.kind === 'answered') return this.cast.judge(ask, reply, answer);
    leaveUnanswered(answer, reply.kind);
    return wordsOf(reply);
  }

  /** `detail` is null where nothing was sent, so that there is no request to show either. */
  private keepExample({ operation, dueMs, sequence, reply }: Actor, who: Player, detail: string | null): void {
    const { outcome, status } = who.answer;
    if (!this.shelf.wants(operation, outcome, dueMs)) return;
    const asked =
      detail === null ? { requestId: '', pod: '' } : { requestId: this.cast.speech.text(who, sequence - 1).requestId, pod: reply.pod };
    this.shelf.put({ journey: who.journey, atMs: dueMs, operation, outcome, status, ...asked, detail: detail ?? '' });
  }
}
