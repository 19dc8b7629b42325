import { judge, leaveUnanswered } from './judge.ts';
import type { Ask, Life, Player } from './player.ts';

/** Who is on stage and who comes after: what a replay needs of a crowd. */
export type Cast = {
  players: number;
  player(journey: number): Player;
  arrivalMs(journey: number): number;
  successorOf(journey: number): number;
  successorDelayMs(journey: number): number;
};

/** How the service answers in the script, and after how long. A stalled one is given up when the player's patience ends. */
export type ScriptedReply =
  | { kind: 'answered'; afterMs: number; status: number; body: string }
  | { kind: 'stalled' }
  | { kind: 'unreachable'; afterMs: number };

export type Script = (ask: Ask, step: number) => ScriptedReply;

/** One decision of one player: it makes a move (read `player.ask` at once: it is reused) or leaves for good. */
export type Decision = { atMs: number; player: Player; leaves: boolean };

type Actor = { player: Player; life: Life; dueMs: number };

/**
 * Plays a crowd against a script, on time that exists only here: no clock, no network, whole milliseconds. Decisions come in
 * the order in which they are made, ties by journey, so that every engine that runs this says the same, line by line.
 * Endless as long as somebody plays: the reader stops it.
 */
export function* decisions(cast: Cast, script: Script): Generator<Decision, void, void> {
  const actors: Actor[] = [];
  for (let journey = 0; journey < cast.players; journey++) actors.push(enter(cast, journey, cast.arrivalMs(journey)));
  for (let step = 0; actors.length > 0; ) {
    const index = nextToAct(actors);
    const { player, life, dueMs } = actors[index] as Actor;
    const leaves = life.next().done === true;
    yield { atMs: dueMs, player, leaves };
    if (leaves) {
      const successor = cast.successorOf(player.journey);
      actors[index] = enter(cast, successor, dueMs + cast.successorDelayMs(player.journey));
      continue;
    }
    (actors[index] as Actor).dueMs = dueMs + player.ask.gapMs + (sends(player.ask) ? answer(player, script(player.ask, step)) : 0);
    if (sends(player.ask)) step += 1;
  }
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
    case 'stalled':
      leaveUnanswered(player.answer, 'unknown');
      return player.ask.patienceMs;
    case 'unreachable':
      leaveUnanswered(player.answer, 'unreachable');
      return reply.afterMs;
  }
}

function enter(cast: Cast, journey: number, dueMs: number): Actor {
  const player = cast.player(journey);
  return { player, life: player.persona.behave(player), dueMs };
}

/** A look at everybody: a few hundred players at most are replayed, and a plain scan has no order of its own. */
function nextToAct(actors: readonly Actor[]): number {
  let next = 0;
  for (let index = 1; index < actors.length; index++) {
    if (isEarlier(actors[index] as Actor, actors[next] as Actor)) next = index;
  }
  return next;
}

function isEarlier(one: Actor, other: Actor): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.player.journey < other.player.journey);
}
