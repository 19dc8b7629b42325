import { random } from '../../core/random.ts';
import type { BodyTemplate } from '../players/request.ts';
import { profileOf } from './profile.ts';

/** Two thousand templates are about 0.7 MB: as a file they fit into a ConfigMap (1 MiB), and nobody sees the repetition. */
export const poolSizeMax = 2000;

const poolStream = 0x9001;

/**
 * Body templates for searches, made once at start and never on the request path: filled, a body has about 500 bytes, one in a
 * hundred more than 1,500. The same seed gives the same pool.
 */
export function buildPool(seed: number, size: number): readonly BodyTemplate[] {
  if (!Number.isInteger(size) || size < 1 || size > poolSizeMax) {
    throw new RangeError(`A pool holds 1 to ${poolSizeMax} body templates, not ${size}.`);
  }
  return Array.from({ length: size }, (_, index) => {
    const members = JSON.stringify(profileOf(random(seed, poolStream, index, 0))).slice(1, -1);
    return { members, bytes: Buffer.byteLength(members) };
  });
}
