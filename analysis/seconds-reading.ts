import type { Operation } from '../core/outcome.ts';
import type { Problem } from '../core/problem.ts';
import { AccountingError, assertBalanced } from '../simulator/measure/accounting.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import { emptyStretch } from '../simulator/measure/stretch.ts';
import { type SecondsLine, secondsLineSchema } from './seconds-line.ts';

/**
 * What a `seconds.ndjson` holds, read as strictly as a verdict deserves. Lines that were lost make the figures incomplete
 * (`missing`); lines that are there and cannot be true make the file useless (`problems`).
 */
export type SecondsReading = {
  /** In the order of time, without overlaps. */
  slices: readonly StretchFigures[];
  /** What should be there and is not, in words: torn lines, half seconds, gaps. */
  missing: readonly string[];
  problems: readonly Problem[];
};

type LineName = Operation | 'chain';
const lineNames: readonly LineName[] = ['search', 'spawns', 'biome', 'chain'];

/** Problems of one file that are told one by one: a writer that is wrong is wrong in every line. */
const problemsMax = 5;
/** Two clocks' worth of rounding between the end of a second and the begin of the next. */
const gapMsMin = 1;

export function readSecondsText(text: string, place: string): SecondsReading {
  const seconds = new Map<number, Second>();
  const torn: string[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parseJson(line);
    if (parsed === undefined) torn.push(`line ${index + 1} is torn`);
    else problems.push(...addLine(seconds, parsed, `${place}:${index + 1}`));
  }
  const ordered = [...seconds.values()].sort((left, right) => left.slice.fromMs - right.slice.fromMs);
  const whole = ordered.filter(isWhole).map(({ slice }) => slice);
  problems.push(...overlaps(ordered, place), ...imbalances(whole, place));
  return { slices: whole, missing: [...torn, ...halves(ordered), ...gaps(ordered)], problems: shortened(problems, place) };
}

type Second = { slice: StretchFigures; has: Set<LineName> };

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function addLine(seconds: Map<number, Second>, parsed: unknown, place: string): readonly Problem[] {
  const checked = secondsLineSchema.safeParse(parsed);
  if (!checked.success) {
    return checked.error.issues.map(({ path, message }) => ({
      place: [place, ...path].join(' '),
      problem: message,
      remedy: 'docs/seconds.md describes the lines',
    }));
  }
  const line = checked.data;
  const second = seconds.get(line.fromMs) ?? { slice: emptyStretch(line.fromMs, line.toMs), has: new Set() };
  seconds.set(line.fromMs, second);
  if (second.has.has(line.operation)) return [twice(place, `${line.operation} from ${line.fromMs} ms on is there twice`)];
  if (second.slice.toMs !== line.toMs)
    return [twice(place, `lasts until ${line.toMs} ms, another line of that second until ${second.slice.toMs} ms`)];
  second.has.add(line.operation);
  fill(second.slice, line);
  return [];
}

function twice(place: string, problem: string): Problem {
  return { place, problem, remedy: 'one file holds one runner: give each runner a file of its own' };
}

function fill(slice: StretchFigures, line: SecondsLine): void {
  slice.players = line.players;
  slice.sessionsBegun = line.sessionsBegun;
  const { planned, latencyUs } = line;
  if (line.operation === 'chain') {
    slice.chains = { planned, pending: 0, completed: line.completed, useful: line.useful, latencyUs };
    return;
  }
  const { ok, empty, wrong, refused, unknown, unreachable, dropped, abandoned, refusals, serviceUs } = line;
  const outcomes = { ok, empty, wrong, refused, unknown, unreachable, dropped, abandoned };
  slice.operations[line.operation] = { planned, pending: 0, outcomes, refusals, latencyUs, serviceUs };
}

function isWhole({ has }: Second): boolean {
  return has.size === lineNames.length;
}

/** Half a second would count searches and not what came of them: it is left out as a whole. */
function halves(seconds: readonly Second[]): readonly string[] {
  return seconds
    .filter((second) => !isWhole(second))
    .map(
      ({ slice, has }) => `the second from ${slice.fromMs} ms on has no line for ${lineNames.filter((name) => !has.has(name)).join(', ')}`,
    );
}

function gaps(seconds: readonly Second[]): readonly string[] {
  return seconds.flatMap(({ slice }, index) => {
    const endedMs = seconds[index - 1]?.slice.toMs ?? 0;
    return slice.fromMs - endedMs > gapMsMin ? [`there is nothing from ${endedMs} to ${slice.fromMs} ms`] : [];
  });
}

function overlaps(seconds: readonly Second[], place: string): readonly Problem[] {
  return seconds.flatMap(({ slice }, index) => {
    const endedMs = seconds[index - 1]?.slice.toMs ?? 0;
    return endedMs - slice.fromMs > gapMsMin
      ? [twice(place, `the second from ${slice.fromMs} ms on begins before the one before it has ended`)]
      : [];
  });
}

function imbalances(slices: readonly StretchFigures[], place: string): readonly Problem[] {
  return slices.flatMap((slice) => {
    try {
      assertBalanced(slice);
      return [];
    } catch (error) {
      if (!(error instanceof AccountingError)) throw error;
      return [{ place, problem: error.message, remedy: 'every action is counted once, in one outcome: see docs/seconds.md' }];
    }
  });
}

function shortened(problems: readonly Problem[], place: string): readonly Problem[] {
  const more = problems.length - problemsMax;
  if (more <= 0) return problems;
  return [...problems.slice(0, problemsMax), { place, problem: `and ${more} more like these`, remedy: 'correct the first ones' }];
}
