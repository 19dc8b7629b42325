import { clear, rule, shortened } from './content.ts';
import { JsonScanner, literalOf } from './json-scanner.ts';
import type { Answer, Ask } from './player.ts';

/** Where the body lies in the bytes. */
export type Span = { from: number; to: number };

/**
 * Judges the body of a 200 where it lies, as `judge` would: fills `answer` and returns one line for people, '' when the answer was
 * of use. Null where it is not sure, which is everything but compact JSON with the keys in the order of the treasure API's own
 * description that is of use or empty; then `judge` has to read it.
 */
export function scan(ask: Ask, bytes: Uint8Array, { from, to }: Span, answer: Answer): string | null {
  scanner.over(bytes, from, to);
  clear(answer);
  answer.status = 200;
  switch (ask.kind) {
    case 'search':
      return scanTreasures(answer);
    case 'spawns':
      return scanSpawns(ask, answer);
    case 'biome':
      return scanMap(ask, answer);
    default:
      return null;
  }
}

/** One for all answers: nothing is made for an answer. */
const scanner = new JsonScanner();

const comma = 44;
const listEnd = 93;

const treasuresHead = literalOf('{"treasures":[');
const idHead = literalOf('{"id":"');
const positionX = literalOf(',"position":{"x":');
const positionY = literalOf(',"y":');
const positionZ = literalOf(',"z":');
const rarityHead = literalOf('},"rarity":"');
const distanceHead = literalOf(',"distance":');
const lootHead = literalOf(',"loot":[');
const spawnsHead = literalOf('{"treasureId":"');
const spawnsList = literalOf(',"spawns":[');
const kindHead = literalOf(',"kind":"');
const brace = 125;
const mapHead = literalOf('{"world":"');
const mapX = literalOf(',"x":');
const mapSize = literalOf(',"size":');
const tilesHead = literalOf(',"tiles":[');

function scanTreasures(answer: Answer): string | null {
  scanner.literal(treasuresHead);
  let count = 0;
  let nearestLoot = 0;
  let distanceSoFar = 0;
  if (!scanner.skips(listEnd)) {
    do {
      scanner.literal(idHead);
      const id = scanner.name();
      if (count === 0) answer.treasureId = scanner.nameAt(id);
      scanPosition(count === 0 ? answer : elsewhere);
      scanner.literal(rarityHead);
      scanner.name();
      scanner.literal(distanceHead);
      const distance = scanner.number();
      if (distance < distanceSoFar) return null;
      distanceSoFar = distance;
      scanner.literal(lootHead);
      const loot = scanner.texts();
      if (count === 0) nearestLoot = loot;
      scanner.must(brace);
      count += 1;
    } while (scanner.sure && scanner.skips(comma));
    if (!scanner.skips(listEnd)) return null;
  }
  if (!isWhole()) return null;
  answer.count = count;
  return nearestLoot > 0 ? rule(answer, 'ok', '') : nothingInIt(answer);
}

function nothingInIt(answer: Answer): string {
  const { treasureId, count } = answer;
  clear(answer);
  answer.status = 200;
  answer.count = count;
  return rule(answer, 'empty', count === 0 ? 'no treasure' : `empty chest: no loot in ${shortened(treasureId)}`);
}

function scanSpawns(ask: Ask, answer: Answer): string | null {
  scanner.literal(spawnsHead);
  scanner.nameIs(ask.treasureId);
  scanner.literal(spawnsList);
  let count = 0;
  if (!scanner.skips(listEnd)) {
    do {
      scanner.literal(idHead);
      scanner.name();
      scanner.literal(kindHead);
      scanner.name();
      scanPosition(elsewhere);
      scanner.must(brace);
      scanner.must(brace);
      count += 1;
    } while (scanner.sure && scanner.skips(comma));
    if (!scanner.skips(listEnd)) return null;
  }
  if (!isWhole()) return null;
  answer.count = count;
  return count === 0 ? rule(answer, 'empty', 'no spawns') : rule(answer, 'ok', '');
}

function scanMap(ask: Ask, answer: Answer): string | null {
  scanner.literal(mapHead);
  scanner.nameIs(ask.world);
  scanner.literal(mapX);
  if (scanner.number() !== ask.x) return null;
  scanner.literal(positionZ);
  if (scanner.number() !== ask.z) return null;
  scanner.literal(mapSize);
  const size = scanner.number();
  scanner.literal(tilesHead);
  const count = scanner.texts();
  if (!isWhole()) return null;
  answer.count = count;
  if (count === 0) return rule(answer, 'empty', 'a map without tiles');
  return size === ask.size && count === size * size ? rule(answer, 'ok', '') : null;
}

/** What follows the last list: one brace, and nothing after it. */
function isWhole(): boolean {
  scanner.must(brace);
  scanner.end();
  return scanner.sure;
}

/** Where a position goes that nobody asks for. */
const elsewhere = { x: 0, y: 0, z: 0 };

/** Without its closing brace. */
function scanPosition(into: { x: number; y: number; z: number }): void {
  scanner.literal(positionX);
  into.x = scanner.number();
  scanner.literal(positionY);
  into.y = scanner.number();
  scanner.literal(positionZ);
  into.z = scanner.number();
}
