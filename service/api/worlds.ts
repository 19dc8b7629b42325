import { createWorld, type World } from '../world/world.ts';
import { worldNames } from '../world/worlds.ts';
import { notFound } from './refusals.ts';

export type Worlds = {
  readonly seed: number;
  /** Both throw a Refusal (404) for a world that is not there. */
  byName(name: string): World;
  byIndex(index: number): World;
};

export function createWorlds(seed: number): Worlds {
  const worlds = worldNames.map((name) => createWorld(seed, name));
  const find = (matches: (world: World) => boolean): World => {
    const world = worlds.find(matches);
    if (world === undefined) throw notFound('world');
    return world;
  };
  return {
    seed,
    byName: (name) => find((world) => world.name === name),
    byIndex: (index) => find((world) => world.index === index),
  };
}
