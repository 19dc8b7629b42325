import { z } from 'zod';

/** What a row of the options table tells people beside its check. */
export type RowFacts = {
  /** `ms`, `bytes`, `entries`, …; empty where a value has no unit. */
  unit: string;
  help: string;
  /** Never shown: not in logs, not in messages, at /configz only as a salted hash. */
  secret?: true;
  /** Tells one pod from another and is therefore no part of the configuration hash. */
  perPod?: true;
};

export type OptionRow<Check extends z.ZodType = z.ZodType> = RowFacts & {
  check: Check;
  fallback: z.output<Check>;
  /** How the text of a variable becomes a value before it is checked. */
  read: (text: string) => unknown;
};

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number, fallback: number, facts: RowFacts): OptionRow<z.ZodNumber> {
  return { ...facts, check: z.number().int().min(min).max(max), fallback, read: readNumber };
}

/** A whole number from `min` to `max`, or null for "no limit" (written `none`). */
export function limit(range: [min: number, max: number], fallback: number | null, facts: RowFacts): OptionRow<z.ZodNullable<z.ZodNumber>> {
  const check = z.number().int().min(range[0]).max(range[1]).nullable();
  return { ...facts, check, fallback, read: (text) => (text === 'none' ? null : readNumber(text)) };
}

export function text(charactersMax: number, fallback: string, facts: RowFacts): OptionRow<z.ZodString> {
  return { ...facts, check: z.string().max(charactersMax), fallback, read: (value) => value };
}

export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, fallback: Words[number], facts: RowFacts) {
  const check = z.enum(words);
  return { ...facts, check, fallback: fallback as z.output<typeof check>, read: (value: string): unknown => value };
}

/** An empty variable is not zero: what is no number stays text, and the check says so. */
function readNumber(value: string): unknown {
  return /^-?\d+$/.test(value) ? Number(value) : value;
}
