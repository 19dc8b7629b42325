import type { Land } from './player.ts';

/** A land without anything to go to, for players who stay where they are. */
export const emptyLand: Land = {
  goal: ({ world, x, y, z }) => ({ world, x, y, z }),
  call: () => null,
};
