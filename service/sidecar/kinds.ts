import type { Worlds } from '../api/worlds.ts';
import { spawnsCodec } from '../cache/codecs.ts';
import { mapAreaAround } from '../world/biome-map.ts';
import { blocksMax, blocksMin } from '../world/geometry.ts';
import type { Kind } from './answer-cache.ts';
import { isMap, lettersOf, mapAnswer } from './map-letters.ts';
import { inLetters, inRuns } from './map-runs.ts';
import type { Painting } from './painting.ts';
import { inFields, inJson, listAnswer } from './spawn-list.ts';
import { mapInstead, spawnsInstead } from './stand-in.ts';
import type { UpstreamReply } from './upstream.ts';

/** Something that can be kept: under which key, in which form, and how an answer is made of what was kept. */
export type Keepable = {
  readonly key: string;
  readonly kind: Kind;
  render(kept: string): string | Painting;
  /** What the main process would answer. */
  instead(worlds: Worlds): UpstreamReply | null;
};

const spawnsTarget = /^\/v1\/spawns\?near=(t-[0-2]-(?:0|[1-9]\d{0,2})-(?:0|[1-9]\d{0,2})-[0-2])&radius=([1-9]\d{0,2})$/;
const biomeTarget = /^\/v1\/biomes\/(verdania|emberfall|nimbus)\/(0|-?[1-9]\d{0,4})\/(0|-?[1-9]\d{0,4})\/map\?size=([1-9]\d?)$/;

/** Null for what is written in another way than players write it: the main process reads that. Keys are those of the main process. */
export function keepableOf(target: string, worldSeed: number): Keepable | null {
  if (target.startsWith('/v1/spawns?')) return spawnsOf(target, worldSeed);
  return target.startsWith('/v1/biomes/') ? biomeOf(target, worldSeed) : null;
}

function spawnsOf(target: string, worldSeed: number): Keepable | null {
  const found = spawnsTarget.exec(target);
  if (found === null) return null;
  const [, near, radius] = found as unknown as [string, string, string];
  const before = `{"treasureId":"${near}","spawns":`;
  return {
    key: `spawns:${worldSeed}:${near}:${radius}`,
    kind: {
      fromShared: (text) => {
        const spawns = spawnsCodec.decode(text);
        return spawns === null ? null : inFields(Buffer.from(JSON.stringify(spawns)).toString('latin1'));
      },
      fromReply: ({ status, body }) => (status === 200 && body.startsWith(`${before}[`) ? inFields(body.slice(before.length, -1)) : null),
      toShared: (kept) => Buffer.from(inJson(kept), 'latin1').toString(),
    },
    render: (kept) => listAnswer(before, kept, '}'),
    instead: (worlds) => spawnsInstead(worlds, near, Number(radius)),
  };
}

function biomeOf(target: string, worldSeed: number): Keepable | null {
  const found = biomeTarget.exec(target);
  if (found === null) return null;
  const world = found[1] as string;
  const [x, z, size] = found.slice(2).map(Number) as [number, number, number];
  if (!isBlock(x) || !isBlock(z)) return null;
  const tiles = size * size;
  const { column, row } = mapAreaAround(x, z, size);
  const before = `{"world":"${world}","x":${x},"z":${z},"size":${size},"tiles":[`;
  return {
    key: `biome:${worldSeed}:${world}:${column}:${row}:${size}`,
    // A hundredth of the answer: everybody on the tile shares it.
    kind: {
      fromShared: (text) => (isMap(text, tiles) ? inRuns(text) : null),
      fromReply: ({ status, body }) => {
        const letters = status === 200 ? lettersOf(body, tiles) : null;
        return letters === null ? null : inRuns(letters);
      },
      toShared: inLetters,
    },
    render: (kept) => mapAnswer(before, kept, tiles),
    instead: (worlds) => mapInstead(worlds, { world, x, z, size }),
  };
}

function isBlock(block: number): boolean {
  return block >= blocksMin && block <= blocksMax;
}
