import type { Operation } from '../../../core/outcome.ts';
import { type ChainLedger, ChainTrack } from '../../players/chain-track.ts';
import { leaveUnanswered } from '../../players/judge.ts';
import type { Ask, Life, Player } from '../../players/player.ts';

/** How an exchange ended, and when: ms since play began. */
export type Landing = { kind: 'answered' | 'unknown' | 'unreachable'; endedMs: number; serviceMs: number; requestId: string };

/** Everything outside of a player that its journey needs. Times are ms since play began. */
export interface Scene {
  /** Play ends then: what is due later does not begin. */
  readonly endMs: number;
  nowMs(): number;
  waitUntil(ms: number): void;
  /** Sends what the player asks for and fills its answer where one came. */
  send(player: Player, sequence: number): Landing;
  readonly books: Books;
}

/** Where everything is counted, each action once, by its intended start; a chain is known by its first one's. */
export interface Books extends ChainLedger<number> {
  joined(nowMs: number): void;
  left(nowMs: number): void;
  /** It begins, late by so much. */
  began(operation: Operation, dueMs: number, lagMs: number): void;
  sent(operation: Operation, player: Player, action: SentAction): void;
  unsent(operation: Operation, dueMs: number, outcome: 'unreachable' | 'dropped' | 'abandoned'): void;
}

export type SentAction = { dueMs: number; latencyMs: number; serviceMs: number; requestId: string };

/**
 * One journey from arrival to departure, as `simulator/engine/play.ts` plays it: the same order, the same moments at which a player
 * leaves. It blocks while the player waits, because each player of k6 is a thread of its own.
 */
export function playJourney(player: Player, arrivedMs: number, scene: Scene): void {
  scene.waitUntil(arrivedMs);
  scene.books.joined(scene.nowMs());
  const journey = { player, scene, life: player.persona.behave(player), chain: new ChainTrack(scene.books), sequence: 0, away: false };
  const isOver = live(journey, arrivedMs);
  if (isOver) journey.chain.cutShort();
  else journey.chain.end('lost');
  if (!journey.away) scene.books.left(scene.nowMs());
}

type Journey = { player: Player; scene: Scene; life: Life; chain: ChainTrack<number>; sequence: number; away: boolean };

/** True where play ended first. */
function live(journey: Journey, arrivedMs: number): boolean {
  const { player, scene } = journey;
  const { ask } = player;
  for (let endedMs = arrivedMs; ; ) {
    if (!resume(journey) || isTimeToGo(ask, endedMs, arrivedMs + player.sessionMs)) return false;
    if (ask.kind === 'relaunch') goAway(journey);
    const dueMs = endedMs + ask.gapMs;
    scene.waitUntil(dueMs < scene.endMs ? dueMs : scene.endMs);
    if (dueMs >= scene.endMs) return true;
    endedMs = act(journey, dueMs);
  }
}

/** On to the next move that takes time. False where the player leaves of its own accord. */
function resume({ life, chain, player }: Journey): boolean {
  while (life.next().done !== true) {
    if (player.ask.kind !== 'chain') return true;
    chain.mark(player.ask.chain);
  }
  return false;
}

/** Whoever means to be gone by then neither sits out a pause nor starts the game again. */
function isTimeToGo({ kind, gapMs }: Ask, endedMs: number, leavesMs: number): boolean {
  return (kind === 'pause' || kind === 'relaunch') && endedMs + gapMs > leavesMs;
}

/** Does what is due; returns when it ended. A pause ends when it was meant to: our own lateness must not hide in think time. */
function act(journey: Journey, dueMs: number): number {
  const { ask } = journey.player;
  if (ask.kind === 'pause') return dueMs;
  if (ask.kind !== 'relaunch') return begin(journey, ask.kind as Operation, dueMs);
  journey.away = false;
  journey.scene.books.joined(journey.scene.nowMs());
  return dueMs;
}

function goAway(journey: Journey): void {
  journey.away = true;
  journey.scene.books.left(journey.scene.nowMs());
}

function begin(journey: Journey, operation: Operation, dueMs: number): number {
  const { player, scene, chain } = journey;
  const { books } = scene;
  chain.actionDue(dueMs);
  const nowMs = scene.nowMs();
  if (nowMs >= scene.endMs) return forgo(journey, operation, { dueMs, nowMs, outcome: 'abandoned' });
  books.began(operation, dueMs, nowMs - dueMs);
  if (nowMs - dueMs > player.ask.patienceMs) return forgo(journey, operation, { dueMs, nowMs, outcome: 'dropped' });
  const landing = scene.send(player, journey.sequence);
  journey.sequence += 1;
  if (landing.kind !== 'answered') leaveUnanswered(player.answer, landing.kind);
  if (landing.kind === 'unreachable') books.unsent(operation, dueMs, 'unreachable');
  else {
    if (landing.kind === 'answered') chain.answerCame(operation, landing.endedMs);
    const { serviceMs, requestId } = landing;
    books.sent(operation, player, { dueMs, latencyMs: landing.endedMs - dueMs, serviceMs, requestId });
  }
  return landing.endedMs;
}

type Forgone = { dueMs: number; nowMs: number; outcome: 'dropped' | 'abandoned' };

/** It will not begin any more. */
function forgo({ player, scene }: Journey, operation: Operation, { dueMs, nowMs, outcome }: Forgone): number {
  leaveUnanswered(player.answer, outcome);
  scene.books.unsent(operation, dueMs, outcome);
  return nowMs;
}
