import { below, between, chance, pickWeighted, type Random, random } from '../../core/random.ts';
import { worlds } from '../players/place.ts';
import type { Land, Player, Spot } from '../players/player.ts';
import { anywhereIn, cellAt, cellsPerWorld, heartOf, heartReach, nearHeart, worldIndexOf } from './grid.ts';
import { type Popularity, pickRank, shuffled, zipf } from './popularity.ts';
import type { Space, SpaceEvent } from './space.ts';

/** Assumed: the newest world is the fullest. In the order of `worlds`. */
const worldWeights: readonly number[] = [5, 3, 2];

/** Assumed: out of ten players in a cell, those near its heart; the others are anywhere in it. */
const atHeartOfTen = 8;

/** Favourite cells of one player: SAMOVAR draws the number of areas from traces, here it is even over 2 to 6. Assumed. */
const favouritesMin = 2;
const favouritesMax = 6;

/** A party stays in one place for so long, ms, drawn once per party. Assumed. */
const legMsMin = 90_000;
const legMsMax = 300_000;

/** Members of a party stand so near each other, blocks on each axis. */
const partyReach = 24;

/** One independent stream per question; with a path of four numbers, so that none is a journey's. */
const purposes = { order: 0x51, favourite: 0x52, attendance: 0x53, event: 0x54, leg: 0x55 };

type Convergence = Extract<SpaceEvent, { kind: 'convergence' }>;
/** Where a party is, and for how long. */
type Leg = { worldIndex: number; cell: number; fromMs: number; toMs: number };
type Meeting = Convergence & { index: number; worldIndex: number; cell: number };

/** The land of one crowd: shared by all its players, and computed from the seed alone. */
export class SpaceLand implements Land {
  private readonly seed: number;
  private readonly space: Space;
  private readonly usual: Popularity;
  /** Cells by rank, for each world and each patch that somebody has seen. */
  private readonly orders: (readonly number[] | undefined)[][];
  /** By world and cell, from when somebody is there first. */
  private readonly hearts: ({ x: number; z: number } | undefined)[] = [];
  private readonly patchesAtMs: readonly number[];
  private readonly rushes: readonly { fromMs: number; toMs: number; popularity: Popularity }[];
  private readonly meetings: readonly Meeting[];
  /** The leg that was asked for last, by party: members ask again and again, and mostly for the same. */
  private readonly legs = new Map<number, Leg>();

  constructor(seed: number, space: Space) {
    this.seed = seed;
    this.space = space;
    this.usual = zipf(space.cells, space.exponentPerMille);
    this.patchesAtMs = eventsOf(space, 'patch-day')
      .map(({ atMs }) => atMs)
      .sort((one, other) => one - other);
    this.orders = worlds.map(() => []);
    this.rushes = eventsOf(space, 'rush').map(({ atMs, forMs, exponentPerMille }) => ({
      fromMs: atMs,
      toMs: atMs + forMs,
      popularity: zipf(space.cells, exponentPerMille),
    }));
    this.meetings = eventsOf(space, 'convergence').map((event, index) => this.meeting(event, index));
  }

  /** Where somebody starts who has no place yet. */
  start(stream: Random, clockMs: number): Spot {
    const worldIndex = pickWeighted(stream, worldWeights);
    return this.spotIn(stream, worldIndex, this.cellOfRank(worldIndex, pickRank(stream, this.popularityAt(clockMs)), clockMs));
  }

  goal(player: Player): Spot {
    const meeting = this.meetingOf(player);
    if (meeting !== null) return this.spotAt(player.random, meeting.worldIndex, meeting.cell, heartReach);
    const leg = this.legOf(player);
    if (leg !== null) return this.spotAt(player.random, leg.worldIndex, leg.cell, partyReach);
    const worldIndex = worldIndexOf(player.world);
    const rank = chance(player.random, this.space.favouritesPerMille, 1000)
      ? this.favouriteRank(player)
      : pickRank(player.random, this.popularityAt(player.clockMs));
    return this.spotIn(player.random, worldIndex, this.cellOfRank(worldIndex, rank, player.clockMs));
  }

  call(player: Player): Spot | null {
    if (player.group === 0 && this.meetings.length === 0) return null;
    const place = this.meetingOf(player) ?? this.legOf(player);
    if (place === null) return null;
    if (worldIndexOf(player.world) === place.worldIndex && cellAt(player) === place.cell) return null;
    return this.goal(player);
  }

  /** The meeting that the player attends by now, if any: each comes in its own time. */
  private meetingOf({ journey, clockMs }: Player): Meeting | null {
    for (const meeting of this.meetings) {
      const { atMs, withinMs, stayMs, perMille, index } = meeting;
      if (clockMs < atMs || clockMs >= atMs + withinMs + stayMs) continue;
      const stream = random(this.seed, purposes.attendance, index, journey);
      // The last tenth is left for the way.
      if (chance(stream, perMille, 1000) && clockMs >= atMs + below(stream, Math.ceil((withinMs * 9) / 10))) return meeting;
    }
    return null;
  }

  /** Where the player's party is by now. */
  private legOf({ group, clockMs }: Player): Leg | null {
    if (group === 0) return null;
    const known = this.legs.get(group);
    if (known !== undefined && clockMs >= known.fromMs && clockMs < known.toMs) return known;
    const leg = this.legAt(group, clockMs);
    this.legs.set(group, leg);
    return leg;
  }

  /** Legs are of one length for each party, the first is met somewhere in its middle, and a patch begins another. */
  private legAt(group: number, clockMs: number): Leg {
    const habits = random(this.seed, purposes.leg, group, 0);
    const worldIndex = pickWeighted(habits, worldWeights);
    const legMs = between(habits, legMsMin, legMsMax);
    const phaseMs = below(habits, legMs);
    const leg = Math.floor((clockMs + phaseMs) / legMs);
    const rank = pickRank(random(this.seed, purposes.leg, group, leg + 1), this.usual);
    const patches = this.patchesAtMs.map((atMs) => ({ isOver: atMs <= clockMs, atMs }));
    const fromMs = patches.reduce((latest, { isOver, atMs }) => (isOver ? Math.max(latest, atMs) : latest), leg * legMs - phaseMs);
    const toMs = patches.reduce((first, { isOver, atMs }) => (isOver ? first : Math.min(first, atMs)), (leg + 1) * legMs - phaseMs);
    return { worldIndex, cell: this.cellOfRank(worldIndex, rank, clockMs), fromMs, toMs };
  }

  private favouriteRank({ journey, random: stream }: Player): number {
    const favourites = favouritesMin + (journey % (favouritesMax - favouritesMin + 1));
    return pickRank(random(this.seed, purposes.favourite, journey, below(stream, favourites)), this.usual);
  }

  private popularityAt(clockMs: number): Popularity {
    for (const { fromMs, toMs, popularity } of this.rushes) if (clockMs >= fromMs && clockMs < toMs) return popularity;
    return this.usual;
  }

  private cellOfRank(worldIndex: number, rank: number, clockMs: number): number {
    let patch = 0;
    while (patch < this.patchesAtMs.length && clockMs >= (this.patchesAtMs[patch] as number)) patch += 1;
    const orders = this.orders[worldIndex] as (readonly number[] | undefined)[];
    let order = orders[patch];
    if (order === undefined) {
      order = shuffled(cellsPerWorld, this.seed, purposes.order, worldIndex, patch);
      orders[patch] = order;
    }
    return order[rank] as number;
  }

  private meeting(event: Convergence, index: number): Meeting {
    const stream = random(this.seed, purposes.event, index, 0);
    return { ...event, index, worldIndex: pickWeighted(stream, worldWeights), cell: below(stream, cellsPerWorld) };
  }

  private spotIn(stream: Random, worldIndex: number, cell: number): Spot {
    if (below(stream, 10) < atHeartOfTen) return this.spotAt(stream, worldIndex, cell, heartReach);
    return { world: worlds[worldIndex] as string, ...anywhereIn(stream, cell), y: between(stream, 60, 90) };
  }

  private spotAt(stream: Random, worldIndex: number, cell: number, reach: number): Spot {
    const key = worldIndex * cellsPerWorld + cell;
    let heart = this.hearts[key];
    if (heart === undefined) {
      heart = heartOf(this.seed, worldIndex, cell);
      this.hearts[key] = heart;
    }
    const { x, z } = nearHeart(stream, heart, reach);
    return { world: worlds[worldIndex] as string, x, y: between(stream, 60, 90), z };
  }
}

function eventsOf<K extends SpaceEvent['kind']>({ events }: Space, kind: K): readonly Extract<SpaceEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<SpaceEvent, { kind: K }> => event.kind === kind);
}
