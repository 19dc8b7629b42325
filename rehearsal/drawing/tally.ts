import type { Operation } from '../../core/outcome.ts';
import { edge, worlds } from '../../simulator/players/place.ts';
import type { Player } from '../../simulator/players/player.ts';

/** Counts of one figure, one for each second of play. */
export type PerSecond = Int32Array;

/** A cell is so many blocks wide: about what a search looks at. */
export const cellBlocks = 256;
const cellsPerAxis = Math.ceil((edge.max + 1 - edge.min) / cellBlocks);

/** What is counted while a crowd plays; a second is that of the moment when a player meant to act. */
export class Tally {
  readonly arrivals: PerSecond;
  readonly departures: PerSecond;
  readonly requests: { readonly [operation in Operation]: PerSecond };
  /** Chains, by the second in which they began. */
  readonly chains: PerSecond;
  /** Searches by the cell in which the player stood, once everybody had joined. */
  readonly cells: Int32Array;
  /** Of those who were there from the start, how many have left. */
  initialGone = 0;

  private readonly forMs: number;
  private readonly joinedMs: number;

  constructor(forMs: number, joinedMs: number) {
    const seconds = () => new Int32Array(Math.ceil(forMs / 1000));
    this.forMs = forMs;
    this.joinedMs = joinedMs;
    this.arrivals = seconds();
    this.departures = seconds();
    this.requests = { search: seconds(), spawns: seconds(), biome: seconds() };
    this.chains = seconds();
    this.cells = new Int32Array(worlds.length * cellsPerAxis * cellsPerAxis);
  }

  arrived(atMs: number): void {
    this.count(this.arrivals, atMs);
  }

  left(player: Player, atMs: number): void {
    this.count(this.departures, atMs);
    if (!player.fresh && atMs < this.forMs) this.initialGone += 1;
  }

  moved({ ask }: Player, atMs: number): void {
    switch (ask.kind) {
      case 'pause':
      case 'relaunch':
        return;
      case 'chain':
        if (ask.chain === 'begun') this.count(this.chains, atMs);
        return;
      case 'search':
        if (atMs >= this.joinedMs && atMs < this.forMs) this.cells[cellOf(ask)] = (this.cells[cellOf(ask)] as number) + 1;
    }
    this.count(this.requests[ask.kind], atMs + ask.gapMs);
  }

  private count(perSecond: PerSecond, atMs: number): void {
    if (atMs >= this.forMs) return;
    const second = Math.floor(atMs / 1000);
    perSecond[second] = (perSecond[second] as number) + 1;
  }
}

function cellOf({ world, x, z }: Player['ask']): number {
  const across = Math.floor((x - edge.min) / cellBlocks);
  const down = Math.floor((z - edge.min) / cellBlocks);
  return (worlds.indexOf(world) * cellsPerAxis + down) * cellsPerAxis + across;
}
