import type { Problem } from '../../core/problem.ts';
import { below, pickWeighted, type Random } from '../../core/random.ts';
import type { Row } from './rows.ts';

/**
 * What a player, or the client in its hand, does when a move was no use. `triesMax` counts tries after the first one, `waits` says
 * when they come, and `afterwards` what happens once they are used up.
 */
export type RetryStyle = {
  name: RetryName;
  /** null: as the persona's own retry policy says. */
  triesMax: number | null;
  waits: 'backoff' | 'synchronised' | 'even';
  /** Only with `even`: bounds of the wait, ms, both included. */
  waitMsMin: number;
  waitMsMax: number;
  /** Gone for good, gone with the persona's `quitPerMille`, or back with a new session. */
  afterwards: 'leave' | 'perhaps leave' | 'relaunch';
  /** Only with `relaunch`: so many in a row without anything of use, then gone for good. */
  relaunchesMax: number;
  /** Only with `relaunch`: how long it is away, ms, drawn evenly, both included. */
  awayMsMin: number;
  awayMsMax: number;
};

export type RetryName = 'backoff' | 'impatient' | 'quitter' | 'fixed' | 'synchronised' | 'squatter';

/** Weight of each style, whole numbers. */
export type RetryMix = { readonly [name in RetryName]?: number };

const waitless = { waits: 'even', waitMsMin: 0, waitMsMax: 0, relaunchesMax: 0, awayMsMin: 0, awayMsMax: 0 } as const;
/** Assumed: a game that lies on a disk is there again "at once". */
const impatient = {
  ...waitless,
  name: 'impatient',
  triesMax: 1,
  waitMsMin: 150,
  waitMsMax: 600,
  afterwards: 'relaunch',
  awayMsMin: 500,
  awayMsMax: 3000,
} as const;

/** The members of each style; a player is one of them. */
const styles: { readonly [name in RetryName]: readonly RetryStyle[] } = {
  backoff: [{ ...waitless, name: 'backoff', triesMax: null, waits: 'backoff', afterwards: 'perhaps leave' }],
  impatient: [
    { ...impatient, relaunchesMax: 1 },
    { ...impatient, relaunchesMax: 2 },
    { ...impatient, relaunchesMax: 3 },
  ],
  quitter: [{ ...waitless, name: 'quitter', triesMax: 0, afterwards: 'leave' }],
  fixed: [{ ...waitless, name: 'fixed', triesMax: 30, waitMsMin: 1000, waitMsMax: 1000, afterwards: 'perhaps leave' }],
  synchronised: [{ ...waitless, name: 'synchronised', triesMax: 9, waits: 'synchronised', afterwards: 'perhaps leave' }],
  squatter: [{ ...waitless, name: 'squatter', triesMax: 0, afterwards: 'relaunch', relaunchesMax: 1_000_000, awayMsMax: 200 }],
};

export const retryNames = Object.keys(styles) as readonly RetryName[];

const share = { backoff: 60, impatient: 25, quitter: 10, fixed: 5, synchronised: 0 };

export const defaultRetryMix: RetryMix = share;

/** Waits of LiveKit's client for JavaScript (2.5.1) before try n: the first two without jitter, so that all come back at once. */
export const synchronisedWaitsMs: readonly number[] = [0, 300, 1200, 2700, 4800, 7000];
export const synchronisedJitterMs = 1000;

/** Everything that keeps players from retrying like that, all at once. */
export function checkRetryMix(mix: { readonly [name: string]: number | undefined }, place = 'crowd.retries'): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [name, weight = 0] of Object.entries(mix)) {
    const at = `${place}.${name}`;
    if (!(retryNames as readonly string[]).includes(name)) {
      problems.push({ place: at, problem: 'nobody retries like that', remedy: `one of ${retryNames.join(', ')}` });
    } else if (!Number.isInteger(weight) || weight < 0 || weight > 1000) {
      problems.push({ place: at, problem: `${weight} is no weight`, remedy: 'a whole number, 0 to 1000' });
    }
  }
  if (!retryNames.some((name) => (mix[name] ?? 0) > 0)) {
    problems.push({ place, problem: 'nobody retries in any way', remedy: `give one of ${retryNames.join(', ')} a weight above 0` });
  }
  return problems;
}

/** One style for the whole life of a player. */
export function pickRetryStyle(stream: Random, mix: RetryMix): RetryStyle {
  const members = styles[retryNames[pickWeighted(stream, weightsOf(mix))] as RetryName];
  return members[members.length === 1 ? 0 : below(stream, members.length)] as RetryStyle;
}

/** Made once for each mix, not once for each player. */
const knownWeights = new WeakMap<RetryMix, readonly number[]>();

function weightsOf(mix: RetryMix): readonly number[] {
  const known = knownWeights.get(mix);
  if (known !== undefined) return known;
  const weights = retryNames.map((name) => mix[name] ?? 0);
  knownWeights.set(mix, weights);
  return weights;
}

/** For the documentation: what is assumed, and what was read somewhere. */
export const retryRows: readonly Row[] = [
  row('share of SDK-style back-off', share.backoff, 'of 100 players', 'assumed: facts of client libraries, weights of nobody'),
  row(
    'share of the impatient',
    share.impatient,
    'of 100 players',
    'assumed; a quarter of those refused by a full server try again by hand (IMC 2005)',
  ),
  row('share of quitters', share.quitter, 'of 100 players', 'assumed; three quarters never get back into a full server (IMC 2005)'),
  row('share of scripts with a fixed interval', share.fixed, 'of 100 players', 'assumed'),
  row(
    'share of clients whose first two tries are synchronised',
    share.synchronised,
    'of 100 players',
    'assumed: a property of a game’s SDK',
  ),
  sourced('back-off: wait before try n', '0 to min(cap, base * 2^n), evenly', 'ms', 'Brooker, "Exponential Backoff And Jitter", AWS 2015'),
  sourced('synchronised: waits', synchronisedWaitsMs.join(', '), 'ms', 'livekit-client 2.5.1, DefaultReconnectPolicy'),
  sourced(
    'synchronised: jitter from the third try on',
    `0 to ${synchronisedJitterMs}`,
    'ms',
    'livekit-client 2.5.1, DefaultReconnectPolicy',
  ),
  row('impatient: tries by hand before the relaunch', 1, 'tries', 'assumed'),
  row('impatient: wait before a try by hand', '150 to 600, evenly', 'ms', 'assumed'),
  row('impatient: relaunches in a row', '1 to 3, evenly over players', 'relaunches', 'assumed'),
  row('impatient: away for', '500 to 3000, evenly', 'ms', 'assumed'),
  row('fixed: interval', 1000, 'ms', 'assumed'),
  row('fixed: tries', 30, 'tries', 'assumed'),
];

function row(name: string, value: number | string, unit: string, source: string): Row {
  return { name, value, unit, basis: 'assumed', source };
}

function sourced(name: string, value: number | string, unit: string, source: string): Row {
  return { name, value, unit, basis: 'sourced', source };
}
