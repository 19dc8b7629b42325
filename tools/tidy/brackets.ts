/** Offset of the bracket that closes the one at `open`, or -1. Angle brackets do not count here. */
export function matching(mask: string, open: number): number {
  let depth = 0;
  for (let at = open; at < mask.length; at++) {
    const character = mask[at] as string;
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character) && --depth === 0) return at;
  }
  return -1;
}

/** How many parts the commas at the top level of `list` make; a trailing comma makes none. Knows `<…>` of types. */
export function countParts(list: string): number {
  let depth = 0;
  const parts: string[] = [''];
  for (let at = 0; at < list.length; at++) {
    const character = list[at] as string;
    if ('([{<'.includes(character)) depth++;
    // The arrow of a function type closes nothing.
    if (')]}'.includes(character) || (character === '>' && list[at - 1] !== '=')) depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part.trim() !== '').length;
}
