import { below, between, pickWeighted, type Random, random } from '../../core/random.ts';
import { edge, inside, type Place, worlds } from '../players/place.ts';

/** Assumed: the newest world is the fullest. In the order of `worlds`. */
const worldWeights: readonly number[] = [5, 3, 2];

/**
 * How many players start at the hotspot of each rank: 1000 / rank^0.7, rounded. In World of Warcraft battlegrounds 5 % of the
 * visited territory held 30 % of the time; over a few hundred cells that is Zipf with an exponent of 0.65 to 0.7. That
 * treasure hunters gather as they do is assumed.
 */
const hotspotWeights: readonly number[] = [1000, 616, 463, 379, 324, 285, 256, 233, 215, 200, 187, 176, 166, 158, 150, 144];

/** Assumed: out of ten players, those who start at a hotspot; the others start anywhere. */
const atHotspotOfTen = 7;

/** Half the width of a hotspot in blocks, on each axis. */
const hotspotReach = 96;

/** Away from the world's corners, so that the widest search still looks at land on every side. */
const margin = 1000;

/** Where the crowd gathers is the same for every journey of a seed. */
const hotspotStream = 0x4057;

export function pickWorld(stream: Random): string {
  return worlds[pickWeighted(stream, worldWeights)] as string;
}

/** Where somebody starts in that world: most near a hotspot, the rest anywhere. */
export function pickStart(stream: Random, seed: number, world: string): Place {
  const y = between(stream, 60, 90);
  if (below(stream, 10) >= atHotspotOfTen) return { ...anywhere(stream), y };
  const centre = hotspot(seed, worlds.indexOf(world), pickWeighted(stream, hotspotWeights));
  return { x: inside(centre.x + spread(stream)), y, z: inside(centre.z + spread(stream)) };
}

function hotspot(seed: number, worldIndex: number, rank: number): { x: number; z: number } {
  return anywhere(random(seed, hotspotStream, worldIndex, rank));
}

function anywhere(stream: Random): { x: number; z: number } {
  return { x: between(stream, edge.min + margin, edge.max - margin), z: between(stream, edge.min + margin, edge.max - margin) };
}

/** Denser towards the middle: the sum of two even draws. */
function spread(stream: Random): number {
  return between(stream, -hotspotReach / 2, hotspotReach / 2) + between(stream, -hotspotReach / 2, hotspotReach / 2);
}
