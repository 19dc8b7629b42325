import { below, between, pick, pickWeighted } from '../../core/random.ts';
import { type ChainStyle, linkMs, playChain } from './chain.ts';
import { holdMs, residualMs } from './hold.ts';
import type { Act, Course, Moment, Node, Step } from './life-plan.ts';
import { biomeMapAt, type Chest, chestIn, pause, relaunch, searchTreasures } from './move.ts';
import type { Place } from './place.ts';
import type { Ask, Life, Player } from './player.ts';
import { givesUp, tryAgain } from './retry.ts';
import { appearAt, somewhereNear, stepTowards } from './walk.ts';

/** A portal takes so long, ms, drawn evenly. Assumed: a loading screen. */
export const portalMsMin = 2000;
export const portalMsMax = 5000;

/** Lives by a plan: acts, takes one of the ways from there, stays on it, acts again. */
export function* live(player: Player, course: Course): Life {
  let at = player.fresh ? course.enter.to : yield* joinIn(player, course);
  if (player.fresh) yield pause(player, holdMs(player.random, course.enter.hold));
  let home: Place = { x: player.x, y: player.y, z: player.z };
  for (;;) {
    const call = player.land.call(player);
    if (call !== null) {
      yield pause(player, between(player.random, portalMsMin, portalMsMax));
      appearAt(player, call);
      home = call;
    }
    if (at.act.does === 'leave') return;
    let chest: Chest | null = null;
    let useful = true;
    if (at.act.does === 'chain') {
      chest = yield* playChain(player, pick(player.random, at.act.styles));
      useful = chest !== null;
    } else if (at.act.does !== 'nothing') useful = yield* askOnce(player, at.act);
    if (!useful && (yield* givesUp(player))) return;
    const step = nextStep(player, at);
    const forMs = holdMs(player.random, step.hold);
    yield step.feet.go === 'out' ? relaunch(player, forMs) : pause(player, forMs);
    home = moveFeet(player, step, chest ?? player, { home, forMs });
    at = step.to;
  }
}

/** One of the ways from here, by their weights. */
export function nextStep({ random }: Player, { steps, weightSum }: Node): Step {
  let rest = below(random, weightSum);
  for (const step of steps) {
    rest -= step.weight;
    if (rest < 0) return step;
  }
  return steps[steps.length - 1] as Step;
}

/** A single question; true where an answer was of use. */
function* askOnce(player: Player, act: Extract<Act, { does: 'search' | 'map' }>): Generator<Ask, boolean, void> {
  if (act.does === 'search') yield searchTreasures(player, pick(player.random, act.settings), 0);
  else yield biomeMapAt(player, player, pick(player.random, act.sizes), 0);
  const useful = player.answer.outcome === 'ok' || (yield* tryAgain(player));
  if (useful) player.setbacks = 0;
  return useful;
}

/** Takes the feet where they have got to meanwhile; returns the place to roam around from now on. */
function moveFeet(player: Player, { feet }: Step, chest: Place, stay: { home: Place; forMs: number }): Place {
  switch (feet.go) {
    case 'chest':
      stepTowards(player, somewhereNear(player, chest, feet.reach), stay.forMs);
      return stay.home;
    case 'home':
      stepTowards(player, somewhereNear(player, stay.home, feet.reach), stay.forMs);
      return stay.home;
    case 'portal': {
      const goal = player.land.goal(player);
      appearAt(player, goal);
      return goal;
    }
    default:
      return stay.home;
  }
}

/**
 * Who is there from the start is met in the middle of its life: on a way, with what is left of the stay, or between two links of
 * a chain. Otherwise thousands would search in unison at the first moment. Returns the state that comes next.
 */
function* joinIn(player: Player, { moments, weights }: Course): Generator<Ask, Node, void> {
  const { step, from } = moments[pickWeighted(player.random, weights)] as Moment;
  if (step !== null) {
    yield pause(player, residualMs(player.random, step.hold));
    return step.to;
  }
  if (from.act.does === 'chain') yield* endChain(player, styleMet(player, from.act.styles));
  const next = nextStep(player, from);
  yield pause(player, holdMs(player.random, next.hold));
  return next.to;
}

/** Slow players are met inside a chain more often. */
function styleMet({ random }: Player, styles: readonly ChainStyle[]): ChainStyle {
  const lasts = styles.map(({ linkMsMin, linkMsMax }) => linkMsMin + linkMsMax);
  return styles[pickWeighted(random, lasts)] as ChainStyle;
}

/**
 * The rest of a chain that began before play did. Its search lies in the past and with it the treasure: who was about to ask for
 * the spawns searches once more, and then looks at the map as the chain would have; as many questions, at the same times. The
 * chain is nobody's: it did not begin here.
 */
function* endChain(player: Player, style: ChainStyle): Generator<Ask, void, void> {
  const leftMs = residualMs(player.random, { law: 'even', fromMs: style.linkMsMin, toMs: style.linkMsMax });
  if (below(player.random, 2) === 0) {
    yield biomeMapAt(player, player, style.mapSize, leftMs);
    return;
  }
  yield searchTreasures(player, style, leftMs);
  if (player.answer.outcome !== 'ok') return;
  yield biomeMapAt(player, chestIn(player), style.mapSize, linkMs(player, style));
}
