import { draw } from './hash.ts';

/** By rank of rarity, common first. */
const qualities = [
  ['worn', 'plain', 'chipped'],
  ['polished', 'sturdy', 'carved'],
  ['gleaming', 'runed', 'masterwork'],
  ['enchanted', 'ancient', 'royal'],
  ['mythic', 'godforged', 'starlit'],
] as const;

const things = [
  'amulet',
  'arrow',
  'axe',
  'belt',
  'boots',
  'bow',
  'bracelet',
  'chalice',
  'coin',
  'compass',
  'crown',
  'dagger',
  'flute',
  'gauntlet',
  'helmet',
  'idol',
  'key',
  'lantern',
  'mask',
  'ring',
  'scroll case',
  'shield',
  'staff',
  'sword',
] as const;

/** What lies in the chest: never empty, one or two things more with every step of rarity. */
export function lootOf(material: string, rank: number, hash: number): readonly string[] {
  const count = 1 + rank + (draw(hash, 4) & 1);
  const quality = qualities[rank] ?? qualities[0];
  const loot: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const drawn = draw(hash, 5 + i);
    loot.push(`${quality[drawn % quality.length]} ${material} ${things[(drawn >>> 8) % things.length]}`);
  }
  return loot;
}
