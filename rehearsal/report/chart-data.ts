import { type Outcome, outcomes, sentOutcomes } from '../../core/outcome.ts';
import { writeOutInvisible } from './escape.ts';
import type { Report, ReportSecond } from './format.ts';

/** What the charts of the page draw, as columns. Everything is worked out here; the browser only draws. */
export type ChartData = {
  /** Seconds since play began: the start of each point, and its end, where it is drawn. */
  fromSeconds: number[];
  toSeconds: number[];
  /** Players at the end of each point: what a rate is divided by. */
  players: number[];
  shades: Shade[];
  charts: Chart[];
};

/** A stretch of the run that is tinted on every chart. */
export type Shade = { kind: 'fault' | 'recovery'; label: string; fromSeconds: number; toSeconds: number };

/** `scale`: null where only a linear one makes sense, else the one to start with; the reader may switch. */
export type Chart = { id: string; title: string; unit: string; scale: 'linear' | 'logarithmic' | null; series: Series[] };

export type Series = {
  label: string;
  /** Index into the page's palette. */
  tone: number;
  dashed: boolean;
  stepped: boolean;
  /** The scale on the right, for a figure of another size. */
  right: boolean;
  /** A rate is told per player too. */
  perPlayer: boolean;
  values: (number | null)[];
  /** Samples behind each value, where it is a percentile. */
  counts: (number | null)[] | null;
};

/** More points than this are neither visible nor needed; it also bounds the page's size. */
export const pointsMax = 3600;
/** Slices cut at a window's edge may be shorter; a rate over less than this is noise. */
const shortestPointMs = 500;
/** A p99 that swings by more than this factor flattens everything else on a linear scale. */
const linearSwingMax = 30;

export function chartDataOf(report: Report): ChartData {
  const points = joinShort(report.seconds, Math.max(shortestPointMs, Math.ceil(report.durationMs / pointsMax)));
  return {
    fromSeconds: points.map((point) => point.fromMs / 1000),
    toSeconds: points.map((point) => point.toMs / 1000),
    players: points.map((point) => point.players),
    shades: shadesOf(report),
    charts: [rates(points), latencies(points), troubles(points), presence(points)],
  };
}

/**
 * Joins neighbours until each point is `shortestMs` long. Counts are added. Percentiles cannot be: a joined point shows those
 * of its worst part, and the samples of that part. Players and pods are those at its end.
 */
export function joinShort(seconds: readonly ReportSecond[], shortestMs: number): readonly ReportSecond[] {
  const joined: ReportSecond[] = [];
  for (const second of seconds) {
    const last = joined.at(-1);
    if (last !== undefined && (isShort(last, shortestMs) || isSliver(second))) joined[joined.length - 1] = join(last, second);
    else joined.push(second);
  }
  return joined;
}

function isShort({ fromMs, toMs }: ReportSecond, shortestMs: number): boolean {
  return toMs - fromMs < shortestMs;
}

function isSliver(second: ReportSecond): boolean {
  return isShort(second, shortestPointMs);
}

function join(left: ReportSecond, right: ReportSecond): ReportSecond {
  const worse = (right.searchP99Us ?? -1) > (left.searchP99Us ?? -1) ? right : left;
  const sums = Object.fromEntries(countedColumns.map((column) => [column, left[column] + right[column]])) as Pick<
    ReportSecond,
    (typeof countedColumns)[number]
  >;
  return { ...worse, ...sums, fromMs: left.fromMs, toMs: right.toMs, players: right.players, podsReady: right.podsReady };
}

const countedColumns = ['planned', ...outcomes, 'chainsPlanned', 'chainsUseful'] as const;

function rates(points: readonly ReportSecond[]): Chart {
  const series = [
    rateOf(points, { label: 'actions planned', tone: 0, dashed: true, of: (point) => point.planned }),
    rateOf(points, { label: 'actions ok', tone: 1, of: (point) => point.ok }),
    rateOf(points, { label: 'useful chains', tone: 2, of: (point) => point.chainsUseful }),
  ];
  return { id: 'rates', title: 'What players asked for and got', unit: 'per second', scale: null, series };
}

function latencies(points: readonly ReportSecond[]): Chart {
  const counts = points.map((point) => point.searchCount ?? null);
  const series = [
    lineOf(points, { label: 'p50', tone: 1, dashed: true, counts, of: (point) => inMs(point.searchP50Us) }),
    lineOf(points, { label: 'p99', tone: 3, counts, of: (point) => inMs(point.searchP99Us) }),
  ];
  return { id: 'latency', title: 'Search latency, from the moment the player meant to act', unit: 'ms', scale: scaleFor(points), series };
}

function scaleFor(points: readonly ReportSecond[]): 'linear' | 'logarithmic' {
  const tails = points.flatMap(({ searchP99Us }) => (searchP99Us === null || searchP99Us <= 0 ? [] : [searchP99Us]));
  const lowest = tails.reduce((least, tail) => Math.min(least, tail), Number.POSITIVE_INFINITY);
  return tails.some((tail) => tail > lowest * linearSwingMax) ? 'logarithmic' : 'linear';
}

const troubleTones: { readonly [outcome in Exclude<Outcome, 'ok'>]: number } = {
  empty: 4,
  wrong: 6,
  refused: 5,
  unknown: 3,
  unreachable: 1,
  dropped: 7,
  abandoned: 0,
};

/** One line for each outcome other than ok that occurred at all; dashed where nothing was sent. */
function troubles(points: readonly ReportSecond[]): Chart {
  const occurred = (Object.keys(troubleTones) as Exclude<Outcome, 'ok'>[]).filter((outcome) => points.some((point) => point[outcome] > 0));
  const series = occurred.map((outcome) =>
    rateOf(points, { label: outcome, tone: troubleTones[outcome], dashed: !sentOutcomes.includes(outcome), of: (point) => point[outcome] }),
  );
  return { id: 'troubles', title: 'Actions that ended otherwise than ok', unit: 'per second', scale: null, series };
}

function presence(points: readonly ReportSecond[]): Chart {
  const players = lineOf(points, { label: 'players', tone: 0, of: (point) => point.players });
  const pods = lineOf(points, { label: 'pods ready', tone: 1, dashed: true, stepped: true, right: true, of: (point) => point.podsReady });
  const series = points.some((point) => point.podsReady !== null) ? [players, pods] : [players];
  return { id: 'presence', title: 'Players, and pods ready to serve them', unit: 'players', scale: null, series };
}

type Line = Partial<Omit<Series, 'values'>> & { label: string; tone: number; of: (point: ReportSecond) => number | null };

function lineOf(points: readonly ReportSecond[], { of, ...look }: Line): Series {
  const values = points.map((point) => rounded(of(point)));
  return { dashed: false, stepped: false, right: false, perPlayer: false, counts: null, ...look, values };
}

/** From a count in a point to a rate per second of it. */
function rateOf(points: readonly ReportSecond[], line: Line): Series {
  return lineOf(points, { ...line, perPlayer: true, of: (point) => ((line.of(point) ?? 0) * 1000) / (point.toMs - point.fromMs) });
}

function inMs(us: number | null): number | null {
  return us === null ? null : us / 1000;
}

/** Two decimals are more than a screen shows, and keep an hour's columns small. */
function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Math.round(value * 100) / 100;
}

/** Windows say what really happened, so the tints are drawn from them. */
function shadesOf({ windows }: Report): Shade[] {
  return windows.flatMap(({ name, fromMs, toMs }): Shade[] => {
    const [kind, id = ''] = name.split(/:(.*)/s);
    const span = { fromSeconds: fromMs / 1000, toSeconds: toMs / 1000 };
    if (kind === 'during') return [{ kind: 'fault', label: writeOutInvisible(id), ...span }];
    return kind === 'recovery' ? [{ kind: 'recovery', label: 'recovery', ...span }] : [];
  });
}
