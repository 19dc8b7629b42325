import type { ChainStyle } from './chain.ts';
import { type Hold, meanMs } from './hold.ts';
import type { SearchSettings } from './move.ts';

/**
 * A life as data: a semi-Markov process. In a state a player acts; then it takes one of the state's ways, stays on it for as
 * long as the law of that very way says, and is in the next state. Chains are one act, with gaps below a second.
 */
export type LifePlan = {
  /** How who has just arrived gets to its first act. */
  enter: Way;
  states: { readonly [state: string]: State };
};

export type State = { act: Act; ways: readonly Way[] };

export type Act =
  | { does: 'chain'; styles: readonly ChainStyle[] }
  | { does: 'search'; settings: readonly SearchSettings[] }
  | { does: 'map'; sizes: readonly number[] }
  | { does: 'nothing' }
  /** Leaves the game, content. */
  | { does: 'leave' };

export type Way = {
  to: string;
  /** Against the other ways of the state, a whole number. */
  weight: number;
  hold: Hold;
  feet: Feet;
};

/**
 * What the feet do meanwhile: rest; roam around the chest just found (or where the player stands), or around where it came
 * out of a portal last, at most `reach` blocks away; take a portal to another goal; or be out of the game, back with a new session.
 */
export type Feet = { go: 'rest' | 'portal' | 'out' } | { go: 'chest' | 'home'; reach: number };

/** A plan that has been looked through once, so that living by it looks nothing up. */
export type Course = { enter: Step; states: readonly Node[]; moments: readonly Moment[]; weights: readonly number[] };

export type Node = { name: string; act: Act; steps: readonly Step[]; weightSum: number };

export type Step = { to: Node; weight: number; hold: Hold; feet: Feet };

/** Where a player can be met in the middle of its life: on a way, or between two links of a chain. */
export type Moment = { step: Step | null; from: Node };

/** Looks a plan through. */
export function courseOf({ enter, states }: LifePlan): Course {
  const nodes = Object.entries(states).map(([name, { act }]) => ({ name, act, steps: [] as Step[], weightSum: 0 }));
  const stepOf = ({ to, weight, hold, feet }: Way): Step => ({ to: nodeNamed(nodes, to), weight, hold, feet });
  for (const node of nodes) {
    node.steps = (states[node.name] as State).ways.map(stepOf);
    node.weightSum = node.steps.reduce((sum, { weight }) => sum + weight, 0);
  }
  const course = { enter: stepOf(enter), states: nodes };
  return { ...course, ...momentsOf(course) };
}

/** How long an act takes on average where the service answers at once, ms. */
export function actMeanMs(act: Act): number {
  if (act.does !== 'chain') return 0;
  const links = act.styles.map(({ linkMsMin, linkMsMax }) => linkMsMin + linkMsMax);
  return links.reduce((sum, twoLinks) => sum + twoLinks, 0) / links.length;
}

/**
 * Share of visits to each state in the long run: the chain is followed for so long (4,096 steps) that it has forgotten where it
 * began. Every other step stays where it is, so that it settles even where states alternate. Who leaves is followed by who enters.
 */
export function visitShares({ enter, states }: Pick<Course, 'enter' | 'states'>): readonly number[] {
  let matrix = states.map((from, row) => {
    const { steps, weightSum } = waysFrom(from, enter);
    return states.map((to, column) => {
      const weight = steps.reduce((sum, step) => sum + (step.to === to ? step.weight : 0), 0);
      return weight / weightSum / 2 + (row === column ? 0.5 : 0);
    });
  });
  for (let doubled = 0; doubled < 12; doubled++) matrix = squared(matrix);
  return matrix[states.indexOf(enter.to)] as readonly number[];
}

/** Where a life ends, another one begins: the place on stage is taken. */
function waysFrom({ steps, weightSum }: Node, enter: Step): Pick<Node, 'steps' | 'weightSum'> {
  return steps.length === 0 ? { steps: [enter], weightSum: enter.weight } : { steps, weightSum };
}

function squared(matrix: readonly (readonly number[])[]): number[][] {
  return matrix.map((row) =>
    row.map((_, column) => row.reduce((sum, each, middle) => sum + each * ((matrix[middle] as readonly number[])[column] as number), 0)),
  );
}

/** Moments and how much of a life they are, in millionths: visits times mean stay. */
function momentsOf(course: Pick<Course, 'enter' | 'states'>): { moments: readonly Moment[]; weights: readonly number[] } {
  const shares = visitShares(course);
  const moments: Moment[] = [];
  const spentMs: number[] = [];
  course.states.forEach((from, index) => {
    const share = shares[index] as number;
    moments.push({ step: null, from });
    spentMs.push(share * actMeanMs(from.act));
    const { steps, weightSum } = waysFrom(from, course.enter);
    for (const step of steps) {
      moments.push({ step, from });
      spentMs.push((share * step.weight * meanMs(step.hold)) / weightSum);
    }
  });
  const total = spentMs.reduce((sum, each) => sum + each, 0);
  return { moments, weights: spentMs.map((each) => Math.round((each * 1_000_000) / total)) };
}

function nodeNamed<N extends { name: string }>(nodes: readonly N[], name: string): N {
  const node = nodes.find((each) => each.name === name);
  if (node === undefined) throw new RangeError(`A way leads to '${name}', and there is no such state.`);
  return node;
}
