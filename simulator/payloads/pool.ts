import type { BodyTemplate } from '../players/request.ts';
import { nextProfile, seedProfiles } from './profile.ts';

/** Two thousand templates are about 0.7 MB: as a file they fit into a ConfigMap (1 MiB), and nobody sees the repetition. */
export const poolSizeMax = 2000;

/**
 * Body templates for searches, made once at start and never on the request path: filled, a body has about 500 bytes, one in a
 * hundred more than 1,500. The same seed gives the same pool.
 */
export function buildPool(seed: number, size: number): readonly BodyTemplate[] {
  if (!Number.isInteger(size) || size < 1 || size > poolSizeMax) {
    throw new RangeError(`A pool holds 1 to ${poolSizeMax} body templates, not ${size}.`);
  }
  seedProfiles(seed);
  return Array.from({ length: size }, nextTemplate);
}

function nextTemplate(): BodyTemplate {
  const members = JSON.stringify(nextProfile()).slice(1, -1);
  return { members, bytes: Buffer.byteLength(members) };
}
