import type { Operation, Outcome } from '../../core/outcome.ts';
import { emptyHistogram, record } from '../measure/histogram.ts';
import { endSent, endUnsent, noteJoined, noteLeft, planAction } from '../measure/recorder.ts';
import type { Shelf } from '../measure/shelf.ts';
import type { Timeline } from '../measure/timeline.ts';
import { leaveUnanswered } from '../players/judge.ts';
import type { Player } from '../players/player.ts';
import { wordsOf } from '../transports/reply-words.ts';
import type { Reply } from '../transports/transport.ts';
import type { Actor } from './actor.ts';
import type { Cast } from './cast.ts';

/** Counts what the players do, each action exactly once: planned when it is due, closed when it ended. Times in ms since play began. */
export class Books {
  readonly lagUs = emptyHistogram();
  dropped = 0;
  players = 0;
  sessions = 0;
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
    actor.requestId = '';
    actor.slice = planAction(this.timeline, operation, actor.dueMs);
    actor.chain.actionDue(this.timeline, actor.dueMs);
  }

  /** It begins now. Late by so much, microseconds. */
  late(lagUs: number): void {
    record(this.lagUs, lagUs);
  }

  /** It ended; the player's answer says how. */
  close(actor: Actor, player: Player, reply: Reply, startMs: number): void {
    const detail = this.fill(player, reply);
    const { slice, operation } = actor;
    if (slice === null) throw new RangeError(`An exchange of slot ${actor.slot} ended that was not under way.`);
    actor.slice = null;
    const { outcome, status } = player.answer;
    if (reply.kind === 'unreachable') endUnsent(slice, operation, 'unreachable');
    else {
      const endedMs = reply.endedAtMs - startMs;
      if (reply.kind === 'answered') actor.chain.answerCame(operation, endedMs);
      const latencyUs = (endedMs - actor.dueMs) * 1000;
      endSent(slice, operation, { outcome, status, latencyUs, serviceUs: (reply.endedAtMs - reply.sentAtMs) * 1000 });
    }
    if (outcome !== 'ok') this.keepExample(actor, outcome, status, { pod: reply.pod, detail });
  }

  /** It will not begin any more. */
  forgo(actor: Actor, player: Player, outcome: 'dropped' | 'abandoned'): void {
    const { slice, operation } = actor;
    if (slice === null) throw new RangeError(`Slot ${actor.slot} gives up an action that was not planned.`);
    actor.slice = null;
    if (outcome === 'dropped') this.dropped += 1;
    leaveUnanswered(player.answer, outcome);
    endUnsent(slice, operation, outcome);
    this.keepExample(actor, outcome, 0, { pod: '', detail: '' });
  }

  /** Says in the player's answer what came. Returns one line for people. */
  private fill({ ask, answer }: Player, reply: Reply): string {
    if (reply.kind === 'answered') return this.cast.judge(ask, reply.status, reply.body, answer);
    leaveUnanswered(answer, reply.kind);
    return wordsOf(reply);
  }

  private keepExample(actor: Actor, outcome: Outcome, status: number, where: { pod: string; detail: string }): void {
    const { journey, requestId, dueMs: atMs, operation } = actor;
    if (!this.shelf.wants(operation, outcome, atMs)) return;
    this.shelf.put({ journey, requestId, atMs, operation, outcome, status, ...where });
  }
}
