import { clear, rule, shortened } from './content.ts';
import { JsonScanner, literalOf, lost, shortLiteralOf } from './json-scanner.ts';
import type { Answer, Ask } from './player.ts';

/** Where the body lies in the bytes. */
export type Span = { from: number; to: number };

/**
 * Judges the body of a 200 where it lies, as `judge` would: fills `answer` and returns one line for people, '' when the answer was
 * of use. Null where it is not sure, which is everything but compact JSON with the keys in the order of the treasure API's own
 * description that is of use or empty; then `judge` has to read it.
 */
export function scan(ask: Ask, bytes: Uint8Array, { from, to }: Span, answer: Answer): string | null {
  scanner.over(bytes, to);
  clear(answer);
  answer.status = 200;
  switch (ask.kind) {
    case 'search':
      return scanTreasures(from, to, answer);
    case 'spawns':
      return scanSpawns(ask, from, to, answer);
    case 'biome':
      return scanMap(ask, from, answer);
    default:
      return null;
  }
}

/** One for all answers: nothing is made for an answer. */
const scanner = new JsonScanner();

const noTreasures = literalOf('{"treasures":[]}');
const firstTreasure = literalOf('{"treasures":[{"id":"');
const nextTreasure = literalOf(']},{"id":"');
const lastTreasure = shortLiteralOf(']}]}');
const positionX = literalOf('","position":{"x":');
const positionY = shortLiteralOf(',"y":');
const positionZ = shortLiteralOf(',"z":');
const rarityHead = literalOf('},"rarity":"');
const distanceHead = literalOf('","distance":');
const lootHead = literalOf(',"loot":[');

const spawnsHead = literalOf('{"treasureId":"');
const noSpawns = literalOf('","spawns":[]}');
const firstSpawn = literalOf('","spawns":[{"id":"');
const kindHead = literalOf('","kind":"');
const nextSpawn = literalOf('}},{"id":"');
const lastSpawn = shortLiteralOf('}}]}');

const mapHead = literalOf('{"world":"');
const mapX = shortLiteralOf('","x":');
const mapSize = literalOf(',"size":');
const tilesHead = literalOf(',"tiles":[');
const brace = 125;

function scanTreasures(from: number, to: number, answer: Answer): string | null {
  if (scanner.literal(from, noTreasures) === to) return rule(answer, 'empty', 'no treasure');
  const nearestId = scanner.literal(from, firstTreasure);
  const nearestIdEnd = scanner.name(nearestId);
  let at = scanPosition(nearestIdEnd);
  const { x, y, z } = position;
  at = scanDistanceAndLoot(at);
  const nearestLoot = scanner.count;
  let distanceSoFar = scanner.value;
  if (distanceSoFar < 0) return null;
  let count = 1;
  for (let next = scanner.literal(at, nextTreasure); next !== lost; next = scanner.literal(at, nextTreasure)) {
    at = scanDistanceAndLoot(scanPosition(scanner.name(next)));
    if (scanner.value < distanceSoFar) return null;
    distanceSoFar = scanner.value;
    count += 1;
  }
  if (scanner.short(at, lastTreasure) !== to) return null;
  answer.count = count;
  const id = scanner.text(nearestId, nearestIdEnd);
  if (nearestLoot === 0) return rule(answer, 'empty', `empty chest: no loot in ${shortened(id)}`);
  answer.treasureId = id;
  answer.x = x;
  answer.y = y;
  answer.z = z;
  return rule(answer, 'ok', '');
}

/** From the end of a treasure's position to the end of its loot. Its distance is the last number that was read then. */
function scanDistanceAndLoot(at: number): number {
  const distance = scanner.literal(scanner.name(scanner.literal(at, rarityHead)), distanceHead);
  return scanner.texts(scanner.literal(scanner.number(distance), lootHead));
}

function scanSpawns(ask: Ask, from: number, to: number, answer: Answer): string | null {
  let at = scanner.nameIs(scanner.literal(from, spawnsHead), ask.treasureId);
  if (scanner.literal(at, noSpawns) === to) return rule(answer, 'empty', 'no spawns');
  let count = 0;
  for (let next = scanner.literal(at, firstSpawn); next !== lost; next = scanner.literal(at, nextSpawn)) {
    const kind = scanner.literal(scanner.name(next), kindHead);
    at = scanPosition(scanner.name(kind));
    count += 1;
  }
  if (count === 0 || scanner.short(at, lastSpawn) !== to) return null;
  answer.count = count;
  return rule(answer, 'ok', '');
}

function scanMap(ask: Ask, from: number, answer: Answer): string | null {
  const world = scanner.literal(from, mapHead);
  let at = scanner.number(scanner.short(scanner.nameIs(world, ask.world), mapX));
  if (scanner.value !== ask.x) return null;
  at = scanner.number(scanner.short(at, positionZ));
  if (scanner.value !== ask.z) return null;
  at = scanner.number(scanner.literal(at, mapSize));
  const size = scanner.value;
  at = scanner.tiles(scanner.literal(at, tilesHead));
  if (!scanner.isLast(at + 1, brace)) return null;
  const { count } = scanner;
  answer.count = count;
  if (count === 0) return rule(answer, 'empty', 'a map without tiles');
  return size === ask.size && count === size * size ? rule(answer, 'ok', '') : null;
}

/** Of the treasure or the spawn that was read last. */
const position = { x: 0, y: 0, z: 0 };

/** From the end of the name before it; without its closing brace. */
function scanPosition(from: number): number {
  let at = scanner.number(scanner.literal(from, positionX));
  position.x = scanner.value;
  at = scanner.number(scanner.short(at, positionY));
  position.y = scanner.value;
  at = scanner.number(scanner.short(at, positionZ));
  position.z = scanner.value;
  return at;
}
