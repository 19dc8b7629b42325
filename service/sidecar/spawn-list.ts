/** What stands between the fields of a spawn, in turn; a list is nothing else but that and its fields. */
const begin = '[{"id":"';
const between = ['","kind":"', '","position":{"x":', ',"y":', ',"z":', '}},{"id":"'] as const;
const end = '}}]';
/** Never within JSON as it is written: there it is escaped. */
const separator = '\n';

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
  if (fields.startsWith('[')) return fields;
  let list = begin;
  let turn = 0;
  let at = 0;
  for (let to = fields.indexOf(separator); to >= 0; to = fields.indexOf(separator, at)) {
    list += fields.slice(at, to) + between[turn];
    at = to + 1;
    turn = turn === between.length - 1 ? 0 : turn + 1;
  }
  return list + fields.slice(at) + end;
}
