import { below, random } from '../../core/random.ts';

/** Somebody with an audience says where to play: so many more arrive at once, again and again. As data. */
export type CallOuts = {
  /** One in so long on average, ms. */
  everyMs: number;
  /** How many follow one, on average. */
  players: number;
  /** Within which time, ms; most of them at once, fewer and fewer later. */
  withinMs: number;
};

const callOutStream = 0xca11;

/** How many more arrive in that second of play on average. Asked for one second after the other, from 0. */
export function callOutRate(seed: number, { everyMs, players, withinMs }: CallOuts): (second: number) => number {
  const seconds = withinMs < 1000 ? 1 : Math.floor(withinMs / 1000);
  const open: number[] = [];
  let seen = 0;
  return (second) => {
    for (; seen <= second; seen++) if (below(random(seed, callOutStream, seen), everyMs) < 1000) open.push(seen);
    while (open.length > 0 && (open[0] as number) + seconds <= second) open.shift();
    return open.reduce((sum, begun) => sum + (players * (2 * (seconds - (second - begun)) - 1)) / (seconds * seconds), 0);
  };
}
