import type { Spawn } from '../world/spawns.ts';
import { rarities, type Treasure } from '../world/treasures.ts';
import { biomes } from '../world/worlds.ts';
import type { Codec } from './levels.ts';

/** The shared cache is somebody else's memory: what comes out of it is looked at before it reaches a player. */
export const treasuresCodec: Codec<readonly Treasure[]> = {
  encode: (treasures) => JSON.stringify(treasures),
  decode: (text) => decodeList(text, isTreasure),
};

export const spawnsCodec: Codec<readonly Spawn[]> = {
  encode: (spawns) => JSON.stringify(spawns),
  decode: (text) => {
    const spawns = decodeList(text, isSpawn);
    return spawns === null || spawns.length === 0 ? null : spawns;
  },
};

/** One letter a tile: a map of 64 x 64 is 4 KiB instead of 40. */
export function mapCodec(tiles: number): Codec<Uint8Array> {
  return {
    encode: (numbers) => String.fromCharCode(...numbers.map((number) => number + firstLetter)),
    decode: (text) => {
      if (text.length !== tiles) return null;
      const numbers = Uint8Array.from(text, (letter) => letter.charCodeAt(0) - firstLetter);
      return numbers.every((number) => number < biomes.length) ? numbers : null;
    },
  };
}
const firstLetter = 'A'.charCodeAt(0);

function decodeList<Item>(text: string, isItem: (item: unknown) => item is Item): readonly Item[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every(isItem) ? list : null;
  } catch {
    return null;
  }
}

type Fields = { readonly [field: string]: unknown };

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isTreasure(value: unknown): value is Treasure {
  return (
    isFields(value) &&
    typeof value['id'] === 'string' &&
    isPosition(value) &&
    (rarities as readonly unknown[]).includes(value['rarity']) &&
    Array.isArray(value['loot']) &&
    value['loot'].length > 0 &&
    value['loot'].every((thing) => typeof thing === 'string')
  );
}

function isSpawn(value: unknown): value is Spawn {
  return (
    isFields(value) &&
    typeof value['id'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isFields(value['position']) &&
    isPosition(value['position'])
  );
}

function isPosition(value: Fields): boolean {
  return [value['x'], value['y'], value['z']].every((block) => typeof block === 'number' && Number.isFinite(block));
}
