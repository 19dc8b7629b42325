import { writeCount, writeRate } from '../report/numbers.ts';
import { type Evidence, offeredPerSecond, type Played, riseOf, secondsOf, steady, usefulPerSecond, usefulShare } from './played.ts';
import { teethOf } from './saw-tooth.ts';
import { notShown, percent, type Reading, type StoryRow } from './story-row.ts';

/** Rows 1 to 4: how it worked in staging, and what the same code did where players were. */

/** Of what staging carried; the story's was 80 of 400. */
const flatlinedShareMax = 0.25;
/** Less than this is noise. */
const gcRiseMin = 1.1;
const gcShareDue = 0.5;
const gcShareWanted = 0.9;

export const rowsBefore: readonly StoryRow[] = [
  {
    id: '1a',
    sentence: 'staging carried it',
    said: '400 req/s',
    limit: 'held, at least 396 useful answers/s',
    plays: ['stagingSynthetic'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => heldAt(plays.stagingSynthetic, 396),
  },
  {
    id: '1b',
    sentence: 'the tests passed in production too: nobody saw it',
    said: '400 req/s',
    limit: 'held, at least 396 useful answers/s',
    plays: ['inheritedSynthetic'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => heldAt(plays.inheritedSynthetic, 396),
  },
  {
    id: '1c',
    sentence: 'production flatlined',
    said: '80 of 400 req/s: 20 %',
    limit: `useful of offered at most ${percent(flatlinedShareMax)} of staging's`,
    plays: ['stagingExplorers', 'inheritedExplorers'],
    basis: 'real',
    decides: true,
    read: flatlined,
  },
  {
    id: '1d',
    sentence: 'players opened empty chests',
    said: 'instead of loot',
    limit: 'answers 200 with an empty chest, counted as failures',
    plays: ['inheritedExplorers'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => emptyChests(plays.inheritedExplorers),
  },
  {
    id: '1e',
    sentence: 'the same code and players with 1 GiB and a sane time-out',
    said: 'the search was not at fault',
    limit: 'held',
    plays: ['stagingExplorers'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => heldAt(plays.stagingExplorers, 0),
  },
  {
    id: '2',
    sentence: '50 ms and 256 MB: tuned for synthetic tests, not for explorers',
    said: 'inherited YAML',
    limit: 'synthetic held, explorers broken, same limits',
    plays: ['inheritedSynthetic', 'inheritedExplorers'],
    basis: 'real',
    decides: true,
    read: tunedForTests,
  },
  {
    id: '3a',
    sentence: 'garbage collection took the worst second of the worst pod',
    said: '95 %',
    limit: `at least ${percent(gcShareDue)}`,
    plays: ['inheritedExplorers'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => worstSecond(plays.inheritedExplorers, gcShareDue),
  },
  {
    id: '3b',
    sentence: 'the same, as bad as in the story *',
    said: '95 %',
    limit: `at least ${percent(gcShareWanted)} wanted`,
    plays: ['inheritedExplorers'],
    basis: 'real',
    decides: false,
    read: ({ plays }) => worstSecond(plays.inheritedExplorers, gcShareWanted),
  },
  {
    id: '3c',
    sentence: 'every second, and pods died of it',
    said: 'every second',
    limit: 'pods die, and each exit says of what: 134 or 137',
    plays: ['inheritedExplorers'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => pressedSeconds(plays.inheritedExplorers),
  },
  {
    id: '4a',
    sentence: 'a disk-backed cache evicted objects at each compaction',
    said: 'at each compaction',
    limit: 'the hit rate falls at every compaction seen',
    plays: ['compactions'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => sawTooth(plays.compactions),
  },
  {
    id: '4b',
    sentence: 'which made the pauses worse',
    said: 'worse',
    limit: `GC time per second at least ${gcRiseMin} x that without the cache`,
    plays: ['withoutDisk', 'compactions'],
    basis: 'real',
    decides: true,
    read: worseCollections,
  },
];

export function heldAt(played: Played | undefined, perSecondMin: number): Reading {
  const window = played === undefined ? null : steady(played);
  if (played === undefined || window === null) return notShown;
  const perSecond = usefulPerSecond(window);
  const { status } = played.report.verdict;
  const measured = `${status}: ${writeRate(perSecond)} useful/s of ${writeRate(offeredPerSecond(window))} offered`;
  return { measured, met: status === 'inconclusive' ? null : status === 'held' && perSecond >= perSecondMin };
}

function flatlined({ plays: { stagingExplorers, inheritedExplorers } }: Evidence): Reading {
  const [before, after] = [stagingExplorers, inheritedExplorers].map((played) => (played === undefined ? null : steady(played)));
  if (!before || !after) return notShown;
  const shares = [usefulShare(before), usefulShare(after)];
  const [carried, left] = shares;
  if (!carried || typeof left !== 'number') return notShown;
  const told = `${writeRate(usefulPerSecond(after))} useful/s of ${writeRate(offeredPerSecond(after))} offered (${percent(left)})`;
  return { measured: `${told}, staging ${percent(carried)}: ${percent(left / carried)} of it`, met: left / carried <= flatlinedShareMax };
}

function emptyChests(played: Played | undefined): Reading {
  const window = played === undefined ? null : steady(played);
  if (window === null) return notShown;
  const { empty, planned } = window.operations.search;
  return { measured: `${writeCount(empty)} of ${writeCount(planned)} searches (${percent(empty / planned)})`, met: empty > 0 };
}

function tunedForTests({ plays: { inheritedSynthetic, inheritedExplorers } }: Evidence): Reading {
  if (inheritedSynthetic === undefined || inheritedExplorers === undefined) return notShown;
  const share = (played: Played): string => percent(usefulShare(steady(played) as NonNullable<ReturnType<typeof steady>>));
  const [tests, players] = [inheritedSynthetic, inheritedExplorers].map(({ report }) => report.verdict.status);
  if (steady(inheritedSynthetic) === null || steady(inheritedExplorers) === null) return notShown;
  const failed = players === 'broken' || failsAnyway(inheritedExplorers);
  return {
    measured: `synthetic ${tests} (${share(inheritedSynthetic)} useful), explorers ${players} (${share(inheritedExplorers)})`,
    met: tests === 'held' && failed,
  };
}

/** A machine too busy to time anything still shows that nobody got anything. */
function failsAnyway({ report }: Played): boolean {
  return report.expectations.some(({ met }) => met === false);
}

function worstSecond(played: Played | undefined, shareMin: number): Reading {
  const shares = (played?.report.pods ?? []).flatMap(({ gcShareMax }) => gcShareMax ?? []);
  if (shares.length === 0) return notShown;
  return { measured: percent(Math.max(...shares)), met: Math.max(...shares) >= shareMin };
}

function pressedSeconds(played: Played | undefined): Reading {
  const window = played === undefined ? null : steady(played);
  if (played === undefined || window === null) return notShown;
  const { pods } = played.report;
  const seconds = pods.length * secondsOf(window);
  const above = (of: 'aboveHalf' | 'aboveNineTenths'): number => pods.reduce((sum, pod) => sum + (pod.gcPressedSeconds?.[of] ?? 0), 0);
  const exits = pods.flatMap(({ exitReasons }) => exitReasons);
  const told = exits.length === 0 ? 'no exits' : tally(exits);
  return {
    measured: `${percent(above('aboveHalf') / seconds)} of seconds above 50 %, ${percent(above('aboveNineTenths') / seconds)} above 90 %; ${told}`,
    met: exits.length === 0 ? null : exits.some((exit) => /\b(134|137)\b/.test(exit)),
  };
}

function tally(exits: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const exit of exits) counts.set(exit, (counts.get(exit) ?? 0) + 1);
  return [...counts].map(([exit, count]) => `${count} x ${exit}`).join(', ');
}

function sawTooth(played: Played | undefined): Reading {
  const teeth = played === undefined ? [] : teethOf(played);
  if (teeth.length === 0) return { measured: 'no compaction was seen', met: null };
  const fallen = teeth.filter(({ before, after }) => after < before);
  const deepest = Math.max(...teeth.map(({ before, after }) => before - after));
  return {
    measured: `${teeth.length} compactions, hit rate fell at ${fallen.length}, by up to ${(100 * deepest).toFixed(1)} points`,
    met: fallen.length === teeth.length,
  };
}

function worseCollections({ plays: { withoutDisk, compactions } }: Evidence): Reading {
  const [without, withIt] = [withoutDisk, compactions].map((played) => gcPerSecond(played));
  if (typeof without !== 'number' || typeof withIt !== 'number') return notShown;
  const told = (share: number): string => `${(1000 * share).toFixed(1)} ms`;
  return { measured: `${told(withIt)} of each second, ${told(without)} without`, met: withIt >= gcRiseMin * without };
}

function gcPerSecond(played: Played | undefined): number | null {
  const samples = played?.series['gcSeconds']?.filter(({ value }) => value !== null) ?? [];
  const [first, last] = [samples[0], samples.at(-1)];
  const rise = riseOf(samples);
  return rise === null || first === undefined || last === undefined ? null : (1000 * rise) / (last.atMs - first.atMs);
}
