import type { Arrivals } from '../../core/arrivals.ts';
import { DueQueue } from '../../core/due-queue.ts';
import { judge, leaveUnanswered } from './judge.ts';
import type { Answer, Ask, Life, Player } from './player.ts';

/** Who comes when: what a replay needs of a crowd. */
export type Cast = {
  arrivals(): Arrivals;
  player(journey: number): Player;
};

/** How the service answers in the script, and after how long. A stalled one is given up when the player's patience ends. */
export type ScriptedReply =
  | { kind: 'answered'; afterMs: number; status: number; body: string }
  /** An answer of use that nobody has to read: `fill` says what would be in it. Many times as fast. */
  | { kind: 'useful'; afterMs: number; fill: (ask: Ask, answer: Answer) => void }
  | { kind: 'stalled' }
  | { kind: 'unreachable'; afterMs: number };

export type Script = (ask: Ask, step: number) => ScriptedReply;

/** One decision of one player: it makes a move (read `player.ask` at once: it is reused) or leaves for good. */
export type Decision = { atMs: number; player: Player; leaves: boolean };

type Actor = { dueMs: number; journey: number; leavesMs: number; player: Player; life: Life };

/**
 * Plays a crowd against a script, on time that exists only here: no clock, no network, whole milliseconds. Decisions come in
 * the order in which they are made, ties by journey, so that every engine that runs this says the same, line by line.
 * Endless as long as somebody plays or arrives: the reader stops it.
 */
export function* decisions(cast: Cast, script: Script): Generator<Decision, void, void> {
  const arrivals = cast.arrivals();
  const stage = new DueQueue<Actor>();
  for (let step = 0; ; ) {
    letIn(cast, arrivals, stage);
    const actor = stage.take();
    if (actor === undefined) return;
    const { player, life, dueMs } = actor;
    const leaves = life.next().done === true || isTimeToGo(actor);
    yield { atMs: dueMs, player, leaves };
    if (leaves) continue;
    actor.dueMs += player.ask.gapMs + (sends(player.ask) ? answer(player, script(player.ask, step)) : 0);
    if (sends(player.ask)) step += 1;
    stage.add(actor);
  }
}

/** Everybody who arrives before, or when, the next one on stage is due. */
function letIn(cast: Cast, arrivals: Arrivals, stage: DueQueue<Actor>): void {
  for (; arrivals.atMs < Number.POSITIVE_INFINITY; arrivals.next()) {
    const { atMs, journey } = arrivals;
    if (stage.first !== undefined && stage.first.dueMs < atMs) return;
    const player = cast.player(journey);
    stage.add({ dueMs: atMs, journey, leavesMs: atMs + player.sessionMs, player, life: player.persona.behave(player) });
  }
}

/** Nobody begins a pause, or comes back from a relaunch, that ends after the session. */
function isTimeToGo({ player: { ask }, dueMs, leavesMs }: Actor): boolean {
  return (ask.kind === 'pause' || ask.kind === 'relaunch') && dueMs + ask.gapMs > leavesMs;
}

/** A decision as one line: when, who, what, after which gap, which try, with which parameters. */
export function writeDecision(decision: Decision): string {
  const { ask } = decision.player;
  const opening = `${decision.atMs} ${decision.player.journey} ${decision.player.persona.name}`;
  if (decision.leaves) return `${opening} leaves`;
  switch (ask.kind) {
    case 'pause':
      return `${opening} pause gap=${ask.gapMs}`;
    case 'relaunch':
      return `${opening} relaunch gap=${ask.gapMs}`;
    case 'chain':
      return `${opening} chain ${ask.chain}`;
    case 'search':
      return `${opening} ${tryOf(ask)} at=${ask.x},${ask.y},${ask.z} radius=${ask.size} rarity=${ask.rarityMin || 'any'} limit=${ask.limit}`;
    case 'spawns':
      return `${opening} ${tryOf(ask)} near=${ask.treasureId} radius=${ask.size}`;
    case 'biome':
      return `${opening} ${tryOf(ask)} at=${ask.x},${ask.z} size=${ask.size}`;
  }
}

function tryOf(ask: Ask): string {
  return `${ask.kind} gap=${ask.gapMs} try=${ask.attempt} world=${ask.world}`;
}

function sends(ask: Ask): boolean {
  return ask.kind !== 'pause' && ask.kind !== 'relaunch' && ask.kind !== 'chain';
}

/** Lets the player judge what came, and says how long that took, ms. */
function answer(player: Player, reply: ScriptedReply): number {
  switch (reply.kind) {
    case 'answered':
      judge(player.ask, reply.status, reply.body, player.answer);
      return reply.afterMs;
    case 'useful':
      reply.fill(player.ask, player.answer);
      return reply.afterMs;
    case 'stalled':
      leaveUnanswered(player.answer, 'unknown');
      return player.ask.patienceMs;
    case 'unreachable':
      leaveUnanswered(player.answer, 'unreachable');
      return reply.afterMs;
  }
}
