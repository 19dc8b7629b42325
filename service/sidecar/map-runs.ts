/**
 * A biome map as it lies in the cache. Land comes in runs: a letter stands for itself, and where it goes on a character behind it says how
 * often, so that nothing ever becomes longer. Letters are below this character, counts are not.
 */
const firstCount = 128;
const lettersMin = 2;
/** Longest run that one count can say. */
export const runMax = 255 - firstCount + lettersMin;

export function inRuns(letters: string): string {
  let runs = '';
  for (let tile = 0; tile < letters.length; ) {
    const letter = letters.charCodeAt(tile);
    let count = 1;
    while (count < runMax && letters.charCodeAt(tile + count) === letter) count += 1;
    runs += count < lettersMin ? letters.charAt(tile) : letters.charAt(tile) + String.fromCharCode(firstCount + count - lettersMin);
    tile += count;
  }
  return runs;
}

export function inLetters(runs: string): string {
  let letters = '';
  for (let at = 0; at < runs.length; ) {
    const count = runLength(runs, at);
    letters += runs.charAt(at).repeat(count);
    at += charactersOf(count);
  }
  return letters;
}

/** How many tiles the run that begins there has. */
export function runLength(runs: string, at: number): number {
  const next = runs.charCodeAt(at + 1);
  return next >= firstCount ? next - firstCount + lettersMin : 1;
}

/** How many characters a run of so many tiles takes. */
export function charactersOf(count: number): number {
  return count < lettersMin ? 1 : 2;
}
