import type { MoveMapping, SearchMapping } from './api-mapping.ts';
import { insteadOfJson, judgeStatus, parsed, rule, shortened } from './content.ts';
import { follow, type Pointer, pointerOf } from './json-pointer.ts';
import { plainWriter, type Question, type Worlds, type Writer } from './mapped-template.ts';
import type { Answer, Ask } from './player.ts';
import { isRecord, isText } from './shape.ts';

export type Judge = (ask: Ask, status: number, body: string, answer: Answer) => string;

type Reading = {
  list: Pointer;
  each: readonly Pointer[];
  useful: Pointer | null;
  echo: readonly { at: Pointer; expected: Writer }[];
  id: Pointer | null;
  position: { x: Pointer | null; y: Pointer | null; z: Pointer | null };
};

/** Judges the answers of another API by the same outcomes: a 200 without anything of use in it is `empty` there too. */
export function mappedJudge(mapping: MoveMapping | SearchMapping, worlds: Worlds): Judge {
  const reading = readingOf(mapping, worlds);
  return (ask, status, body, answer) => {
    const early = judgeStatus(status, body, answer);
    if (early !== null) return early;
    const content = parsed(body);
    if (content === undefined) return rule(answer, 'wrong', insteadOfJson(status, body));
    return judgeContent(reading, content, ask, answer);
  };
}

function judgeContent(reading: Reading, content: unknown, ask: Ask, answer: Answer): string {
  const results = listAt(reading.list, content);
  if (results === null) return rule(answer, 'wrong', `no results${at(reading.list)}`);
  answer.count = results.length;
  const fault = shapeFault(reading, results) ?? echoFault(reading, content, ask);
  if (fault !== null) return rule(answer, 'wrong', fault);
  if (results.length === 0) return rule(answer, 'empty', `no results${at(reading.list)}`);
  return judgeFirst(reading, results[0], ask, answer);
}

/** The first result is what the player sees, and where the chain goes on. */
function judgeFirst({ useful, id, position }: Reading, first: unknown, ask: Ask, answer: Answer): string {
  if (useful !== null && isNothing(follow(useful, first))) return rule(answer, 'empty', `nothing of use${at(useful)} of the first result`);
  if (id === null) return rule(answer, 'ok', '');
  const [x, y, z] = [coordinate(position.x, first, ask.x), coordinate(position.y, first, ask.y), coordinate(position.z, first, ask.z)];
  if (x === null || y === null || z === null) return rule(answer, 'wrong', 'a position that is no number');
  answer.treasureId = String(follow(id, first));
  answer.x = x;
  answer.y = y;
  answer.z = z;
  return rule(answer, 'ok', '');
}

function shapeFault({ each, id }: Reading, results: readonly unknown[]): string | null {
  for (let index = 0; index < results.length; index++) {
    const result = results[index];
    for (const pointer of each) if (isAbsent(follow(pointer, result))) return `result ${index + 1} has nothing${at(pointer)}`;
    if (id !== null && !isId(follow(id, result))) return `result ${index + 1} has no id${at(id)}`;
  }
  return null;
}

/** One object for every answer: only `ask` is ever looked at. */
const question: Omit<Question, 'ask'> = { playerId: '', sessionId: '', requestId: '', template: { members: '', bytes: 0 } };

function echoFault({ echo }: Reading, content: unknown, ask: Ask): string | null {
  for (const { at: pointer, expected } of echo) {
    const found = follow(pointer, content);
    const wanted = expected({ ...question, ask });
    if (isScalar(found) && String(found) === wanted) continue;
    const instead = isScalar(found) ? shortened(String(found)) : 'nothing';
    return `not what was asked for: ${instead} instead of ${shortened(wanted)}${at(pointer)}`;
  }
  return null;
}

function readingOf(mapping: MoveMapping & Partial<SearchMapping>, worlds: Worlds): Reading {
  const { list, each = [], useful, echo = {}, id, position = {} } = mapping;
  const maybe = (text: string | undefined) => (text === undefined ? null : pointerOf(text));
  return {
    list: pointerOf(list),
    each: each.map(pointerOf),
    useful: maybe(useful),
    echo: Object.keys(echo).map((pointer) => ({ at: pointerOf(pointer), expected: plainWriter(echo[pointer] as string, worlds) })),
    id: maybe(id),
    position: { x: maybe(position.x), y: maybe(position.y), z: maybe(position.z) },
  };
}

function listAt(pointer: Pointer, content: unknown): readonly unknown[] | null {
  const found = follow(pointer, content);
  if (Array.isArray(found)) return found as readonly unknown[];
  return isRecord(found) ? [found] : null;
}

function coordinate(pointer: Pointer | null, result: unknown, standing: number): number | null {
  if (pointer === null) return standing;
  const value = follow(pointer, result);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return isAbsent(value) || value === false || value === 0 || value === '';
}

/** Other APIs number their things. */
function isId(value: unknown): boolean {
  return isText(value) || (typeof value === 'number' && Number.isSafeInteger(value));
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function at({ text }: Pointer): string {
  return text === '' ? '' : ` at ${text}`;
}
