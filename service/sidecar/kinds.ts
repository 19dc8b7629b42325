import { mapCodec, spawnsCodec } from '../cache/codecs.ts';
import { mapAreaAround } from '../world/biome-map.ts';
import { blocksMax, blocksMin } from '../world/geometry.ts';
import { biomes } from '../world/worlds.ts';
import type { Kind } from './answer-cache.ts';

/** Something that can be kept: under which key, in which form, and how an answer is made of what was kept. */
export type Keepable = { readonly key: string; readonly kind: Kind; render(kept: string): string };

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
    // The list as it stands in the answer, so that showing it is putting two pieces together.
    kind: {
      fromShared: (text) => {
        const spawns = spawnsCodec.decode(text);
        return spawns === null ? null : Buffer.from(JSON.stringify(spawns)).toString('latin1');
      },
      fromReply: ({ status, body }) => (status === 200 && body.startsWith(before) ? body.slice(before.length, -1) : null),
      toShared: (kept) => Buffer.from(kept, 'latin1').toString(),
    },
    render: (kept) => `${before}${kept}}`,
  };
}

function biomeOf(target: string, worldSeed: number): Keepable | null {
  const found = biomeTarget.exec(target);
  if (found === null) return null;
  const world = found[1] as string;
  const [x, z, size] = found.slice(2).map(Number) as [number, number, number];
  if (!isBlock(x) || !isBlock(z)) return null;
  const { column, row } = mapAreaAround(x, z, size);
  const codec = mapCodec(size * size);
  return {
    key: `biome:${worldSeed}:${world}:${column}:${row}:${size}`,
    // One letter a tile, a tenth of the answer: everybody on the tile shares it.
    kind: {
      fromShared: (text) => (codec.decode(text) === null ? null : text),
      fromReply: ({ status, body }) => (status === 200 ? lettersOf(body, codec) : null),
      toShared: (kept) => kept,
    },
    render: (kept) => `{"world":"${world}","x":${x},"z":${z},"size":${size},"tiles":[${tilesOf(kept)}]}`,
  };
}

const numberOfName = new Map(biomes.map(({ name }, number) => [name, number]));
const quotedNames = biomes.map(({ name }) => `"${name}"`);
const firstLetter = 'A'.charCodeAt(0);

function lettersOf(body: string, codec: ReturnType<typeof mapCodec>): string | null {
  const tiles = tilesIn(body);
  if (tiles === null) return null;
  const letters = codec.encode(Uint8Array.from(tiles, (name) => numberOfName.get(name as string) ?? 255));
  return codec.decode(letters) === null ? null : letters;
}

function tilesIn(body: string): readonly unknown[] | null {
  try {
    const { tiles } = JSON.parse(body) as { tiles?: unknown };
    return Array.isArray(tiles) ? tiles : null;
  } catch {
    return null;
  }
}

function tilesOf(letters: string): string {
  let text = quotedNames[letters.charCodeAt(0) - firstLetter] as string;
  for (let at = 1; at < letters.length; at += 1) text += `,${quotedNames[letters.charCodeAt(at) - firstLetter]}`;
  return text;
}

function isBlock(block: number): boolean {
  return block >= blocksMin && block <= blocksMax;
}
