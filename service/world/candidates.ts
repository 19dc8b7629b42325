import { cellBlocks, firstBlockOf, visitRing } from './geometry.ts';
import { describeTreasure, rarityRankOf, type Site, siteOf, type Treasure, treasureCount } from './treasures.ts';
import { biomeAt, type World } from './world.ts';

/**
 * A search as seen from a whole cell: everybody who stands in it shares the candidates, which makes them worth caching.
 * `reachBlocks` is the radius, rounded up.
 */
export type SearchArea = {
  readonly cx: number;
  readonly cz: number;
  readonly reachBlocks: number;
  readonly rarityRankMin: number;
  /** Names of the biomes to look in; null for all. */
  readonly biomes: readonly string[] | null;
  /** How many treasures the answer holds at most. */
  readonly limit: number;
};

type Seen = { site: Site; nearest: number; farthest: number };

/**
 * Every treasure that can be among the `limit` nearest of *some* position in the cell, in the order of their ids, so that an answer
 * from candidates equals a search from scratch. Cells are visited ring by ring, until no unvisited one can matter:
 * a treasure is out when `limit` others are nearer from everywhere in the cell.
 * `checkpoint` is called once a ring and may throw to give the search up.
 */
export function findCandidates(world: World, area: SearchArea, checkpoint: () => void): readonly Treasure[] {
  const reachSquared = area.reachBlocks * area.reachBlocks;
  const seen: Seen[] = [];
  const bound = new FarthestOfNearest(area.limit);
  for (let ring = 0; ; ring += 1) {
    const gap = ring === 0 ? 0 : (ring - 1) * cellBlocks + 1;
    if (gap * gap > reachSquared || gap * gap > bound.squared()) break;
    checkpoint();
    visitRing(area.cx, area.cz, ring, (cx, cz) => {
      const count = treasureCount(world, cx, cz);
      for (let n = 0; n < count; n += 1) {
        const candidate = seeFrom(area, siteOf(world, cx, cz, n));
        if (candidate.nearest > reachSquared || candidate.nearest > bound.squared() || !matches(world, area, candidate.site)) continue;
        seen.push(candidate);
        bound.add(candidate.farthest);
      }
    });
  }
  return seen
    .filter((candidate) => candidate.nearest <= bound.squared())
    .sort((a, b) => inOrderOfIds(a.site, b.site))
    .map((candidate) => describeTreasure(world, candidate.site));
}

/** Keeps the `limit` smallest farthest-distances seen; the largest of them bounds whatever may still matter. */
class FarthestOfNearest {
  private readonly limit: number;
  private readonly kept: number[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  squared(): number {
    return this.kept.length < this.limit ? Number.MAX_SAFE_INTEGER : (this.kept[this.limit - 1] as number);
  }

  add(farthest: number): void {
    if (farthest >= this.squared()) return;
    let at = this.kept.length;
    while (at > 0 && (this.kept[at - 1] as number) > farthest) at -= 1;
    this.kept.splice(at, 0, farthest);
    if (this.kept.length > this.limit) this.kept.pop();
  }
}

/** Squared distances of a site from the nearest and the farthest block of the area's cell. */
function seeFrom(area: SearchArea, site: Site): Seen {
  const west = firstBlockOf(area.cx);
  const north = firstBlockOf(area.cz);
  const nearX = Math.max(west - site.x, 0, site.x - (west + cellBlocks - 1));
  const nearZ = Math.max(north - site.z, 0, site.z - (north + cellBlocks - 1));
  const farX = Math.max(Math.abs(site.x - west), Math.abs(site.x - (west + cellBlocks - 1)));
  const farZ = Math.max(Math.abs(site.z - north), Math.abs(site.z - (north + cellBlocks - 1)));
  return { site, nearest: nearX * nearX + nearZ * nearZ, farthest: farX * farX + farZ * farZ };
}

function matches(world: World, area: SearchArea, site: Site): boolean {
  if (area.biomes !== null && !area.biomes.includes(biomeAt(world, site.x, site.z).name)) return false;
  return area.rarityRankMin === 0 || rarityRankOf(world, site) >= area.rarityRankMin;
}

function inOrderOfIds(a: Site, b: Site): number {
  return a.cx - b.cx || a.cz - b.cz || a.n - b.n;
}
