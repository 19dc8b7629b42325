import { type Painting, painted } from './painting.ts';

/** What stands between the fields of a spawn, in turn; a list is nothing else but that and its fields. */
const begin = '[{"id":"';
const between = ['","kind":"', '","position":{"x":', ',"y":', ',"z":', '}},{"id":"'] as const;
const end = '}}]';
/** Never within JSON as it is written: there it is escaped. */
const separator = '\n';
const separatorByte = 10;

/** A list (`[…]`) of spawns as it lies in the cache, half as long: its fields alone. What is written in another way stays as it is. */
export function inFields(list: string): string {
  if (!list.startsWith(begin) || !list.endsWith(end)) return list;
  let at = begin.length;
  let fields = '';
  for (let turn = 0; ; turn = (turn + 1) % between.length) {
    const word = between[turn] as string;
    const to = list.indexOf(word, at);
    if (to < 0) break;
    fields += list.slice(at, to) + separator;
    at = to + word.length;
  }
  fields += list.slice(at, -end.length);
  // An unusual text may have the same words elsewhere: only what comes back the same may be kept in this form.
  return inJson(fields) === list ? fields : list;
}

export function inJson(fields: string): string {
  return painted(listAnswer('', fields, '')).toString('latin1');
}

const words = between.map((word) => Buffer.from(word, 'latin1'));
const wordBytesMax = Math.max(...between.map((word) => word.length));
/** Where fields lie while they are read: a string is asked for its characters one by one at several times the price. */
let desk = Buffer.allocUnsafeSlow(16 * 1_024);

/** The list between two texts, painted where it is sent from: put together of strings it was a hundred of them for each answer. */
export function listAnswer(before: string, fields: string, after: string): Painting {
  const isList = fields.startsWith('[');
  const listBytesMax = isList ? fields.length : begin.length + fields.length * wordBytesMax + end.length;
  return {
    bytesMax: before.length + listBytesMax + after.length,
    paint: (into, from) => {
      const listAt = from + into.write(before, from, 'latin1');
      const listEnd = isList ? listAt + into.write(fields, listAt, 'latin1') : paintList(fields, into, listAt);
      return listEnd + into.write(after, listEnd, 'latin1');
    },
  };
}

function paintList(fields: string, into: Buffer, from: number): number {
  if (fields.length > desk.length) desk = Buffer.allocUnsafeSlow(fields.length);
  const bytes = desk;
  const length = bytes.write(fields, 0, 'latin1');
  let at = from + into.write(begin, from, 'latin1');
  let turn = 0;
  for (let index = 0; index < length; index++) {
    const byte = bytes[index] as number;
    if (byte !== separatorByte) {
      into[at++] = byte;
      continue;
    }
    const word = words[turn] as Buffer;
    for (let letter = 0; letter < word.length; letter++) into[at++] = word[letter] as number;
    turn = turn === words.length - 1 ? 0 : turn + 1;
  }
  return at + into.write(end, at, 'latin1');
}
