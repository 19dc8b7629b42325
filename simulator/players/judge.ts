import { clear, insteadOfJson, judgeStatus, parsed, rule, shortened } from './content.ts';
import type { Answer, Ask } from './player.ts';
import { isPlace, isRecord, isText, isTexts } from './shape.ts';

/**
 * Judges a complete answer for meaning, not for status: a 200 with an empty chest is a failure.
 * Fills `answer` and returns one line for people, '' when the answer was of use.
 */
export function judge(ask: Ask, status: number, body: string, answer: Answer): string {
  const early = judgeStatus(status, body, answer);
  if (early !== null) return early;
  const content = parsed(body);
  if (content === undefined) return rule(answer, 'wrong', insteadOfJson(status, body));
  if (!isRecord(content)) return rule(answer, 'wrong', 'JSON, but no object');
  switch (ask.kind) {
    case 'search':
      return judgeTreasures(content, answer);
    case 'spawns':
      return judgeSpawns(ask, content, answer);
    case 'biome':
      return judgeMap(ask, content, answer);
    default:
      throw new RangeError(`A ${ask.kind} has no answer.`);
  }
}

/** For moves that got no complete answer: the outcome, and nothing left over from the previous one. */
export function leaveUnanswered(answer: Answer, outcome: 'unknown' | 'unreachable' | 'dropped' | 'abandoned'): void {
  clear(answer);
  answer.outcome = outcome;
}

function judgeTreasures(content: { [key: string]: unknown }, answer: Answer): string {
  const { treasures } = content;
  if (!Array.isArray(treasures)) return rule(answer, 'wrong', 'no list of treasures');
  answer.count = treasures.length;
  let distanceSoFar = 0;
  for (const treasure of treasures as readonly unknown[]) {
    if (!isTreasure(treasure)) return rule(answer, 'wrong', 'a treasure of the wrong shape');
    if (treasure.distance < distanceSoFar) return rule(answer, 'wrong', 'treasures not nearest first');
    distanceSoFar = treasure.distance;
  }
  const nearest = treasures[0] as Treasure | undefined;
  if (nearest === undefined) return rule(answer, 'empty', 'no treasure');
  if (nearest.loot.length === 0) return rule(answer, 'empty', `empty chest: no loot in ${shortened(nearest.id)}`);
  answer.treasureId = nearest.id;
  answer.x = nearest.position.x;
  answer.y = nearest.position.y;
  answer.z = nearest.position.z;
  return rule(answer, 'ok', '');
}

function judgeSpawns(ask: Ask, content: { [key: string]: unknown }, answer: Answer): string {
  const { treasureId, spawns } = content;
  if (typeof treasureId !== 'string' || !Array.isArray(spawns)) return rule(answer, 'wrong', 'no spawns of a treasure');
  answer.count = spawns.length;
  if (!(spawns as readonly unknown[]).every(isSpawn)) return rule(answer, 'wrong', 'a spawn of the wrong shape');
  if (treasureId !== ask.treasureId) {
    return rule(answer, 'wrong', `spawns of another treasure: ${shortened(treasureId)} instead of ${shortened(ask.treasureId)}`);
  }
  return spawns.length === 0 ? rule(answer, 'empty', 'no spawns') : rule(answer, 'ok', '');
}

function judgeMap(ask: Ask, content: { [key: string]: unknown }, answer: Answer): string {
  const { world, x, z, size, tiles } = content;
  if (!isTexts(tiles)) return rule(answer, 'wrong', 'no list of tiles');
  answer.count = tiles.length;
  if (world !== ask.world || x !== ask.x || z !== ask.z) return rule(answer, 'wrong', 'a map of another place');
  if (typeof size !== 'number') return rule(answer, 'wrong', 'a map without its size');
  if (tiles.length === 0) return rule(answer, 'empty', 'a map without tiles');
  if (size !== ask.size || tiles.length !== ask.size * ask.size) {
    return rule(answer, 'wrong', `${tiles.length} tiles instead of ${ask.size} x ${ask.size}`);
  }
  return rule(answer, 'ok', '');
}

type Treasure = { id: string; position: { x: number; y: number; z: number }; distance: number; loot: readonly string[] };

function isTreasure(value: unknown): value is Treasure {
  return (
    isRecord(value) &&
    isText(value.id) &&
    isPlace(value.position) &&
    isText(value.rarity) &&
    typeof value.distance === 'number' &&
    value.distance >= 0 &&
    isTexts(value.loot)
  );
}

function isSpawn(value: unknown): boolean {
  return isRecord(value) && isText(value.id) && isText(value.kind) && isPlace(value.position);
}
