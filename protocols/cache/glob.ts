/**
 * Glob matching of keys and names: `*`, `?`, `[a-z]`, `[^a]`, `\` escapes. Keeps one place to return to (the last `*`),
 * so that a hostile pattern costs at most pattern x text steps and never exponential time.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let patternAt = 0;
  let textAt = 0;
  let starAt = -1;
  let starTextAt = 0;
  while (textAt < text.length) {
    if (pattern[patternAt] === '*') {
      starAt = patternAt;
      starTextAt = textAt;
      patternAt += 1;
      continue;
    }
    const next = patternAt < pattern.length ? matchOne(pattern, patternAt, text[textAt] as string) : -1;
    if (next >= 0) {
      patternAt = next;
      textAt += 1;
    } else if (starAt >= 0) {
      patternAt = starAt + 1;
      starTextAt += 1;
      textAt = starTextAt;
    } else {
      return false;
    }
  }
  while (pattern[patternAt] === '*') patternAt += 1;
  return patternAt >= pattern.length;
}

/** Where the pattern goes on after matching one letter, or -1 where it does not match. */
function matchOne(pattern: string, at: number, letter: string): number {
  switch (pattern[at]) {
    case '?':
      return at + 1;
    case '[':
      return matchClass(pattern, at + 1, letter);
    case '\\':
      return at + 1 < pattern.length ? (pattern[at + 1] === letter ? at + 2 : -1) : letter === '\\' ? at + 1 : -1;
    default:
      return pattern[at] === letter ? at + 1 : -1;
  }
}

function matchClass(pattern: string, from: number, letter: string): number {
  const negated = pattern[from] === '^';
  let at = negated ? from + 1 : from;
  let found = false;
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '\\' && at + 1 < pattern.length) {
      at += 1;
      found ||= pattern[at] === letter;
      at += 1;
    } else if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
      const [low, high] = [pattern[at] as string, pattern[at + 2] as string].sort() as [string, string];
      found ||= letter >= low && letter <= high;
      at += 3;
    } else {
      found ||= pattern[at] === letter;
      at += 1;
    }
  }
  return found === negated ? -1 : Math.min(at + 1, pattern.length);
}
